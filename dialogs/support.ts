import { supportCard, userSupportCard } from '../cards/support.ts';
import { requireCapability } from '../partner/authorise.ts';
import { type CapabilityId, decide, mayTry, type Situation } from '../partner/capabilities.ts';
import { changeSupportKind, type SupportLevel, supportLevel } from '../partner/change-support.ts';
import type { Job, Pressed, Stage } from './job.ts';
import { pageStart, pressedUser, targetOf } from './person.ts';
import { reachedClients, reachOf, readForSupport } from './support-reach.ts';
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
    readForSupport(turn, situation).then((read) => reachedClients(turn, situation, read)),
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
        mayChange: changing.some((capability) => mayTry(capability, situation)),
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
  const read = await readForSupport(turn, situation);
  const [groups, clients] = await Promise.all([
    turn.directory().supportOf(user.id),
    reachedClients(turn, situation, read),
  ]);
  const now = supportLevel(groups);
  const from = pageStart(pressed);
  const { reach, next, isShown } = await reachOf(turn, situation, { level: now, read, from, pageSize });
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
        isReachShown: isShown,
        next,
        choices: asked.filter(({ reason }) => reason === ''),
        cannot: [...new Set(asked.map(({ reason }) => reason).filter((reason) => reason !== ''))],
      },
    ),
  );
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
  const situation = await turn.situation();
  const [groups, clients] = await Promise.all([
    turn.directory().supportOf(user.id),
    readForSupport(turn, situation).then((read) => reachedClients(turn, situation, read)),
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
