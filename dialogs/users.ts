import { fromGroup } from '../cards/inherited-licence.ts';
import type { UserRights } from '../cards/user-jobs.ts';
import { userCard, usersCard } from '../cards/users.ts';
import { requireCapability } from '../partner/authorise.ts';
import { may, mayTry, type Situation } from '../partner/capabilities.ts';
import { directLicences } from '../partner/group-licences.ts';
import { type Holdings, mayActSensitively, mayResetPassword } from '../partner/reset-rights.ts';
import { productName } from '../partner/skus.ts';
import { inheritedOf } from './inherited-licences.ts';
import type { Job, Pressed } from './job.ts';
import { pressedUser } from './person.ts';
import type { Turn } from './turn.ts';

const usersPerPage = 8;

/** A page of the company's users, all of them or those whose name or sign-in name fits. */
async function showUsers(turn: Turn, query: { find: string; next: string | undefined }): Promise<void> {
  const account = turn.requireAccount();
  const situation = await turn.situation();
  requireCapability('users', situation);
  const find = query.find.slice(0, 200);
  const page = await turn
    .directory()
    .users({ find: find || undefined, next: query.next, size: usersPerPage });
  turn.show(
    usersCard(turn.words, {
      account,
      users: page.items,
      find,
      next: page.next,
      mayAdd: may('add-user', situation),
      mayRestore: may('delete-user', situation),
    }),
  );
}

/** One person's card, with what this person may do about it. */
export async function showUser(turn: Turn, pressed: Pressed): Promise<void> {
  const account = turn.requireAccount();
  const situation = await turn.situation();
  requireCapability('users', situation);
  const user = await pressedUser(turn, pressed);
  if (user === undefined) return;
  const directory = turn.directory();
  const [skus, roles, support] = await Promise.all([
    directory.skus(),
    directory.rolesOf(user.id),
    directory.supportOf(user.id),
  ]);
  const nameOf = (skuId: string) => {
    const sku = skus.find((each) => each.skuId === skuId);
    return productName({ skuId, partNumber: sku?.partNumber ?? skuId });
  };
  const inherited = await inheritedOf(turn, user);
  const licences = [
    ...directLicences(user).map(nameOf),
    ...inherited.map(({ skuId, groups }) => fromGroup(turn.words, nameOf(skuId), groups)),
  ];
  const rights = rightsOver({ isSelf: user.id === account.objectId, roles, support }, situation);
  turn.show(userCard(turn.words, turn.chat.language, { account, user, licences, roles, support, rights }));
}

/** The capability table, and whom Microsoft lets nobody of this rank touch. */
function rightsOver(target: { isSelf: boolean } & Holdings, situation: Situation): UserRights {
  const { isSelf } = target;
  const ranksFor = (check: typeof mayResetPassword) => check(situation.roles, target);
  const mayReset = may('new-password', situation);
  const mayBlock = may('block-user', situation);
  const mayDelete = may('delete-user', situation);
  const acts = !isSelf && ranksFor(mayActSensitively);
  const password = mayReset && !isSelf && ranksFor(mayResetPassword);
  const block = mayBlock && acts;
  const remove = mayDelete && acts;
  const wouldAct = mayReset || mayBlock || mayDelete;
  return {
    edit: may('edit-user', situation),
    licences: may('assign-licences', situation),
    password,
    roles: may('grant-role', situation),
    support: supportCapabilities.some((capability) => mayTry(capability, situation)),
    block,
    remove,
    isSelf,
    outranked: (mayReset && !password) || (mayBlock && !block) || (mayDelete && !remove),
    wouldAct,
  };
}

const supportCapabilities = ['support-limited', 'support-full', 'support-full-remove'] as const;

export const usersJob: Job = {
  commands: {
    users: (turn, _stage, rest) => showUsers(turn, { find: rest, next: undefined }),
  },
  presses: {
    users: (turn, _stage, pressed) =>
      showUsers(turn, { find: pressed.text('find') ?? '', next: pressed.text('next') }),
    user: (turn, _stage, pressed) => showUser(turn, pressed),
  },
};
