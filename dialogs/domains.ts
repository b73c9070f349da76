import { button } from '../cards/buttons.ts';
import { messageCard } from '../cards/message.ts';
import { ownCompany } from '../cards/scope.ts';
import { requireCapability } from '../partner/authorise.ts';
import type { Domain } from '../partner/directory.ts';
import { manualLink } from '../partner/links.ts';
import type { Job } from './job.ts';
import type { Turn } from './turn.ts';

/** The company's domains: the default first, then what is verified, then what is not. */
async function showDomains(turn: Turn): Promise<void> {
  const { words } = turn;
  const account = turn.requireAccount();
  const { cloud, ...rest } = await turn.situation();
  requireCapability('domains', { cloud, ...rest });
  const domains = (await turn.directory().domains()).toSorted(
    (one, other) => rank(one) - rank(other) || one.name.localeCompare(other.name),
  );
  const hasUnverified = domains.some((domain) => !domain.isVerified);
  turn.show(
    messageCard({
      frame: {
        ...ownCompany(words, account),
        title: words('domains.title'),
        intro: words('domains.intro', { count: domains.length }),
      },
      facts: domains.slice(0, 50).map((domain) => ({ name: stateOf(turn, domain), value: domain.name })),
      note: words(hasUnverified ? 'domains.unverified-note' : 'domains.note'),
      links: [{ title: words('button.open-portal'), url: manualLink('admin-center-domains', cloud) }],
      buttons: [button(words('button.overview'), 'overview')],
    }),
  );
}

function rank({ isDefault, isVerified, isInitial }: Domain): number {
  if (!isVerified) return 3;
  return isDefault ? 0 : isInitial ? 2 : 1;
}

function stateOf({ words }: Turn, { isDefault, isVerified, isInitial }: Domain): string {
  const state = words(
    isVerified ? (isDefault ? 'domains.default' : 'domains.verified') : 'domains.unverified',
  );
  return isInitial ? `${state} · ${words('domains.initial')}` : state;
}

export const domainsJob: Job = { commands: { domains: showDomains } };
