import assert from 'node:assert/strict';
import type { Directory, PeopleDesk } from '../../partner/directory.ts';
import { roleTemplates } from '../../sandbox/seed/known-ids.ts';
import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import { meddling } from './meddling.ts';
import type { ScriptedRequest } from './scripted-cloud.ts';
import { connect, type OpenSandbox, openSandbox } from './signed-in.ts';

const { globalAdministrator, helpdeskAdministrator, userAdministrator } = roleTemplates;
const nobody = '00000000-1111-4222-8333-444444444444';

describe('roles and support access of people over Graph', () => {
  let open: OpenSandbox;
  let admin: Directory & PeopleDesk;
  let connection: ReturnType<typeof connect>;
  const opened: { close(): Promise<void> }[] = [];
  const plain = seedAccounts.plain.objectId;
  const as = async (account: keyof typeof seedAccounts) => {
    await connection.signInAs(seedAccounts[account]);
    return connection.directories.as(seedAccounts[account]);
  };
  before(async () => {
    open = await openSandbox();
  });
  beforeEach(async () => {
    await open.sandbox.reset();
    connection = connect(open.sandbox);
    admin = await as('globalAdmin');
  });
  after(async () => {
    for (const one of opened) await one.close();
    await open.close();
  });

  const deletions = () => open.sandbox.requests().filter(({ method }) => method === 'DELETE');
  const names = (users: { displayName: string }[]) => users.map(({ displayName }) => displayName);

  /** The directory with some of its answers replaced, signed in as the Global Administrator. */
  async function meddled(
    instead: (request: ScriptedRequest) => { status: number; body: unknown } | undefined,
  ) {
    const { signInAs, directories, requests } = await meddling(open.sandbox, opened, { instead });
    return { directory: directories.as(await signInAs(seedAccounts.globalAdmin)), requests };
  }

  it('takes back one role of several, and a role not held', async () => {
    await admin.grantRole(plain, helpdeskAdministrator);
    await admin.grantRole(plain, userAdministrator);
    await admin.removeRole(plain, helpdeskAdministrator.toUpperCase());
    assert.deepEqual(await admin.rolesOf(plain), [userAdministrator]);
    assert.equal(deletions().length, 1);
    await admin.removeRole(plain, helpdeskAdministrator);
    await admin.removeRole(nobody, helpdeskAdministrator);
    assert.equal(deletions().length, 1);
  });

  it('reads what somebody may do as they themselves would, and what is only assigned', async () => {
    const { objectId } = seedAccounts.helpdesk;
    const [own, seen] = await Promise.all([(await as('helpdesk')).me(), admin.rightsOf(objectId)]);
    assert.deepEqual(seen, { roles: own.roles, support: own.support });
    assert.deepEqual(seen, { roles: [helpdeskAdministrator], support: ['limited'] });
    const custom = '11111111-2222-4333-8444-555555555555';
    const { directory } = await meddled(({ path }) => {
      if (path.includes(`/users/${plain}/transitiveMemberOf`))
        return { status: 200, body: { value: [{ id: nobody, roleTemplateId: userAdministrator }] } };
      if (path.includes('/roleAssignments'))
        return { status: 200, body: { value: [{ id: custom, roleDefinitionId: custom }] } };
      return undefined;
    });
    assert.deepEqual(await directory.rightsOf(plain), { roles: [userAdministrator, custom], support: [] });
    await assert.rejects(admin.rightsOf(nobody), { code: 'not-found' });
  });

  it('takes back only what was given for the whole company', async () => {
    const assignment = (id: string, directoryScopeId: string) => ({
      id,
      principalId: plain,
      roleDefinitionId: helpdeskAdministrator,
      directoryScopeId,
    });
    const value = [assignment('of-a-unit', '/administrativeUnits/1'), assignment('of-all', '/')];
    const { directory, requests } = await meddled(({ method, path }) => {
      if (method === 'DELETE') return { status: 204, body: undefined };
      return path.includes('roleAssignments') ? { status: 200, body: { value } } : undefined;
    });
    await directory.removeRole(plain, helpdeskAdministrator);
    const removed = requests.filter(({ method }) => method === 'DELETE').map(({ path }) => path);
    assert.deepEqual(removed, ['/graph.microsoft.com/v1.0/roleManagement/directory/roleAssignments/of-all']);
  });

  it('takes a role back that somebody else takes back at the same time', async () => {
    await admin.grantRole(plain, helpdeskAdministrator);
    const { directory } = await meddled(({ method }) =>
      method === 'DELETE'
        ? { status: 404, body: { error: { code: 'Request_ResourceNotFound' } } }
        : undefined,
    );
    await directory.removeRole(plain, helpdeskAdministrator);
  });

  it('says why a role is not taken back', async () => {
    await admin.grantRole(plain, helpdeskAdministrator);
    const userAdmin = await as('userAdmin');
    await assert.rejects(userAdmin.removeRole(plain, helpdeskAdministrator), { code: 'not-allowed' });
    open.sandbox.faults.add({ kind: 'reset', match: { method: 'DELETE', path: '/roleAssignments/' } });
    await assert.rejects(admin.removeRole(plain, helpdeskAdministrator), {
      code: 'microsoft-unknown-outcome',
    });
    assert.deepEqual(await admin.rolesOf(plain), [helpdeskAdministrator]);
  });

  it('lists who holds a role, by name', async () => {
    await admin.grantRole(plain, globalAdministrator);
    const holders = await admin.holdersOf(globalAdministrator);
    assert.deepEqual(names(holders), ['Bùi Ngọc Trâm', 'Trần Văn Hùng']);
    assert.deepEqual(holders[0], await admin.userById(plain));
    assert.deepEqual(await admin.holdersOf(nobody), []);
  });

  it('counts the holders of each role, over more pages than one', async () => {
    const users = await open.sandbox.world.all('user', seedTenants.contoso);
    const some = users.slice(0, 45).map(({ id }) => id);
    const roles = ['4a5d8f65-41da-4de4-8968-e035b65339cf', '95e79109-95c0-4d8e-aee3-d01accf2d47b', nobody];
    for (const roleDefinitionId of roles) {
      for (const principalId of some) {
        const id = `${roleDefinitionId}-${principalId}`;
        const assignment = { id, roleDefinitionId, principalId, createdAt: 0 };
        await open.sandbox.world.put('roleAssignment', seedTenants.contoso, id, assignment);
      }
    }
    const inUse = new Map((await admin.rolesInUse()).map((one) => [one.roleTemplateId, one.holders]));
    assert.deepEqual(
      roles.map((role) => inUse.get(role)),
      [45, 45, 45],
    );
    assert.deepEqual([inUse.get(globalAdministrator), inUse.size], [1, 8]);
    const pages = open.sandbox.requests().filter(({ path }) => path.includes('/roleAssignments'));
    assert.equal(pages.length, 2);
    assert.equal((await admin.holdersOf(nobody)).length, 45);
  });

  it('counts people only, each once, for the whole company, and looks up those without a sign-in name', async () => {
    const sales = seedAccounts.sales.objectId;
    const held = (type: string, id: string, more: object = {}) => ({
      id: `a-${type}-${id}`,
      principalId: id,
      directoryScopeId: '/',
      roleDefinitionId: helpdeskAdministrator.toUpperCase(),
      principal: { '@odata.type': `#microsoft.graph.${type}`, id, displayName: type },
      ...more,
    });
    const value = [
      held('user', sales),
      held('user', sales, { id: 'again' }),
      held('user', plain, { directoryScopeId: '/administrativeUnits/1' }),
      held('group', nobody),
      held('servicePrincipal', nobody),
      held('user', nobody, { principal: null }),
    ];
    const { directory } = await meddled(({ path }) =>
      path.includes('roleAssignments') ? { status: 200, body: { value } } : undefined,
    );
    assert.deepEqual(await directory.rolesInUse(), [{ roleTemplateId: helpdeskAdministrator, holders: 1 }]);
    assert.deepEqual(await directory.holdersOf(helpdeskAdministrator), [await admin.userById(sales)]);
  });

  it('takes a person out of a support group, and the person stays', async () => {
    const { objectId } = seedAccounts.helpdesk;
    const before = await admin.userById(objectId);
    await admin.removeFromSupportGroup(objectId, 'limited');
    assert.deepEqual(await admin.supportOf(objectId), []);
    assert.deepEqual(await admin.userById(objectId), before);
    assert.ok(await open.sandbox.world.get('user', seedTenants.contoso, objectId));
    assert.deepEqual(await open.sandbox.world.all('deletedUser', seedTenants.contoso), []);
    assert.ok(deletions().every(({ path }) => path.endsWith('/$ref')));

    // Once more, and one who never was in it.
    await admin.removeFromSupportGroup(objectId, 'limited');
    await admin.removeFromSupportGroup(plain, 'full');
    assert.equal(deletions().length, 3);
    await assert.rejects(admin.removeFromSupportGroup('', 'limited'), { code: 'unexpected' });
    assert.equal(deletions().length, 3);
  });

  it('knows that somebody is out of a group without Microsoft’s words for it', async () => {
    const message = 'One or more removed object references do not exist.';
    const error = { code: 'Request_BadRequest', message };
    const { directory } = await meddled(({ method }) =>
      method === 'DELETE' ? { status: 400, body: { error } } : undefined,
    );
    await directory.removeFromSupportGroup(plain, 'limited');
    const { objectId } = seedAccounts.helpdesk;
    await assert.rejects(directory.removeFromSupportGroup(objectId, 'limited'), {
      code: 'microsoft-refused',
    });
  });

  it('says why nobody is taken out of a support group', async () => {
    const { objectId } = seedAccounts.adminAgent;
    const userAdmin = await as('userAdmin');
    await assert.rejects(userAdmin.removeFromSupportGroup(objectId, 'full'), { code: 'not-allowed' });
    open.sandbox.faults.add({ kind: 'reset-after-doing', match: { method: 'DELETE', path: '/members/' } });
    await assert.rejects(admin.removeFromSupportGroup(objectId, 'full'), {
      code: 'microsoft-unknown-outcome',
    });
    await admin.removeFromSupportGroup(objectId, 'full');
    assert.deepEqual(await admin.supportOf(objectId), []);
  });

  it('lists the members of a support group, by name', async () => {
    const members = await admin.membersOf('full');
    assert.deepEqual(names(members), ['Đặng Quốc Bảo', 'Trần Văn Hùng']);
    assert.deepEqual(members[1], await admin.userById(seedAccounts.globalAdmin.objectId));
    const plainDesk = await as('plain');
    assert.deepEqual(names(await plainDesk.membersOf('limited')), ['Vũ Đức Anh']);
  });

  it('reads every page of a group, and leaves out what is no person', async () => {
    const list = '/v1.0/groups/';
    const { directory } = await meddled(({ path }) => {
      if (!path.includes('/members')) return undefined;
      const group = { '@odata.type': '#microsoft.graph.group', id: 'g', displayName: 'Nhóm' };
      const user = (name: string) => ({ id: name, displayName: name, userPrincipalName: `${name}@x.vn` });
      if (path.includes('$skiptoken=')) return { status: 200, body: { value: [user('An')] } };
      const link = `https://graph.microsoft.com${list}g/members?$skiptoken=2`;
      return { status: 200, body: { value: [group, user('Bình')], '@odata.nextLink': link } };
    });
    assert.deepEqual(names(await directory.membersOf('sales')), ['An', 'Bình']);
  });

  it('finds nobody in the groups of a company that has none', async () => {
    for (const group of await open.sandbox.world.all('group', seedTenants.contoso)) {
      await open.sandbox.world.remove('group', seedTenants.contoso, group.id);
    }
    assert.deepEqual(await admin.membersOf('full'), []);
    await admin.removeFromSupportGroup(plain, 'full');
    assert.deepEqual(deletions(), []);
  });
});
