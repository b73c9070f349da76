import { z } from 'zod';
import { editUserCard } from '../cards/edit-user.ts';
import { requireCapability } from '../partner/authorise.ts';
import { type EditUserWish, editableFields } from '../partner/edit-user.ts';
import { cleanText } from '../partner/names.ts';
import { mayActSensitively } from '../partner/reset-rights.ts';
import type { TargetUser } from '../partner/targets.ts';
import { createFlow } from './flow-dialog.ts';
import { createForm } from './form-dialog.ts';
import type { Job, Pressed, Stage } from './job.ts';
import { showOverview } from './overview.ts';
import { pressedUser, targetOf } from './person.ts';
import type { Turn } from './turn.ts';
import { confirmWish, wishAnswer } from './wish.ts';

type Field = (typeof editableFields)[number];
type Values = Record<Field, string>;

interface EditUserData {
  target: TargetUser;
  seen: Values;
  mayPhone: boolean;
  /** What the form holds; a field that it did not show stays as it was. */
  values: Partial<Values>;
  reason: string;
}

const text = (max: number) =>
  z.string('form.invalid').max(max, 'form.too-long').transform(cleanText).optional();

/** Microsoft's bounds. https://learn.microsoft.com/graph/api/user-update */
const detailsInputs = z.object({
  displayName: z
    .string('form.missing')
    .max(256, 'form.too-long')
    .transform(cleanText)
    .pipe(z.string().min(1, 'form.missing')),
  surname: text(64),
  givenName: text(64),
  jobTitle: text(128),
  department: text(64),
  mobilePhone: text(64),
  usageLocation: z
    .string('form.choose')
    .regex(/^([A-Z]{2})?$/, 'form.choose')
    .optional(),
});

type Options = Pick<EditUserData, 'target' | 'seen' | 'mayPhone' | 'values'>;

const editUserDetails = createForm({
  id: 'edit-user-details',
  inputs: detailsInputs,
  labels: {
    displayName: 'user.field.displayName',
    surname: 'user.field.surname',
    givenName: 'user.field.givenName',
    jobTitle: 'user.field.jobTitle',
    department: 'user.field.department',
    mobilePhone: 'user.field.mobilePhone',
    usageLocation: 'user.field.usageLocation',
  },
  shown: ({ mayPhone }: Options) => editableFields.filter((field) => mayPhone || field !== 'mobilePhone'),
  async card(turn, { target, seen, mayPhone, values }, { nonce, typed, problem }) {
    return editUserCard(turn.words, turn.chat.language, {
      ...{ account: turn.account, nonce, problem, target, mayPhone },
      values: { ...seen, ...values, ...typed },
    });
  },
  async check(turn, { seen, mayPhone }, values) {
    const fields = changedFields(seen, values);
    if (fields.length === 0) return turn.words('edit-user.problem-nothing');
    if (fields.includes('mobilePhone') && !mayPhone) return turn.words('edit-user.no-phone');
    // Microsoft lets nobody empty it.
    if (fields.includes('usageLocation') && values.usageLocation === '')
      return turn.words('form.choose', { name: turn.words('user.field.usageLocation') });
    return undefined;
  },
});

type Typed = { [K in Field]?: string | undefined };

function changedFields(seen: Values, values: Typed): Field[] {
  return editableFields.filter((field) => {
    const value = values[field];
    return value !== undefined && value !== cleanText(seen[field]);
  });
}

function wishOf({ target, seen, values }: EditUserData): EditUserWish {
  const fields = changedFields(seen, values);
  const only = (from: Typed) => Object.fromEntries(fields.map((field) => [field, from[field] ?? '']));
  return { ...target, wanted: only(values), seen: only(seen) };
}

const editUser = createFlow<EditUserData>({
  id: 'edit-user',
  async start(turn, brought) {
    requireCapability('edit-user', await turn.situation());
    return { ...(brought as Omit<EditUserData, 'values' | 'reason'>), values: {}, reason: '' };
  },
  steps: [
    {
      form: 'edit-user-details',
      options: async (_turn, { target, seen, mayPhone, values }): Promise<Options> => ({
        ...{ target, seen, mayPhone, values },
      }),
      async take(_turn, data, values) {
        const typed = detailsInputs.parse(values);
        const given = Object.entries(typed).filter(([, value]) => value !== undefined);
        return { ...data, values: Object.fromEntries(given) };
      },
    },
    {
      form: 'wish-review',
      options: async (turn, data) => ({
        kind: 'edit-user',
        args: wishOf(data),
        intro: turn.words('edit-user.review'),
        canGoBack: true,
      }),
      take: async (_turn, data, values) => ({ ...data, reason: wishAnswer.parse(values).reason }),
    },
  ],
  finish: (turn, data, cardKey, consent) =>
    confirmWish(turn, { kind: 'edit-user', args: wishOf(data) }, { reason: data.reason, cardKey, consent }),
  outdated: showOverview,
});

/** Opens the form with the person's details as Microsoft has them now. */
async function begin(turn: Turn, stage: Stage, pressed: Pressed): Promise<void> {
  const situation = await turn.situation();
  requireCapability('edit-user', situation);
  const directory = turn.directory();
  const found = await pressedUser(turn, pressed);
  const user = found && (await directory.details(found.id));
  if (user === undefined) return;
  const isSelf = user.id === turn.requireAccount().objectId;
  const mayPhone = isSelf || mayActSensitively(situation.roles, await directory.rightsOf(user.id));
  const seen = Object.fromEntries(editableFields.map((field) => [field, user[field] ?? '']));
  await stage.begin(editUser.id, { target: targetOf(user), seen, mayPhone });
}

export const editUserJob: Job = {
  dialogs: [editUser, editUserDetails],
  presses: { 'edit-user': (turn, stage, pressed) => begin(turn, stage, pressed) },
};
