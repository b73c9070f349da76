import type { UserChange } from './directory.ts';
import { PartnerError } from './errors.ts';
import { visibleStep } from './one-step.ts';
import type { Aim, OperationKind } from './operation-kinds.ts';
import { type JsonObject, newStep } from './operations.ts';
import { refuseOutranked, type TargetUser, targetId, targetName } from './targets.ts';

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

async function valuesNow(aim: Aim): Promise<Record<string, string>> {
  const user = await aim.directory.details(targetId(aim));
  if (user === undefined) throw new PartnerError('user-gone');
  return Object.fromEntries(editableFields.map((field) => [field, user[field] ?? '']));
}

async function holds(aim: Aim, wanted: Readonly<Record<string, string>>): Promise<boolean> {
  const now = await valuesNow(aim);
  return Object.entries(wanted).every(([field, value]) => now[field] === value);
}

/** Changes a user's details; what somebody else changed meanwhile is not overwritten. */
export const editUserKind: OperationKind = {
  kind: 'edit-user',
  schema: 1,
  needs: () => ['edit-user'],
  plan: () => [newStep('edit')],
  steps: {
    edit: visibleStep({
      id: 'edit',
      isDone: (work) => holds(work, wishOf(work.operation.args).wanted),
      write: (work) => work.directory.updateUser(targetId(work), wishOf(work.operation.args).wanted),
    }),
  },
  object: targetName,
  async guard(aim) {
    const { seen, wanted } = wishOf(aim.operation.args);
    // Of these fields the phone alone counts as sensitive: codes are sent to it.
    if (wanted['mobilePhone'] !== undefined && targetId(aim) !== aim.operation.actor.objectId)
      await refuseOutranked(aim, 'sensitive');
    if ((await holds(aim, seen)) || (await holds(aim, wanted))) return;
    throw new PartnerError('changed-meanwhile');
  },
  undo(args) {
    const { wanted, seen, ...target } = wishOf(args);
    // Microsoft lets nobody empty the usage location again, so a first one stays.
    const fields = Object.keys(wanted).filter((field) => field !== 'usageLocation' || seen[field] !== '');
    if (fields.length === 0) return undefined;
    const only = (values: Readonly<Record<string, string>>) =>
      Object.fromEntries(fields.map((field) => [field, values[field] ?? '']));
    return { kind: 'edit-user', args: { ...target, wanted: only(seen), seen: only(wanted) } };
  },
};
