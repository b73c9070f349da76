import { signatureOf } from '../dialogs/offer-publication.ts';
import type { Clock } from '../partner/clock.ts';
import type { MailFacts } from '../partner/mail-guard.ts';
import type { Storage } from '../storage/storage.ts';

/** What mails are about, read from our own database: for the review of a mail as for the moment in which it leaves. */
export function createMailFacts(deps: {
  storage: Pick<Storage, 'offers' | 'acceptances' | 'delegations' | 'confirmations' | 'offerEvents'>;
  clock: Clock;
  hash(text: string): string;
}): MailFacts {
  const { storage, clock, hash } = deps;
  return {
    offer: storage.offers.find,
    acceptance: storage.acceptances.find,
    delegation: storage.delegations.find,
    confirmation: storage.confirmations.find,
    stoppedAt: storage.offerEvents.stoppedAt,
    signature: signatureOf,
    hash,
    now: () => clock.now(),
  };
}
