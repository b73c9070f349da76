import { requireCapability } from './authorise.ts';
import type { Situation } from './capabilities.ts';
import type { NewUser, SupportGroup, User } from './directory.ts';
import { PartnerError } from './errors.ts';
import {
  type OperationKind,
  requireText,
  resultOf,
  type StepDefinition,
  type Work,
} from './operation-kinds.ts';
import { type JsonObject, newStep, type Operation, type Step } from './operations.ts';
import { newPassword, passwordLifetimeMs } from './passwords.ts';
import { roleById } from './roles.ts';

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

/** Throws PartnerError when the actor may not do one part of the wish. */
export function authoriseAddUser(wish: AddUserWish, situation: Situation): void {
  requireCapability('add-user', situation);
  if (wish.licences.length > 0) requireCapability('assign-licences', situation);
  for (const role of wish.roles) {
    requireCapability(
      roleById(role)?.privileged === false ? 'grant-role' : 'grant-privileged-role',
      situation,
    );
  }
  if (wish.support === 'limited') requireCapability('support-limited', situation);
  if (wish.support === 'full') requireCapability('support-full', situation);
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

function createStep(randomBelow: (bound: number) => number, now: () => number): StepDefinition {
  return {
    id: 'create',
    async before({ directory, operation }) {
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
    async run({ directory, operation, secret }) {
      const user = await directory.createUser(newUserOf(wishOf(operation), await secret()));
      return { userId: user.id };
    },
    async find({ directory, operation, step }) {
      const wish = wishOf(operation);
      const user = await directory.userBySignInName(wish.signInName);
      if (user === undefined) return { happened: false };
      const notBefore = Number(step.before?.['at'] ?? Number.POSITIVE_INFINITY);
      return isOurs(user, wish, step, notBefore)
        ? { happened: true, result: { userId: user.id } }
        : { happened: 'cannot-tell' };
    },
  };
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
      throw new PartnerError('microsoft-unavailable', { details: { missing: missing.join(', ') } });
    }
    return { signInName: user.signInName };
  },
  async find() {
    return { happened: false };
  },
};

/**
 * Adding a user: create → usage location → licences → roles → support access → read back.
 * `randomBelow` is a cryptographic source, `now` the domain clock.
 */
export function createAddUser(deps: { randomBelow(bound: number): number; now(): number }): OperationKind {
  return {
    kind: 'add-user',
    schema: 1,
    authorise: (operation, situation) => authoriseAddUser(wishOf(operation), situation),
    steps: {
      create: createStep(deps.randomBelow, deps.now),
      'usage-location': usageLocationStep,
      licences: licencesStep,
      roles: rolesStep,
      support: supportStep,
      'read-back': readBackStep,
    },
    object: (operation) => wishOf(operation).signInName,
  };
}
