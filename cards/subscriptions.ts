import type { Words } from '../locales/words.ts';
import type { Account } from '../partner/accounts.ts';
import type { OwnSubscription } from '../partner/directory.ts';
import { productName } from '../partner/skus.ts';
import { type Button, button, type Link } from './buttons.ts';
import { type Card, render } from './render.ts';
import { ownCompany } from './scope.ts';
import template from './templates/subscriptions.json' with { type: 'json' };

/** What the company bought itself and uses; a page of it. */
export function subscriptionsCard(
  words: Words,
  view: {
    account: Account;
    /** All of them, in the order in which they are shown. */
    subscriptions: readonly OwnSubscription[];
    from: number;
    size: number;
    links: readonly Link[];
  },
): Card {
  const { account, subscriptions, from, size, links } = view;
  const count = subscriptions.length;
  const page = subscriptions.slice(from, from + size);
  const next = from + size;
  const isWhole = page.length === count;
  const intro = isWhole
    ? words(count === 0 ? 'subscriptions.none' : 'subscriptions.intro', { count })
    : words('subscriptions.page', { count, from: from + 1, to: from + page.length });
  const products = new Set(subscriptions.map(({ skuId }) => skuId));
  const notes = [
    ...(products.size < count ? [words('subscriptions.shared')] : []),
    words('subscriptions.note'),
  ];
  const buttons: Button[] = [
    ...(next < count ? [button(words('button.next-page'), 'subscriptions', { from: String(next) })] : []),
    button(words('button.overview'), 'overview'),
  ];
  return render(
    template,
    {
      rows: page.map((one) => rowOf(words, one)),
      notes: notes.map((text) => ({ text })),
      buttons,
      links,
    },
    { ...ownCompany(words, account), title: words('subscriptions.title'), intro },
  );
}

function rowOf(words: Words, one: OwnSubscription) {
  const { used, total, status } = one;
  return {
    name: productName(one),
    trial: one.isTrial ? words('subscriptions.trial') : '',
    bar: bar(used, total),
    use: `${words('subscriptions.used', { used, total })} · ${rest(words, used, total)}`,
    status: statusWords(words, status),
    statusColor: status === 'Enabled' ? 'Default' : 'Attention',
    date: dateWords(words, one),
  };
}

function rest(words: Words, used: number, total: number): string {
  if (used > total) return words('subscriptions.over', { over: used - total });
  return used === total ? words('subscriptions.full') : words('subscriptions.left', { left: total - used });
}

const barLength = 20;

/**
 * Licence use as a picture that every client draws, also one that shows no images. The figures stand beside it. A
 * single licence in use, or left, is still to be seen.
 */
function bar(used: number, total: number): { full: string; rest: string; color: string } {
  const share = total > 0 ? Math.min(used / total, 1) : used > 0 ? 1 : 0;
  const exact = share * barLength;
  const filled = share < 0.5 ? Math.ceil(exact) : Math.floor(exact);
  const color = used >= total && used > 0 ? 'Attention' : share >= 0.9 ? 'Warning' : 'Good';
  return { full: '█'.repeat(filled), rest: '░'.repeat(barLength - filled), color };
}

const knownStates = ['Enabled', 'Warning', 'Suspended', 'LockedOut', 'Deleted'] as const;

function statusWords(words: Words, status: string): string {
  const known = knownStates.find((each) => each === status);
  if (known !== undefined) return words(`subscriptions.status.${known}`);
  return words('subscriptions.status.other', { status: status || '–' });
}

/** Microsoft tells the day of the next change of state, which is a renewal only while all is well. */
function dateWords(words: Words, { renewsAt, isTrial, status }: OwnSubscription): string {
  const at = renewsAt === undefined ? Number.NaN : Date.parse(renewsAt);
  if (Number.isNaN(at)) return words('subscriptions.no-date');
  const key = status !== 'Enabled' ? 'next-state' : isTrial ? 'trial-ends' : 'renews';
  return words(`subscriptions.${key}`, { at: new Date(at) });
}
