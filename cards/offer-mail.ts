import type { Language, Words } from '../locales/words.ts';
import type { Mail } from '../partner/mail.ts';
import type { Acceptance, Offer, OfferLine, OfferVersion } from '../partner/offers.ts';
import type { DelegationFacts } from './delegation-facts.ts';
import { type MailBlock, mailBody } from './mail-body.ts';
import { type OfferFacts, offerFacts } from './offer-facts.ts';

/** What all mails about an offer are made from. `link`: address of its page, as it is passed on. */
export interface OfferMailView {
  offer: Offer;
  version: OfferVersion;
  link: string;
}

/** A mail without its address. */
export type OfferMail = Omit<Mail, 'to'>;

/** How much of a version's hash people compare. */
const shownHash = 12;
const languageNames: Readonly<Record<Language, string>> = { vi: 'Tiếng Việt', en: 'English' };

/** The mail that brings an offer to the person that its version names. */
export function offerMail(words: Words, language: Language, view: OfferMailView): OfferMail {
  const { version, link } = view;
  const { kind, recipient, lines } = version.terms;
  const names = {
    person: makerOf(view),
    company: version.signature.name,
    services: services(words, lines),
  };
  const facts = offerFacts(words, language, { ...version, standing: 'open' });
  const { name, domain } = recipient;
  const who = name && domain ? `${name} (${domain})` : name || domain || '';
  return mail(language, words(`offer-mail.subject.${kind}`, names), [
    { lines: [`${hello(words, recipient.person)} ${words(`offer-mail.lead.${kind}`, names)}`] },
    { lines: version.number > 1 ? [words('offer-mail.newer', { number: version.number })] : [] },
    {
      lines: [
        who === ''
          ? words('offer-mail.why', names)
          : words('offer-mail.why-company', { person: names.person, who }),
      ],
    },
    ...serviceBlocks(facts),
    ...delegationBlocks(facts.delegation),
    { title: facts.note.title, lines: facts.note.lines },
    { title: facts.accept.title, points: facts.accept.points },
    { lines: [facts.valid, facts.contact] },
    { lines: [words('offer-mail.look')], link },
    ...ending(words, view),
  ]);
}

/** Who made it; of who is forgotten the company stands. */
export const makerOf = ({ offer, version }: Pick<OfferMailView, 'offer' | 'version'>) =>
  offer.makerName || version.signature.name;

/** What was accepted, for whoever accepted it. `version` is the one that was accepted. */
export function proofMail(
  words: Words,
  language: Language,
  view: OfferMailView & { acceptance: Acceptance },
): OfferMail {
  const { version, acceptance, link } = view;
  const { client, person, answeredAt, createdAt } = acceptance;
  const company = version.signature.name;
  const who = companyWords(client);
  const names = { company, who, services: services(words, version.terms.lines) };
  const facts = offerFacts(words, language, { ...version, standing: 'open', acceptance });
  const fact = (name: string, value: string): MailBlock => ({ title: name, lines: [value] });
  return mail(language, words('offer-mail.proof.subject', names), [
    { lines: [`${hello(words, person.name)} ${words('offer-mail.proof.lead', names)}`] },
    { lines: [facts.state.text] },
    fact(words('offer-page.proof.partner'), company),
    fact(words('offer-page.proof.client'), who),
    fact(words('offer-page.proof.tenant'), client.tenantId),
    fact(words('offer-page.proof.person'), `${person.name} (${person.signInName})`),
    fact(
      words('offer-page.proof.when'),
      words('offer-page.proof.at', { at: new Date(answeredAt ?? createdAt) }),
    ),
    ...serviceBlocks(facts),
    fact(
      words('offer-page.proof.version'),
      words('offer-page.proof.version-value', {
        number: version.number,
        hash: version.hash.slice(0, shownHash),
        language: languageNames[version.terms.language],
      }),
    ),
    { title: words('offer-page.proof.rules'), points: facts.accept.points },
    { title: facts.next.title, points: facts.next.steps },
    { lines: [words('offer-page.withdraw.intro', { company }), words('offer-mail.proof.look')], link },
    ...ending(words, view),
  ]);
}

/** That what was accepted is taken back, for whoever took it back. */
export function withdrawalMail(
  words: Words,
  language: Language,
  view: OfferMailView & { acceptance: Acceptance },
): OfferMail {
  const { version, acceptance, link } = view;
  const { client, person, answeredAt, createdAt } = acceptance;
  const company = version.signature.name;
  const who = companyWords(client);
  const names = { company, who, services: services(words, version.terms.lines) };
  const fact = (name: string, value: string): MailBlock => ({ title: name, lines: [value] });
  return mail(language, words('offer-mail.withdrawal.subject', names), [
    { lines: [`${hello(words, person.name)} ${words('offer-mail.withdrawal.lead', names)}`] },
    fact(words('offer-mail.withdrawal.person'), `${person.name} (${person.signInName})`),
    fact(
      words('offer-page.proof.when'),
      words('offer-page.proof.at', { at: new Date(answeredAt ?? createdAt) }),
    ),
    { lines: [words('offer-mail.withdrawal.not-you', { company })] },
    { lines: [words('offer-mail.look')], link },
    ...ending(words, view),
  ]);
}

/** The answer to a client's question. `person`: who asked; `from`: who answers. Both texts are plain. */
export function answerMail(
  words: Words,
  language: Language,
  view: OfferMailView & { person: string; from: string; question: string; answer: string },
): OfferMail {
  const { version, link, person, from, question, answer } = view;
  const company = version.signature.name;
  const names = { person: from, company, services: services(words, version.terms.lines) };
  return mail(language, words('offer-mail.answer.subject', names), [
    { lines: [`${hello(words, person)} ${words('offer-mail.answer.lead', names)}`] },
    { title: words('offer-mail.answer.question'), lines: linesOf(question) },
    { title: words('offer-mail.answer.answer'), lines: linesOf(answer) },
    { lines: [words('offer-mail.look')], link },
    ...ending(words, view),
  ]);
}

/** The paragraphs as a mail; a subject is one line. */
export function mail(language: Language, subject: string, blocks: readonly MailBlock[]): OfferMail {
  return { subject: subject.replace(/\s+/g, ' ').trim(), ...mailBody(language, blocks) };
}

export function hello(words: Words, name: string): string {
  return name.trim() === '' ? words('offer-mail.hello-nobody') : words('offer-mail.hello', { name });
}

/** What it is about, as short as a subject must be. */
function services(words: Words, [first, ...others]: readonly OfferLine[]): string {
  if (first === undefined) return words('offer-mail.services-none');
  return others.length === 0
    ? first.name
    : words('offer-mail.services', { first: first.name, count: others.length });
}

function serviceBlocks({ services: all, totals }: OfferFacts): MailBlock[] {
  return [
    ...all.map(({ name, mark, details, price, sum }) => ({
      title: [name, mark].filter(Boolean).join(' · '),
      lines: [...details, price, sum],
    })),
    { lines: totals },
  ];
}

/** What the client is asked to allow, role by role. */
export function delegationBlocks(delegation: DelegationFacts | undefined): MailBlock[] {
  if (delegation === undefined) return [];
  const { title, intro, warning, roles, points } = delegation;
  return [
    {
      ...{ title, lines: [intro, warning] },
      points: roles.map(({ name, what, not }) => `${name}: ${what} ${not}`.trim()),
    },
    { points },
  ];
}

/** Who writes, with everything by which a stranger can check it, and the ways out. */
export function ending(words: Words, { version, link }: OfferMailView): MailBlock[] {
  const { signature, contact } = version;
  const { name: company, address, phone, mail: post, website, partnerId } = signature;
  return [
    {
      title: company,
      lines: [
        [contact.name, contact.mail].filter(Boolean).join(' · '),
        ...address,
        phone,
        post,
        website,
        partnerId === '' ? '' : words('offer-mail.partner-id', { id: partnerId }),
      ],
    },
    { small: true, lines: [words('offer-mail.sure', { company })] },
    { small: true, lines: [words('offer-mail.stop', { company })], link: stopLink(link) },
  ];
}

/** Where somebody says without a sign-in that the mail is not for them. */
function stopLink(link: string): string {
  const [page = link, query] = link.split('?');
  return `${page}/stop${query === undefined ? '' : `?${query}`}`;
}

/** A company with its domain, as far as it is known. */
export function companyWords({ name, domain }: { name: string; domain: string }): string {
  return domain === '' || domain === name ? name : `${name} (${domain})`;
}

function linesOf(text: string): string[] {
  return text.split(/\r\n|\r|\n/);
}
