import { z } from 'zod';
import { companyEditCard, companyPartsCard } from '../cards/company-edit.ts';
import { requireCapability } from '../partner/authorise.ts';
import { type CompanyRecord, isSame, notificationLists } from '../partner/company.ts';
import {
  type CompanyPart,
  companyParts,
  type EditableField,
  type EditCompanyWish,
  neededFields,
  partFields,
} from '../partner/edit-company.ts';
import { manualLink } from '../partner/links.ts';
import { cleanText } from '../partner/names.ts';
import type { JsonObject } from '../partner/operations.ts';
import { createFlow } from './flow-dialog.ts';
import { createForm } from './form-dialog.ts';
import type { Job, Stage } from './job.ts';
import { failedWish } from './operation-buttons.ts';
import type { Turn } from './turn.ts';
import { confirmWish, wishAnswer } from './wish.ts';

type Values = EditCompanyWish['wanted'];

interface EditData {
  part: CompanyPart;
  seen: Values;
  wanted: Values;
  requestIds: { [part: string]: string };
  undoIds: { [part: string]: string };
  reason: string;
}

const allFields = companyParts.flatMap((part) => partFields[part]);
const fieldText = z.string().max(500, 'form.too-long').transform(cleanText).optional();
const inputs = z.object(
  Object.fromEntries(allFields.map((field) => [field, fieldText])) as Record<EditableField, typeof fieldText>,
);

interface FormOptions {
  part: CompanyPart;
  seen: Values;
  values: Values;
}

const form = createForm({
  id: 'company-edit',
  inputs,
  labels: Object.fromEntries(allFields.map((field) => [field, `company.${field}` as const])),
  shown: ({ part }: FormOptions) => partFields[part],
  async card(turn, { part, seen, values }, { nonce, typed, problem }) {
    const shown = Object.fromEntries(
      partFields[part].map((field) => [field, typed[field] ?? asText(values[field])]),
    );
    const filled = partFields[part].filter((field) => !isSame(seen[field], ''));
    return companyEditCard(turn.words, {
      account: turn.account,
      nonce,
      problem,
      part,
      values: shown,
      filled,
    });
  },
  async check({ words }, { part, seen }, typed) {
    const changed = changesOf(part, seen, typed);
    const fields = Object.keys(changed) as EditableField[];
    if (fields.length === 0) return words('company-edit.unchanged');
    const emptied = fields.find((field) => neededFields.includes(field) && isSame(changed[field], ''));
    if (emptied !== undefined) return words('form.missing', { name: words(`company.${emptied}`) });
    const odd = fields.find((field) => !isPlausible(field, changed[field]));
    return odd && words('form.invalid', { name: words(`company.${odd}`) });
  },
});

const isList = (field: EditableField) => notificationLists.some((list) => list === field);
const asText = (value: string | string[] | undefined) =>
  Array.isArray(value) ? value.join(', ') : (value ?? '');

/** What was typed, where it differs from what was seen. A field that the card did not have stays as it is. */
function changesOf(
  part: CompanyPart,
  seen: Values,
  typed: Partial<Record<EditableField, string | undefined>>,
) {
  const changed: Values = {};
  for (const field of partFields[part]) {
    const text = typed[field];
    if (text === undefined) continue;
    const value = isList(field) ? [...new Set(text.split(/[,;]/).map(cleanText).filter(Boolean))] : text;
    if (!isSame(value, seen[field])) changed[field] = value;
  }
  return changed;
}

/** Only what is certainly no mail, phone or address of a page; Microsoft has rules of its own for the rest. */
function isPlausible(field: EditableField, value: string | string[] | undefined): boolean {
  const texts = Array.isArray(value) ? value : [value ?? ''];
  return texts.filter(Boolean).every((text) => {
    if (/mails?$/i.test(field) || field === 'privacyContact') return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);
    if (/phones?$/i.test(field)) return /^\+?[\d\s().-]{5,30}$/.test(text) && /\d/.test(text);
    if (field === 'privacyStatement') return URL.canParse(text) && /^https?:/.test(text);
    return true;
  });
}

/** What stands in this part now, for all fields that can be written. */
function seenIn(part: CompanyPart, record: CompanyRecord): Values {
  const values = partFields[part]
    .filter((field) => record[field].writable)
    .map((field) => [field, record[field].value ?? (isList(field) ? [] : '')]);
  return Object.fromEntries(values) as Values;
}

type Brought = Pick<EditData, 'part' | 'seen' | 'wanted'>;

const editCompany = createFlow<EditData>({
  id: 'edit-company',
  async start(turn, options) {
    requireCapability('edit-company', await turn.situation());
    const { part, seen, wanted } = options as Brought;
    // The same on every retry of this change, and others for the way back: Microsoft does each once.
    const ids = () => ({ [part]: turn.newId() });
    return { part, seen, wanted, requestIds: ids(), undoIds: ids(), reason: '' };
  },
  steps: [
    {
      form: form.id,
      options: async (_turn, { part, seen, wanted }) => ({ part, seen, values: { ...seen, ...wanted } }),
      take: async (_turn, data, values) => ({
        ...data,
        wanted: changesOf(data.part, data.seen, inputs.parse(values)),
      }),
    },
    {
      form: 'wish-review',
      options: async (turn, data) => ({ kind: 'edit-company', args: argsOf(turn, data), canGoBack: true }),
      take: async (_turn, data, values) => ({ ...data, reason: wishAnswer.parse(values).reason }),
    },
  ],
  finish: (turn, data, cardKey, consent) =>
    confirmWish(
      turn,
      { kind: 'edit-company', args: argsOf(turn, data) },
      { reason: data.reason, cardKey, consent },
    ),
  outdated: (turn) => showParts(turn),
});

function argsOf(turn: Turn, { seen, wanted, requestIds, undoIds }: EditData): JsonObject {
  const fields = Object.keys(wanted) as EditableField[];
  const before = Object.fromEntries(fields.map((field) => [field, seen[field] ?? '']));
  const { companyName } = turn.requireAccount();
  return { companyName, wanted, seen: before, requestIds, undoIds };
}

/** The small first card: which part. */
async function showParts(turn: Turn): Promise<void> {
  const account = turn.requireAccount();
  const situation = await turn.situation();
  requireCapability('edit-company', situation);
  const record = await turn.companyDesk().read();
  const url = manualLink('partner-center-company', situation.cloud);
  const parts = companyParts.map((part) => {
    const fields = partFields[part].map((field) => record[field]);
    const writable = fields.some((field) => field.writable);
    return { part, writable, gap: fields.find(({ gap }) => gap !== undefined)?.gap };
  });
  const links = parts.every(({ writable }) => writable)
    ? []
    : [{ title: turn.words('button.open-portal'), url }];
  turn.show(companyPartsCard(turn.words, { account, parts, links }));
}

/** Opens the form of one part, unless nothing of it can be written from here: then the first card says why. */
async function beginPart(turn: Turn, stage: Stage, part: CompanyPart, wanted: Values): Promise<void> {
  requireCapability('edit-company', await turn.situation());
  const seen = seenIn(part, await turn.companyDesk().read());
  if (Object.keys(seen).length === 0) return showParts(turn);
  const brought: Brought = { part, seen, wanted };
  await stage.begin(editCompany.id, brought);
}

export const companyEditJob: Job = {
  dialogs: [editCompany, form],
  commands: { 'edit-company': showParts },
  presses: {
    async 'edit-company'(turn, stage, pressed) {
      const part = companyParts.find((each) => each === pressed.text('part'));
      return part === undefined ? showParts(turn) : beginPart(turn, stage, part, {});
    },
    /** Begins again with what Microsoft has now, and what was wanted filled in. */
    async 'edit-company-again'(turn, stage, { inputs: { operation } }) {
      const args = await failedWish(turn, operation, 'edit-company');
      if (args === undefined) return;
      const { wanted } = args as EditCompanyWish;
      const part = companyParts.find((each) => partFields[each].some((field) => field in wanted));
      if (part !== undefined) await beginPart(turn, stage, part, wanted);
    },
  },
};
