import { companyBlock } from '../cards/company-block.ts';
import { offerMail } from '../cards/offer-mail.ts';
import { createWords, type Language } from '../locales/words.ts';
import { accountKey } from '../partner/accounts.ts';
import type { CompanyRecord } from '../partner/company.ts';
import { clientDomains } from '../partner/company-confirmation.ts';
import { unknownZone } from '../partner/company-zones.ts';
import { signedText } from '../partner/mail-guard.ts';
import type { SendMailWish } from '../partner/mail-wish.ts';
import type { Publication } from '../partner/offer-life.ts';
import type { Acceptance, CompanySignature, Offer, OfferVersion } from '../partner/offers.ts';
import { isMail } from './offer-inputs.ts';
import { isStopped } from './offer-record.ts';
import type { Turn } from './turn.ts';

/** What clients see of the company, in the language of the offer; the same fields that were confirmed. */
export function signatureOf(language: Language, record: CompanyRecord): CompanySignature {
  // Nothing in it is a moment, so that nobody's zone counts.
  const { name, address } = companyBlock(createWords(language, unknownZone), language, record);
  const first = (
    ...fields: ('phone' | 'supportPhone' | 'mail' | 'supportMail' | 'website' | 'partnerId')[]
  ) => fields.map((field) => record[field].value?.trim() ?? '').find((value) => value !== '') ?? '';
  return {
    name,
    address: [...address],
    phone: first('phone', 'supportPhone'),
    mail: first('mail', 'supportMail'),
    website: first('website'),
    domains: [...clientDomains(record)],
    partnerId: first('partnerId'),
  };
}

/** Everything that a publication adds to a draft; clients ask whoever the offer belongs to. */
export async function publicationOf(
  turn: Turn,
  offer: Offer,
  language: Language,
  record: CompanyRecord,
): Promise<Publication> {
  const account = turn.requireAccount();
  const isOwn = accountKey(offer.maker) === accountKey(account);
  const maker = isOwn ? account : await turn.accountOf(offer.maker);
  const zone = await turn.companyZone();
  const signature = signatureOf(language, record);
  const { tenantId, objectId } = account;
  return {
    signature,
    contact: {
      // Of who is forgotten nobody asks anything: whoever publishes it is asked.
      name: offer.makerName || account.displayName,
      mail: (maker ?? account).signInName,
      phone: signature.phone,
    },
    by: { tenantId, objectId },
    ...{ now: turn.now, zone },
    hash: turn.hash,
  };
}

/** What stands in a mail of this company's details, to be compared with what is current when it leaves. */
export const signedWith = (turn: Turn, language: Language, signature: CompanySignature) => ({
  language,
  hash: turn.hash(signedText(signature)),
});

/** The mail that brings an offer to somebody, as it is previewed and sent. */
export async function mailOf(
  turn: Turn,
  offer: Offer,
  version: OfferVersion,
  to: { mail: string; person: string } = version.terms.recipient,
): Promise<SendMailWish> {
  const { language, recipient } = version.terms;
  const link = turn.offers.link(offer.code, language);
  const addressed: OfferVersion = {
    ...version,
    terms: { ...version.terms, recipient: { ...recipient, mail: to.mail, person: to.person } },
  };
  const mail = offerMail(createWords(language, await turn.companyZone()), language, {
    ...{ offer, version: addressed, link },
  });
  const about = { what: 'offer' as const, offerId: offer.id, version: version.number };
  return { to: to.mail, ...mail, about, signed: signedWith(turn, language, version.signature) };
}

/** How a mail begins, for a preview. */
export function firstWords(text: string): string {
  const plain = text.replace(/\s+/gu, ' ').trim();
  return plain.length > 200 ? `${plain.slice(0, 200)}…` : plain;
}

/** So many hear of a new version by themselves; the preview names them. */
const mostTold = 5;

/**
 * People of clients who looked at an earlier version and have not said yes to it: a new one is news to them. Who asked for
 * no more mails gets none that nobody typed an address for.
 */
export async function toldOfNewVersion(
  turn: Turn,
  offer: Offer,
  version: OfferVersion,
): Promise<{ mail: string; person: string }[]> {
  if (version.number === 1 || (await isStopped(turn, offer))) return [];
  const looked = peopleWhoLooked(await turn.offers.acceptancesOf(offer.id), version);
  const stopped = await Promise.all(looked.map(({ mail }) => isStopped(turn, offer, mail)));
  return looked.filter((_, index) => !stopped[index]).slice(0, mostTold);
}

function peopleWhoLooked(acceptances: readonly Acceptance[], { number, terms }: OfferVersion) {
  const { tenantId, mail } = terms.recipient;
  const waits = ['viewed', 'declined', 'withdrawn'];
  return acceptances
    .filter((each) => each.version < number && waits.includes(each.state))
    .filter(({ client }) => tenantId === null || tenantId === client.tenantId)
    .map(({ person }) => ({ mail: person.signInName, person: person.name }))
    .filter((each) => isMail(each.mail) && each.mail.toLowerCase() !== mail.toLowerCase());
}
