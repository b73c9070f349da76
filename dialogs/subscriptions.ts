import { button } from '../cards/buttons.ts';
import { messageCard } from '../cards/message.ts';
import { ownCompany } from '../cards/scope.ts';
import { subscriptionsCard } from '../cards/subscriptions.ts';
import { requireCapability } from '../partner/authorise.ts';
import type { OwnSubscription } from '../partner/directory.ts';
import { manualLink, servicePagesOf } from '../partner/links.ts';
import { productName } from '../partner/skus.ts';
import type { Job } from './job.ts';
import type { Turn } from './turn.ts';

const perPage = 8;

/** What the company bought itself: those that work first, then by name. */
async function showSubscriptions(turn: Turn, from: number): Promise<void> {
  const { words } = turn;
  const account = turn.requireAccount();
  const situation = await turn.situation();
  requireCapability('subscriptions', situation);
  const found = await turn.directory().ownSubscriptions();
  const subscriptions = found.toSorted(
    (one, other) => rank(one) - rank(other) || productName(one).localeCompare(productName(other)),
  );
  const url = manualLink('admin-center-subscriptions', situation.cloud);
  turn.show(
    subscriptionsCard(words, {
      account,
      subscriptions,
      from: from < subscriptions.length ? from : 0,
      size: perPage,
      links: [{ title: words('button.open-portal'), url }],
    }),
  );
}

const rank = ({ status }: OwnSubscription) => (status === 'Enabled' ? 0 : status === 'Warning' ? 1 : 2);

/** Pages of Microsoft's for what the bot leaves alone. */
async function showSettings(turn: Turn): Promise<void> {
  const { words } = turn;
  const account = turn.requireAccount();
  const situation = await turn.situation();
  requireCapability('settings', situation);
  const pages = servicePagesOf(situation.cloud);
  turn.show(
    messageCard({
      frame: {
        ...ownCompany(words, account),
        title: words('settings.title'),
        intro: words('settings.intro'),
      },
      facts: pages.map(({ page }) => ({
        name: words(`settings.${page}`),
        value: words(`settings.${page}.what`),
      })),
      note: words('settings.note'),
      links: pages.map(({ page, url }) => ({ title: words(`settings.${page}`), url })),
      buttons: [button(words('button.overview'), 'overview')],
    }),
  );
}

export const subscriptionsJob: Job = {
  commands: {
    subscriptions: (turn) => showSubscriptions(turn, 0),
    settings: showSettings,
  },
  presses: {
    subscriptions(turn, _stage, pressed) {
      const from = Number(pressed.text('from') ?? '0');
      return showSubscriptions(turn, Number.isSafeInteger(from) && from > 0 ? from : 0);
    },
  },
};
