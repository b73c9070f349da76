import { keySetupCard, keySetupsCard } from '../../cards/key-setups.ts';
import { offerExpiredCard } from '../../cards/offer-expired.ts';
import { createWords, type Language } from '../../locales/words.ts';
import type { Account } from '../../partner/accounts.ts';
import { type KeySetup, keySteps } from '../../partner/key-setups.ts';
import { hanoi } from '../helpers/zones.ts';
import { offerTerms } from '../partner/offer-record.ts';
import { acceptance, keySetup, offer } from '../storage/samples.ts';
import { aDelegation } from './delegation-staff-samples.ts';
import type { Sample } from './sample-cards.ts';

/** Cards of set-ups with product keys, and of an offer that nobody answered. */
export function keySamples(language: Language, account: Account): Sample[] {
  const words = createWords(language, hanoi);
  const done = { by: account, byName: 'Lan **Đậm**', at: 1_760_000_000_000 };
  const reported = { partnerId: '1234567', reportedBy: 'Minh', on: '2026-01-05', noted: done };
  const half = keySetup('half', { done: { keys: done }, redeemer: 'partner', reported, product: 'E3' });
  const all = Object.fromEntries(keySteps.map((step) => [step, done])) as KeySetup['done'];
  const setups: KeySetup[] = [
    keySetup('new', { partnerId: '', client: { tenantId: null, name: 'Công ty mới', domain: null } }),
    half,
    keySetup('ready', { done: all }),
    keySetup('finished', { done: all, status: 'finished' }),
    keySetup('dropped', { status: 'dropped' }),
  ];
  const ones = setups.flatMap((setup) =>
    (['worldwide', '21vianet'] as const).map((cloud) => ({
      template: 'key-setup',
      title: `${setup.id} ${cloud}`,
      card: keySetupCard(words, {
        ...{ account, cloud, setup, problem: '', now: 0 },
        way: setup.id === 'half' ? undefined : cloud === 'worldwide' ? 'offer' : 'record',
        noWay: setup.id === 'half' ? 'Cần ủy quyền **quản trị ủy nhiệm**.' : '',
        delegation: setup.id === 'ready' ? aDelegation() : undefined,
        nonceFor: () => 'nonce',
      }),
    })),
  );
  const lists = [setups, []].map((shown) => ({
    template: 'rows',
    title: `key set-ups ${shown.length}`,
    card: keySetupsCard(words, { account, setups: shown, next: shown.length === 0 ? undefined : 10 }),
  }));
  const expired = [[], [acceptance('one'), acceptance('two')]].map((lookers) => ({
    template: 'message',
    title: `offer expired ${lookers.length}`,
    card: offerExpiredCard(words, 'vi', {
      account,
      offer: offer('o'),
      terms: offerTerms(),
      lookers,
      nonce: 'nonce',
      insteadOf: lookers.length === 0 ? undefined : 'Lan',
    }),
  }));
  return [...ones, ...lists, ...expired];
}
