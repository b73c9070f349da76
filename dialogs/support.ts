import { type ClientReach, supportCard, userSupportCard } from '../cards/support.ts';
import { requireCapability } from '../partner/authorise.ts';
import { type CapabilityId, decide, may, type Situation } from '../partner/capabilities.ts';
import { changeSupportKind, type SupportLevel, supportLevel } from '../partner/change-support.ts';
import type { Delegation } from '../partner/delegations.ts';
import { allDelegations, unlessRefused } from './delegation-reads.ts';
import type { Job, Pressed, Stage } from './job.ts';
import { pageStart, pressedUser, targetOf } from './person.ts';
import type { Turn } from './turn.ts';
import { whyNot } from './why-not.ts';

const pageSize = 10;
const levels: readonly SupportLevel[] = ['full', 'limited', 'none'];
const changing: readonly CapabilityId[] = ['support-limited', 'support-full', 'support-full-remove'];

/** Who has Full and who has Limited, and how many clients that is for. */
async function showSupport(turn: Turn, from: number): Promise<void> {
  const situation = await turn.situation();
  requireCapability('roles', situation);
  const directory = turn.directory();
  const [full, limited, clients] = await Promise.all([
    directory.membersOf('full'),
    directory.membersOf('limited'),
    reachedClients(turn, situation),
  ]);
  const end = from + pageSize;
  // One list after the other: a page may hold the end of the first and the beginning of the second.
  const limitedFrom = Math.max(0, from - full.length);
  const limitedEnd = Math.max(0, end - full.length);
  turn.show(
    supportCard(
      { words: turn.words, account: turn.requireAccount() },
      {
        clients,
        mayChange: changing.some((capability) => may(capability, situation)),
        full: { items: full.slice(from, end), total: full.length },
        limited: { items: limited.slice(limitedFrom, limitedEnd), total: limited.length },
        next: end < full.length + limited.length ? end : undefined,
      },
    ),
  );
}

/** One person's access, with the choices that this person may make. */
async function showUserSupport(turn: Turn, pressed: Pressed): Promise<void> {
  const situation = await turn.situation();
  requireCapability('roles', situation);
  const user = await pressedUser(turn, pressed);
  if (user === undefined) return;
  const directory = turn.directory();
  const [groups, clients] = await Promise.all([
    directory.supportOf(user.id),
    reachedClients(turn, situation),
  ]);
  const now = supportLevel(groups);
  const { reach, next } = await reachOf(turn, situation, { level: now, from: pageStart(pressed) });
  const other = levels.filter((level) => level !== now);
  const asked = other.map((level) => ({ level, ...answer(turn, situation, now, level) }));
  turn.show(
    userSupportCard(
      { words: turn.words, language: turn.chat.language, account: turn.requireAccount() },
      {
        user,
        now,
        clients,
        reach,
        next,
        choices: asked.filter(({ reason }) => reason === ''),
        cannot: [...new Set(asked.map(({ reason }) => reason).filter((reason) => reason !== ''))],
      },
    ),
  );
}

const alive: readonly Delegation['state'][] = ['active', 'usable', 'expiring'];

/** How many clients let the company support them; null where Microsoft does not show that to this person. */
async function reachedClients(turn: Turn, situation: Situation): Promise<number | null> {
  // Without relationships in this cloud, a contract is all there is.
  if (situation.cloud !== 'worldwide') return turn.directory().clientCount();
  const { delegations, isFresh } = await allDelegations(turn, situation);
  const reached = delegations.filter(({ state }) => alive.includes(state));
  return isFresh ? new Set(reached.map(({ client }) => client.tenantId)).size : null;
}

/** At which clients the group of this level may do what, as Microsoft has it now; by hand, as it was recorded. */
async function reachOf(
  turn: Turn,
  situation: Situation,
  { level, from }: { level: SupportLevel; from: number },
): Promise<{ reach: ClientReach[]; next: number | undefined }> {
  if (level === 'none' || !may('delegations', situation)) return { reach: [], next: undefined };
  const { delegations } = await allDelegations(turn, situation);
  const all = delegations.filter(({ state }) => alive.includes(state));
  const end = from + pageSize;
  const shown = all.slice(from, end);
  const isAtMicrosoft = shown.some(({ relationshipId }) => relationshipId !== null);
  const group = isAtMicrosoft ? await turn.relationships().groupOf(level) : '';
  const reach = await Promise.all(
    shown.map(async (delegation) => ({ delegation, roles: await rolesOf(turn, delegation, group, level) })),
  );
  return { reach: reach.filter(({ roles }) => roles.length > 0), next: end < all.length ? end : undefined };
}

async function rolesOf(
  turn: Turn,
  { relationshipId, terms }: Delegation,
  group: string,
  level: SupportLevel,
): Promise<readonly string[]> {
  if (relationshipId === null) return terms.level === level ? terms.roles : [];
  const assignments = await unlessRefused(() => turn.relationships().assignments(relationshipId));
  const own = (assignments ?? []).filter(({ groupId, status }) => groupId === group && status === 'active');
  return [...new Set(own.flatMap(({ roles }) => roles))];
}

/** Whether a change may be chosen, or in a sentence why not. */
function answer(turn: Turn, situation: Situation, from: SupportLevel, to: SupportLevel) {
  const verdicts = changeSupportKind
    .needs({ from, to })
    .map((capability) => ({ capability, verdict: decide(capability, situation) }));
  const refused = verdicts.find(({ verdict }) => !verdict.allowed);
  return {
    secondPerson: verdicts.some(({ verdict }) => verdict.allowed && verdict.secondPerson),
    reason: refused === undefined ? '' : whyNot(turn, refused.capability, situation),
  };
}

/** To the review: from what it is now, read again, to what was chosen. */
async function choose(turn: Turn, stage: Stage, pressed: Pressed): Promise<void> {
  const user = await pressedUser(turn, pressed);
  if (user === undefined) return;
  const to = levels.find((level) => level === pressed.text('to'));
  const directory = turn.directory();
  const [groups, clients] = await Promise.all([
    directory.supportOf(user.id),
    reachedClients(turn, await turn.situation()),
  ]);
  const from = supportLevel(groups);
  if (to === undefined || to === from) return showUserSupport(turn, pressed);
  await stage.begin('wish', { kind: 'change-support', args: { ...targetOf(user), from, to, clients } });
}

export const supportJob: Job = {
  commands: { support: (turn) => showSupport(turn, 0) },
  presses: {
    support: (turn, _stage, pressed) => showSupport(turn, pageStart(pressed)),
    'user-support': (turn, _stage, pressed) => showUserSupport(turn, pressed),
    'support-choose': (turn, stage, pressed) => choose(turn, stage, pressed),
  },
};
