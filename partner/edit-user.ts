import type { UserChange } from './directory.ts';
import { PartnerError } from './errors.ts';
import { visibleStep } from './one-step.ts';
import type { OperationKind, Work } from './operation-kinds.ts';
import { type JsonObject, newStep } from './operations.ts';
import { type TargetUser, targetId, targetName } from './targets.ts';

export const editableFields = [
  'displayName',
  'surname',
  'givenName',
  'jobTitle',
  'department',
  'mobilePhone',
  'usageLocation',
] as const satisfies readonly (keyof UserChange)[];

/** What is to be there and what the person saw; only fields that change. */
export interface EditUserWish extends TargetUser {
  wanted: { [field: string]: string };
  seen: { [field: string]: string };
}

const wishOf = (args: JsonObject) => args as EditUserWish;

async function valuesNow(work: Work): Promise<Record<string, string>> {
  const user = await work.directory.details(targetId(work));
  if (user === undefined) throw new PartnerError('not-found');
  return Object.fromEntries(editableFields.map((field) => [field, user[field] ?? '']));
}

async function holds(work: Work, wanted: Readonly<Record<string, string>>): Promise<boolean> {
  const now = await valuesNow(work);
  return Object.entries(wanted).every(([field, value]) => now[field] === value);
}

/** Changes a user's details; what somebody else changed meanwhile is not overwritten. */
export const editUserKind: OperationKind = {
  kind: 'edit-user',
  schema: 1,
  needs: () => ['edit-user'],
  plan: () => [newStep('edit'), newStep('read-back')],
  steps: {
    edit: visibleStep({
      id: 'edit',
      isDone: (work) => holds(work, wishOf(work.operation.args).wanted),
      write: (work) => work.directory.updateUser(targetId(work), wishOf(work.operation.args).wanted),
    }),
    'read-back': {
      id: 'read-back',
      async run(work) {
        if (await holds(work, wishOf(work.operation.args).wanted)) return {};
        throw new PartnerError('microsoft-unavailable');
      },
      find: async () => ({ happened: false }),
    },
  },
  object: targetName,
  async guard(work) {
    const { seen, wanted } = wishOf(work.operation.args);
    if ((await holds(work, seen)) || (await holds(work, wanted))) return;
    throw new PartnerError('changed-meanwhile');
  },
  undo(args) {
    const { wanted, seen, ...target } = wishOf(args);
    return { kind: 'edit-user', args: { ...target, wanted: seen, seen: wanted } };
  },
};
