import { isBinding } from './acceptance-life.ts';
import type { CompanyDesk, CompanyRecord } from './company.ts';
import {
  type CompanyConfirmation,
  confirmationState,
  confirmedText,
  unreadBecause,
} from './company-confirmation.ts';
import { clientsTurnAt } from './delegation-pages.ts';
import type { Delegation } from './delegations.ts';
import { type ErrorCode, PartnerError } from './errors.ts';
import type { MailAbout, SendMailWish } from './mail-wish.ts';
import { standingOf } from './offer-life.ts';
import type { Acceptance, CompanySignature, Offer } from './offers.ts';

/** What is stored now of that which mails are about. */
export interface MailFacts {
  offer(id: string): Promise<Offer | undefined>;
  acceptance(id: string): Promise<Acceptance | undefined>;
  delegation(id: string): Promise<Delegation | undefined>;
  confirmation(company: string): Promise<CompanyConfirmation | undefined>;
  /**
   * When somebody said last that no more mails are wanted: of this offer, or at this address of this company's offers at
   * all (domain time, ms); undefined: nobody did.
   */
  stoppedAt(offer: Pick<Offer, 'id' | 'company'>, address: string): Promise<number | undefined>;
  /** What clients see of a company with these details. */
  signature(language: 'vi' | 'en', record: CompanyRecord): CompanySignature;
  hash(text: string): string;
  /** Domain time, ms. */
  now(): number;
}

/** Why a mail that a client or the clock brought about is needed no more: nobody has to be told. */
export const obsoleteCodes: readonly ErrorCode[] = [
  'mail-offer-withdrawn',
  'mail-offer-expired',
  'mail-offer-superseded',
  'mail-answer-changed',
  'mail-delegation-changed',
  'mail-stopped',
];

/**
 * Throws PartnerError when a mail must not leave as things are now: what it says is no longer so, its recipient wants no
 * more, or the company's details in it are not those that are confirmed. `company`: tenant id; `desk`: of who confirmed it.
 */
export async function requireStillTrue(
  mail: SendMailWish,
  { company, desk, facts }: { company: string; desk: () => CompanyDesk; facts: MailFacts },
): Promise<void> {
  const { about, to, signed } = mail;
  const untrue = (await noLongerSo(about, facts)) ?? (await stopped(about, { company, to, facts }));
  if (untrue !== undefined) throw new PartnerError(untrue);
  if (signed === undefined) return;
  const record = await desk().read();
  // Nobody says that it is not confirmed: it could not be read.
  if (unreadBecause(record) === 'no-answer') throw new PartnerError('microsoft-unavailable');
  const held = await companyHolds(record, { company, facts });
  if (held !== undefined) throw new PartnerError(held);
  const current = facts.hash(signedText(facts.signature(signed.language, record)));
  if (current !== signed.hash) throw new PartnerError('mail-signature-outdated');
}

/** What keeps an offer from this address, '' while there is none, before it is sent: the recipient's word, or the company's. */
export async function addresseeHolds(
  mail: { offer: Pick<Offer, 'id' | 'company'>; to: string; record: CompanyRecord },
  facts: MailFacts,
): Promise<'mail-stopped' | 'company-not-confirmed' | undefined> {
  const { offer, to, record } = mail;
  if ((await facts.stoppedAt(offer, to)) !== undefined) return 'mail-stopped';
  return companyHolds(record, { company: offer.company, facts });
}

/** What stands in a mail of the company; the order of domains means nothing. */
export function signedText({ name, address, phone, mail, website, domains, partnerId }: CompanySignature) {
  return JSON.stringify([name, address, phone, mail, website, domains.toSorted(), partnerId]);
}

async function companyHolds(
  record: CompanyRecord,
  { company, facts }: { company: string; facts: MailFacts },
): Promise<'company-not-confirmed' | undefined> {
  const details = { record, hash: facts.hash(confirmedText(record)) };
  const state = confirmationState(details, await facts.confirmation(company), facts.now());
  return state === 'confirmed' ? undefined : 'company-not-confirmed';
}

/** Who has done something after it has turned to the company anew: that is answered. */
async function stopped(
  about: MailAbout,
  { company, to, facts }: { company: string; to: string; facts: MailFacts },
): Promise<ErrorCode | undefined> {
  if (about.what === 'try') return undefined;
  const at = await facts.stoppedAt({ id: about.offerId, company }, to);
  const since = 'since' in about ? about.since : -Infinity;
  return at !== undefined && at >= since ? 'mail-stopped' : undefined;
}

async function noLongerSo(about: MailAbout, facts: MailFacts): Promise<ErrorCode | undefined> {
  switch (about.what) {
    case 'offer':
      return offerMoved(await facts.offer(about.offerId), about.version, facts.now());
    case 'proof':
    case 'withdrawal': {
      const acceptance = await facts.acceptance(about.acceptanceId);
      const isThatAnswer = acceptance?.version === about.version && acceptance.answeredAt === about.since;
      const isSo = about.what === 'proof' ? isBinding : isWithdrawn;
      return isThatAnswer && isSo(acceptance) ? undefined : 'mail-answer-changed';
    }
    case 'delegation': {
      const delegation = await facts.delegation(about.delegationId);
      const isSo = delegation !== undefined && clientsTurnAt(delegation) === about.page;
      return isSo ? undefined : 'mail-delegation-changed';
    }
    case 'answer':
    case 'try':
      return undefined;
  }
}

const isWithdrawn = ({ state }: Acceptance) => state === 'withdrawn';

function offerMoved(offer: Offer | undefined, version: number, now: number): ErrorCode | undefined {
  const standing = offer === undefined ? 'withdrawn' : standingOf(offer, now);
  if (standing === 'expired') return 'mail-offer-expired';
  if (standing !== 'open') return 'mail-offer-withdrawn';
  return offer?.version === version ? undefined : 'mail-offer-superseded';
}
