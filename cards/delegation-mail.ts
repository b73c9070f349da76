import type { Language, Words } from '../locales/words.ts';
import type { Delegation } from '../partner/delegations.ts';
import { offerFacts } from './offer-facts.ts';
import {
  companyWords,
  delegationBlocks,
  ending,
  hello,
  mail,
  type OfferMail,
  type OfferMailView,
} from './offer-mail.ts';

/**
 * Tells whoever allowed a delegation that the approval at Microsoft is their turn now, with what they allowed.
 * `approvalLink`: Microsoft's page.
 */
export function approvalMail(
  words: Words,
  language: Language,
  view: OfferMailView & { delegation: Delegation; approvalLink: string },
): OfferMail {
  const { offer, version, link, delegation, approvalLink } = view;
  const { client, person, answeredAt, createdAt } = delegation;
  const company = version.signature.name;
  const name = person?.name ?? '';
  const facts = offerFacts(words, language, { ...version, standing: 'open', delegation });
  const lead = words('delegation-mail.lead', {
    ...{ company, name, person: offer.makerName, who: companyWords(client) },
    at: new Date(answeredAt ?? createdAt),
  });
  return mail(language, words('delegation-mail.subject', { company, person: offer.makerName }), [
    { lines: [`${hello(words, name)} ${lead}`] },
    { lines: [words('delegation-mail.link')], link: approvalLink },
    ...delegationBlocks(facts.delegation),
    { lines: [words('delegation-mail.not-wanted')] },
    { lines: [words('delegation-mail.state')], link },
    ...ending(words, view),
  ]);
}
