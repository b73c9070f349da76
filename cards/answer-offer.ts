import type { Language, Words } from '../locales/words.ts';
import type { Account } from '../partner/accounts.ts';
import type { SignedInClient } from '../partner/answering.ts';
import type { OfferStanding } from '../partner/offer-life.ts';
import type { OfferLine, OfferTerms, OfferVersion } from '../partner/offers.ts';
import { type Button, button, mainButton } from './buttons.ts';
import { messageCard } from './message.ts';
import { sumWords, totalWords } from './offer-price.ts';
import type { Card } from './render.ts';
import { ownCompany } from './scope.ts';

/** Somebody of a client, and the offer before them. */
export interface AnsweringView {
  version: OfferVersion;
  standing: OfferStanding;
  client: SignedInClient;
  rolesKnown: boolean;
}

/** What this person may do with the offer now; each opens a form or asks once more. */
export function answerButtons(
  words: Words,
  code: string,
  may: {
    terms: OfferTerms;
    isAdministrator: boolean;
    mayAccept: boolean;
    mayDecline: boolean;
    mayWithdraw: boolean;
  },
): Button[] {
  const { terms, isAdministrator, mayAccept, mayDecline, mayWithdraw } = may;
  const needsPrice = terms.lines.some(({ price, trial }) => price === null && !trial);
  const ask = button(words(needsPrice ? 'offer-page.ask-price' : 'offer-page.ask'), 'answer-offer-ask', {
    code,
  });
  if (!isAdministrator) {
    const passOn = mainButton(words('offer-page.not-admin.title'), 'answer-offer-pass-on', { code });
    return mayAccept ? [passOn, ask] : [ask];
  }
  const mayWish = mayAccept && terms.lines.some(({ trial }) => !trial);
  return [
    ...(mayAccept ? [mainButton(words('offer-page.accept'), 'answer-offer-accept', { code })] : []),
    ...(mayWish ? [button(words('answer-offer.wish'), 'answer-offer-wish', { code })] : []),
    ...(mayDecline ? [button(words('offer-page.decline'), 'answer-offer-decline', { code })] : []),
    ask,
    ...(mayWithdraw ? [button(words('offer-page.withdraw'), 'answer-offer-withdraw', { code })] : []),
  ];
}

/** Licences line by line with what they cost as stated, and the sums of all. */
export function chosenWords(
  words: Words,
  language: Language,
  lines: readonly OfferLine[],
  seats: readonly number[],
): string[] {
  const each = lines.map((line, index) => {
    const count = seats[index] ?? line.seats;
    const sum = lines.length > 1 ? sumWords(words, language, line, count) : '';
    const plain = words('offer-page.seats.fixed', { name: line.name, seats: count });
    return sum === '' ? plain : `${line.name} · ${sum}`;
  });
  return [...each, ...totalWords(words, language, lines, seats)];
}

/** A company with its domain, as far as it is known. */
export function whoWords({ name, domain }: { name: string; domain: string }): string {
  return domain === '' || domain === name ? name : `${name} (${domain})`;
}

/** Somebody of another company than the one that the offer is for. */
export function wrongCompanyCard(words: Words, account: Account, view: AnsweringView): Card {
  const { client, version } = view;
  const values = {
    signInName: client.person.signInName,
    who: whoWords(client),
    company: version.signature.name,
  };
  return messageCard({
    frame: { ...ownCompany(words, account), title: words('offer-page.wrong-company.title') },
    paragraphs: [words('offer-page.wrong-company.text', values)],
    buttons: [button(words('button.switch-account'), 'sign-in')],
  });
}

/** The offer is over, and this company has no answer to come back to. */
export function refusedCard(words: Words, account: Account, { standing, version }: AnsweringView): Card {
  const kind = standing === 'expired' ? 'expired' : 'withdrawn';
  return messageCard({
    frame: { ...ownCompany(words, account), title: words(`offer-page.${kind}.title`) },
    paragraphs: [words('offer-page.over.text', { company: version.signature.name })],
  });
}

/** Why this person cannot answer, above the ready words for somebody who can. */
export function passOnCard(words: Words, account: Account, view: AnsweringView): Card {
  const { client, rolesKnown } = view;
  const why = rolesKnown ? 'offer-page.not-admin.why' : 'answer-offer.role-unknown';
  return messageCard({
    frame: { ...ownCompany(words, account), title: words('offer-page.not-admin.title') },
    paragraphs: [words(why, { who: whoWords(client), signInName: client.person.signInName })],
    note: words('answer-offer.forward'),
    buttons: [button(words('button.switch-account'), 'sign-in')],
  });
}
