import type { CapabilityId } from './capabilities.ts';
import { needsForRole } from './change-role.ts';
import type { NewUser, SupportGroup, User } from './directory.ts';
import { PartnerError } from './errors.ts';
import {
  type Finding,
  type OperationKind,
  requireText,
  resultOf,
  type StepDefinition,
  type Work,
} from './operation-kinds.ts';
import { type JsonObject, newStep, type Operation, type Step } from './operations.ts';
import { newPassword, passwordLifetimeMs } from './passwords.ts';

/** What a confirmed review asks for. Support `full` carries the name that the Global admin typed. */
export interface AddUserWish extends JsonObject {
  displayName: string;
  givenName: string;
  surname: string;
  signInName: string;
  usageLocation: string;
  licences: string[];
  roles: string[];
  support: 'none' | 'limited' | 'full';
}

/** The steps that this wish needs, in the order in which Microsoft accepts them. */
export function addUserSteps(wish: AddUserWish): Step[] {
  return [
    'create',
    'usage-location',
    ...(wish.licences.length > 0 ? ['licences'] : []),
    ...(wish.roles.length > 0 ? ['roles'] : []),
    ...(wish.support === 'none' ? [] : ['support']),
    'read-back',
  ].map(newStep);
}

/** Rights that the parts of this wish take. */
function addUserNeeds(wish: AddUserWish): CapabilityId[] {
  return [
    'add-user',
    ...(wish.licences.length > 0 ? (['assign-licences'] as const) : []),
    ...wish.roles.map(needsForRole),
    ...(wish.support === 'none' ? [] : ([`support-${wish.support}`] as const)),
  ];
}

const wishOf = (operation: Operation) => operation.args as AddUserWish;
const userIdOf = (work: Work) => requireText(resultOf(work.operation, 'create')['userId'], 'the new user id');

function newUserOf(wish: AddUserWish, password: string): NewUser {
  const { displayName, givenName, surname, signInName } = wish;
  const mailNickname = signInName.split('@')[0] ?? signInName;
  return {
    displayName,
    givenName: givenName === '' ? undefined : givenName,
    surname: surname === '' ? undefined : surname,
    signInName,
    mailNickname,
    password,
  };
}

/** Microsoft's clock may be a little behind ours. */
const clockSkewMs = 5 * 60 * 1000;

/** Ours if made since the intent was stored and named exactly as we asked (the name was free before). */
function isOurs(user: User, wish: AddUserWish, step: Step, notBefore: number): boolean {
  const expected = newUserOf(wish, '');
  const madeAt = user.createdAt === undefined ? Number.NaN : Date.parse(user.createdAt);
  const absentBefore = step.before?.['absent'] === true;
  return (
    absentBefore &&
    madeAt >= notBefore - clockSkewMs &&
    user.displayName === expected.displayName &&
    user.mailNickname === expected.mailNickname
  );
}

const createStep: StepDefinition = {
  id: 'create',
  async before({ directory, operation, now, randomBelow }) {
    const wish = wishOf(operation);
    const existing = await directory.userBySignInName(wish.signInName);
    if (existing !== undefined) {
      throw new PartnerError('sign-in-name-taken', { details: { signInName: wish.signInName } });
    }
    return {
      before: { absent: true, at: now() },
      secret: { value: newPassword(randomBelow), lifetimeMs: passwordLifetimeMs },
    };
  },
  async run(work) {
    const wish = wishOf(work.operation);
    try {
      const user = await work.directory.createUser(newUserOf(wish, await work.secret()));
      return { userId: user.id };
    } catch (error) {
      const isTaken = error instanceof PartnerError && error.code === 'sign-in-name-taken';
      // Perhaps by our own earlier attempt, which was looked for before it could be found.
      const finding = isTaken && work.again ? await findCreated(work) : undefined;
      if (finding?.happened === true) return finding.result;
      if (finding?.happened === false) throw new PartnerError('microsoft-unknown-outcome');
      throw error;
    }
  },
  find: findCreated,
  unclear: 'ambiguous-user',
};

async function findCreated({ directory, operation, step }: Work): Promise<Finding> {
  const wish = wishOf(operation);
  const user = await directory.userBySignInName(wish.signInName);
  if (user === undefined) return { happened: false };
  const notBefore = Number(step.before?.['at'] ?? Number.POSITIVE_INFINITY);
  return isOurs(user, wish, step, notBefore)
    ? { happened: true, result: { userId: user.id } }
    : { happened: 'cannot-tell' };
}

async function mustFind(work: Work): Promise<User> {
  const user = await work.directory.userById(userIdOf(work));
  if (user === undefined) throw new PartnerError('not-found', { details: { what: 'user' } });
  return user;
}

const usageLocationStep: StepDefinition = {
  id: 'usage-location',
  async run(work) {
    await work.directory.setUsageLocation(userIdOf(work), wishOf(work.operation).usageLocation);
    return {};
  },
  async find(work) {
    const user = await mustFind(work);
    return user.usageLocation === wishOf(work.operation).usageLocation
      ? { happened: true, result: {} }
      : { happened: false };
  },
};

const licencesStep: StepDefinition = {
  id: 'licences',
  optional: true,
  async run(work) {
    await work.directory.addLicences(userIdOf(work), wishOf(work.operation).licences);
    return {};
  },
  async find(work) {
    const user = await mustFind(work);
    const all = wishOf(work.operation).licences.every((sku) => user.licences.includes(sku));
    return all ? { happened: true, result: {} } : { happened: false };
  },
};

const rolesStep: StepDefinition = {
  id: 'roles',
  optional: true,
  async run(work) {
    const held = await work.directory.rolesOf(userIdOf(work));
    for (const role of wishOf(work.operation).roles) {
      if (!held.includes(role)) await work.directory.grantRole(userIdOf(work), role);
    }
    return {};
  },
  async find(work) {
    const held = await work.directory.rolesOf(userIdOf(work));
    const all = wishOf(work.operation).roles.every((role) => held.includes(role));
    return all ? { happened: true, result: {} } : { happened: false };
  },
};

const supportStep: StepDefinition = {
  id: 'support',
  optional: true,
  async run(work) {
    await work.directory.addToSupportGroup(userIdOf(work), wantedGroup(work));
    return {};
  },
  async find(work) {
    const groups = await work.directory.supportOf(userIdOf(work));
    return groups.includes(wantedGroup(work)) ? { happened: true, result: {} } : { happened: false };
  },
};

function wantedGroup(work: Work): SupportGroup {
  return wishOf(work.operation).support === 'full' ? 'full' : 'limited';
}

/** Reads everything back, so that "done" is what Microsoft says and not what we sent. */
const readBackStep: StepDefinition = {
  id: 'read-back',
  onlyReads: true,
  async run(work) {
    const wish = wishOf(work.operation);
    const userId = userIdOf(work);
    const [user, roles, support] = await Promise.all([
      mustFind(work),
      work.directory.rolesOf(userId),
      work.directory.supportOf(userId),
    ]);
    const left = (step: string) => resultOf(work.operation, step)['skipped'] === true;
    const missing = [
      ...(user.signInName.toLowerCase() === wish.signInName.toLowerCase() ? [] : ['sign-in-name']),
      ...(left('licences') || wish.licences.every((sku) => user.licences.includes(sku)) ? [] : ['licences']),
      ...(left('roles') || wish.roles.every((role) => roles.includes(role)) ? [] : ['roles']),
      ...(left('support') || wish.support === 'none' || support.includes(wantedGroup(work))
        ? []
        : ['support']),
    ];
    if (missing.length > 0) {
      throw new PartnerError('not-visible-yet', { details: { missing: missing.join(', ') } });
    }
    return { signInName: user.signInName };
  },
  async find() {
    return { happened: false };
  },
};

/** Adding a user: create → usage location → licences → roles → support access → read back. */
export const addUserKind: OperationKind = {
  kind: 'add-user',
  schema: 1,
  needs: (args) => addUserNeeds(args as AddUserWish),
  plan: (args) => addUserSteps(args as AddUserWish),
  steps: {
    create: createStep,
    'usage-location': usageLocationStep,
    licences: licencesStep,
    roles: rolesStep,
    support: supportStep,
    'read-back': readBackStep,
  },
  object: (args) => (args as AddUserWish).signInName,
};
