import { userCard, usersCard } from '../cards/users.ts';
import { requireCapability } from '../partner/authorise.ts';
import { may } from '../partner/capabilities.ts';
import { productName } from '../partner/skus.ts';
import type { Job } from './job.ts';
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
    }),
  );
}

/** One person's card. */
async function showUser(turn: Turn, id: string): Promise<void> {
  const account = turn.requireAccount();
  requireCapability('users', await turn.situation());
  const directory = turn.directory();
  const user = isObjectId(id) ? await directory.userById(id) : undefined;
  if (user === undefined) {
    const reference = turn.reference({ problem: 'user.not-found' });
    turn.say(`${turn.words('user.not-found')} ${turn.words('error.reference', { reference })}`);
    return;
  }
  const [skus, roles, support] = await Promise.all([
    directory.skus(),
    directory.rolesOf(id),
    directory.supportOf(id),
  ]);
  const licences = user.licences.map((skuId) => {
    const sku = skus.find((each) => each.skuId === skuId);
    return productName({ skuId, partNumber: sku?.partNumber ?? skuId });
  });
  turn.show(userCard(turn.words, turn.chat.language, { account, user, licences, roles, support }));
}

export const usersJob: Job = {
  commands: {
    users: (turn, _stage, rest) => showUsers(turn, { find: rest, next: undefined }),
  },
  presses: {
    users: (turn, _stage, pressed) =>
      showUsers(turn, { find: pressed.text('find') ?? '', next: pressed.text('next') }),
    user: (turn, _stage, pressed) => showUser(turn, pressed.text('id') ?? ''),
  },
};

const isObjectId = (id: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);
