import type { DeletedUser, PeopleDesk } from './directory.ts';

/** As many as Microsoft gives at once. */
const atOnce = 999;

/** Whoever was deleted in the last 30 days under this id, however many were; undefined: nobody. Throws PartnerError. */
export async function deletedUserById(
  directory: Pick<PeopleDesk, 'deletedUsers'>,
  id: string,
): Promise<DeletedUser | undefined> {
  let next: string | undefined;
  do {
    const page = await directory.deletedUsers({ next, size: atOnce });
    const user = page.items.find((each) => each.id === id);
    if (user !== undefined) return user;
    next = page.next;
  } while (next !== undefined);
  return undefined;
}
