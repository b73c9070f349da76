import { chooseRoleCard, roleCard, rolesCard, userRolesCard } from '../cards/roles.ts';
import { anyRoleOf, roleName } from '../cards/users.ts';
import { requireCapability } from '../partner/authorise.ts';
import { decide } from '../partner/capabilities.ts';
import type { User } from '../partner/directory.ts';
import { roleById, roles } from '../partner/roles.ts';
import type { Job, Pressed, Stage } from './job.ts';
import { pageStart, pressedUser, targetOf } from './person.ts';
import type { Turn } from './turn.ts';

const pageSize = 10;

function page<T>(all: readonly T[], from: number): { items: readonly T[]; next: number | undefined } {
  const end = from + pageSize;
  return { items: all.slice(from, end), next: end < all.length ? end : undefined };
}

const readerOf = (turn: Turn) => ({
  words: turn.words,
  language: turn.chat.language,
  account: turn.requireAccount(),
});

/** Who has what: the roles that somebody holds, the mightiest first as the catalogue says, then by name. */
async function showRoles(turn: Turn, from: number): Promise<void> {
  requireCapability('roles', await turn.situation());
  const inUse = await turn.directory().rolesInUse();
  const { language } = turn.chat;
  const isOrdinary = (id: string) => roleById(id)?.privileged === false;
  const sorted = inUse.toSorted((one, other) => {
    const rank = Number(isOrdinary(one.roleTemplateId)) - Number(isOrdinary(other.roleTemplateId));
    const [name, otherName] = [one, other].map(({ roleTemplateId }) => roleName(language, roleTemplateId));
    return rank || (name ?? '').localeCompare(otherName ?? '', language);
  });
  turn.show(rolesCard(readerOf(turn), { roles: page(sorted, from), total: sorted.length }));
}

/** The people who hold one role. */
async function showRole(turn: Turn, role: string, from: number): Promise<void> {
  const situation = await turn.situation();
  requireCapability('roles', situation);
  const inUse = await turn.directory().rolesInUse();
  // A role that the catalogue lacks is shown when somebody holds it; anything else was not ours to press.
  const isKnown = roleById(role) !== undefined || inUse.some(({ roleTemplateId }) => roleTemplateId === role);
  if (!isKnown) return refuse(turn, 'roles.unknown');
  const holders = await turn.directory().holdersOf(role);
  const mayRemove = decide('grant-role', situation).allowed;
  const view = { role, holders: page(holders, from), total: holders.length, mayRemove };
  turn.show(roleCard(readerOf(turn), view));
}

/** The roles of one person, and the way to one more. */
async function showUserRoles(turn: Turn, pressed: Pressed): Promise<void> {
  const situation = await turn.situation();
  requireCapability('roles', situation);
  const user = await pressedUser(turn, pressed);
  if (user === undefined) return;
  const held = await turn.directory().rolesOf(user.id);
  const verdict = decide('grant-role', situation);
  const cannot =
    verdict.allowed || verdict.reason === 'unknown'
      ? ''
      : turn.words('roles.who-changes', { roles: anyRoleOf(turn.chat.language, verdict.whoCan) });
  turn.show(
    userRolesCard(readerOf(turn), { user, roles: [...new Set(held)], mayChange: verdict.allowed, cannot }),
  );
}

async function chooseRole(turn: Turn, pressed: Pressed): Promise<void> {
  requireCapability('grant-role', await turn.situation());
  const user = await pressedUser(turn, pressed);
  if (user === undefined) return;
  const held = await turn.directory().rolesOf(user.id);
  const free = roles.filter(({ templateId }) => !held.includes(templateId));
  turn.show(chooseRoleCard(readerOf(turn), { user, roles: page(free, pageStart(pressed)) }));
}

/** To the review of one role for one person; what is so already is said instead. */
async function change(
  turn: Turn,
  stage: Stage,
  pressed: Pressed,
  kind: 'grant-role' | 'remove-role',
): Promise<void> {
  requireCapability('grant-role', await turn.situation());
  const user = await pressedUser(turn, pressed);
  if (user === undefined) return;
  const role = (pressed.text('role') ?? '').toLowerCase();
  const holds = (await turn.directory().rolesOf(user.id)).includes(role);
  if (kind === 'grant-role' && roleById(role) === undefined) return refuse(turn, 'roles.unknown');
  if (holds === (kind === 'grant-role')) return sayItIsSo(turn, user, holds);
  await stage.begin('wish', { kind, args: { ...targetOf(user), role } });
}

function sayItIsSo(turn: Turn, { displayName: name }: User, holds: boolean): void {
  const problem = holds ? 'roles.holds-already' : 'roles.holds-not';
  const reference = turn.reference({ problem });
  turn.say(`${turn.words(problem, { name })} ${turn.words('error.reference', { reference })}`);
}

function refuse(turn: Turn, problem: 'roles.unknown'): void {
  const reference = turn.reference({ problem });
  turn.say(`${turn.words(problem)} ${turn.words('error.reference', { reference })}`);
}

export const rolesJob: Job = {
  commands: { roles: (turn) => showRoles(turn, 0) },
  presses: {
    roles: (turn, _stage, pressed) => showRoles(turn, pageStart(pressed)),
    role: (turn, _stage, pressed) =>
      showRole(turn, (pressed.text('role') ?? '').toLowerCase(), pageStart(pressed)),
    'user-roles': (turn, _stage, pressed) => showUserRoles(turn, pressed),
    'role-choose': (turn, _stage, pressed) => chooseRole(turn, pressed),
    'role-grant': (turn, stage, pressed) => change(turn, stage, pressed, 'grant-role'),
    'role-remove': (turn, stage, pressed) => change(turn, stage, pressed, 'remove-role'),
  },
};
