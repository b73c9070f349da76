import { forgetMeBusyCard, forgetMeCard } from '../../cards/sign-in/forget-me.ts';
import { createWords, type Language } from '../../locales/words.ts';
import type { Account } from '../../partner/accounts.ts';
import { hanoi } from '../helpers/zones.ts';
import { operation } from '../storage/samples.ts';
import type { Sample } from './sample-cards.ts';

/** Cards of being forgotten: for staff, clients and who is not signed in, and when it cannot be now. */
export function forgetSamples(language: Language, account: Account): Sample[] {
  const words = createWords(language, hanoi);
  const work = { waiting: 2, unattended: 1, offers: 3 };
  const views = [
    { account, standing: { isStaff: true, ...work } },
    { account, standing: { isStaff: false, waiting: 0, unattended: 0, offers: 0 } },
    { account: undefined, standing: { isStaff: false, waiting: 0, unattended: 0, offers: 0 } },
  ];
  const args = { displayName: 'Trần Văn Đức', signInName: 'duc.tran@contoso.example' };
  const busy = ['a', 'b', 'c', 'd', 'e'].map((id) => operation(id, { args }));
  return [
    ...views.map((view, index) => ({
      template: 'message',
      title: `forget me ${index}`,
      card: forgetMeCard(words, { ...view, nonce: 'nonce', problem: '' }),
    })),
    {
      template: 'message',
      title: 'forget me, busy',
      card: forgetMeBusyCard(words, { account, busy, reference: 'ABCD2345' }),
    },
  ];
}
