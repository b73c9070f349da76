import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import { type Meddling, meddling } from './meddling.ts';
import { connect, openSandbox } from './signed-in.ts';

/** The id of no one. */
export const nobody = '00000000-1111-4222-8333-444444444444';

/** A sandbox of its own with the Global Administrator of the first company signed in, and people to work on. */
export async function peopleStage() {
  const { sandbox, close } = await openSandbox();
  const connection = connect(sandbox);
  const opened: { close(): Promise<void> }[] = [];
  let made = 0;

  async function as(account: keyof typeof seedAccounts) {
    await connection.signInAs(seedAccounts[account]);
    return connection.directories.as(seedAccounts[account]);
  }
  const admin = await as('globalAdmin');

  return {
    sandbox,
    admin,
    as,
    /** A new user in Vietnam. */
    async newUser(displayName = 'Người Mới', signIn?: string) {
      made += 1;
      const mailNickname = signIn ?? `nguoi.moi${made}`;
      const created = await admin.createUser({
        displayName,
        givenName: undefined,
        surname: undefined,
        signInName: `${mailNickname}@contosopartner.vn`,
        mailNickname,
        password: 'Hoa-Sen-2719-xanh',
      });
      await admin.setUsageLocation(created.id, 'VN');
      return created;
    },
    stored: (id: string) => sandbox.world.get('user', seedTenants.contoso, id),
    calls: (method: string, ending: string) =>
      sandbox.requests().filter((call) => call.method === method && call.path.endsWith(ending)).length,
    meddled: (meddle: Meddling) => meddling(sandbox, opened, meddle),
    async close() {
      for (const one of opened) await one.close();
      await close();
    },
  };
}

export type PeopleStage = Awaited<ReturnType<typeof peopleStage>>;
