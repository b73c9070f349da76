import type { Language, Words } from '../locales/words.ts';
import type { ClientsPage } from '../partner/delegation-pages.ts';
import type { Delegation } from '../partner/delegations.ts';
import { offerFacts } from './offer-facts.ts';
import {
  companyWords,
  delegationBlocks,
  ending,
  hello,
  mail,
  makerOf,
  type OfferMail,
  type OfferMailView,
} from './offer-mail.ts';

/** Tells whoever allowed a delegation that a page of Microsoft's is their turn now, with what they allowed. */
export function clientsPageMail(
  words: Words,
  language: Language,
  view: OfferMailView & { delegation: Delegation; page: ClientsPage },
): OfferMail {
  const { version, link, delegation, page } = view;
  const { client, person, answeredAt, createdAt } = delegation;
  const company = version.signature.name;
  const name = person?.name ?? '';
  const facts = offerFacts(words, language, { ...version, standing: 'open', delegation });
  const isApproval = page.what === 'approve';
  const lead = words(`delegation-mail.lead.${page.what}`, {
    ...{ company, name, person: makerOf(view), who: companyWords(client) },
    at: new Date(answeredAt ?? createdAt),
  });
  return mail(language, words(`delegation-mail.subject.${page.what}`, { company, person: makerOf(view) }), [
    { lines: [`${hello(words, name)} ${lead}`] },
    { lines: [words(`delegation-mail.link.${page.what}`)], link: page.link },
    ...(page.thenConsent === undefined
      ? []
      : [{ lines: [words('delegation-mail.then-consent', { company })], link: page.thenConsent }]),
    ...delegationBlocks(facts.delegation),
    ...(isApproval ? [{ lines: [words('delegation-mail.not-wanted')] }] : []),
    { lines: [words('delegation-mail.state')], link },
    ...ending(words, view),
  ]);
}
