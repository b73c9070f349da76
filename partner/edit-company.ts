import {
  type CompanyDesk,
  type CompanyDetails,
  type DetailsChange,
  isWritten,
  notificationLists,
  organizationFields,
  privacyFields,
  supportFields,
} from './company.ts';
import { PartnerError } from './errors.ts';
import { visibleStep } from './one-step.ts';
import { type OperationKind, requireText, type StepDefinition, type Work } from './operation-kinds.ts';
import { type JsonObject, newStep } from './operations.ts';

/** What is changed together: each part lives in one place at Microsoft and is written by one call. */
export const companyParts = ['organization', 'support-profile', 'notifications'] as const;
export type CompanyPart = (typeof companyParts)[number];

const fieldsOfPart = {
  organization: organizationFields,
  'support-profile': supportFields,
  notifications: [...notificationLists, ...privacyFields],
} as const;

/** Details that can be written. */
export type EditableField = (typeof fieldsOfPart)[CompanyPart][number];

export const partFields: Readonly<Record<CompanyPart, readonly EditableField[]>> = fieldsOfPart;

/** Without these a company cannot be reached or named: they are changed, never emptied. */
export const neededFields: readonly EditableField[] = [
  'name',
  'addressLine1',
  'city',
  'mail',
  'supportMail',
] as const;

type Values = { [Field in EditableField]?: string | string[] };

/**
 * What is to be there and what the person saw; only fields that change. `requestIds`: a GUID for each profile at
 * Partner Center, made before the first call; `undoIds`: those of the way back, absent where there is none.
 */
export interface EditCompanyWish extends JsonObject {
  companyName: string;
  wanted: Values;
  seen: Values;
  requestIds: { [part: string]: string };
}

const wishOf = (args: JsonObject) => args as EditCompanyWish;
const fieldsIn = (values: Values) => Object.keys(values) as EditableField[];
const hasPart = (part: CompanyPart, { wanted }: EditCompanyWish) =>
  fieldsIn(wanted).some((field) => partFields[part].includes(field));

/** The part of a change that is written to one place. */
function changeIn(part: CompanyPart, { wanted, seen }: EditCompanyWish): DetailsChange<CompanyDetails> {
  const only = (values: Values) =>
    Object.fromEntries(
      fieldsIn(values)
        .filter((field) => partFields[part].includes(field))
        .map((field) => [field, values[field]]),
    ) as Partial<CompanyDetails>;
  return { wanted: only(wanted), seen: only(seen) };
}

/** One place of Microsoft's; a field that it refuses is named in the failure (`details.companyField`). */
function partStep(
  part: CompanyPart,
  write: (desk: CompanyDesk, change: DetailsChange<CompanyDetails> & { requestId: string }) => Promise<void>,
): StepDefinition {
  const change = (work: Work) => changeIn(part, wishOf(work.operation.args));
  return visibleStep({
    id: part,
    isDone: async (work) => isWritten(await work.company.read(), change(work).wanted),
    async write(work) {
      const requestId = wishOf(work.operation.args).requestIds[part] ?? '';
      try {
        await write(work.company, { ...change(work), requestId });
      } catch (error) {
        throw error instanceof PartnerError ? namingField(part, error) : error;
      }
    },
  });
}

/** Microsoft's names of what a profile holds, as far as ours differ. */
const ownNames: Readonly<Record<string, Readonly<Record<string, EditableField>>>> = {
  organization: { companyName: 'name', email: 'mail', phoneNumber: 'phone' },
  'support-profile': { email: 'supportMail', telephone: 'supportPhone' },
};

function namingField(part: CompanyPart, error: PartnerError): PartnerError {
  const property = String(error.details['property'] ?? '');
  const field =
    ownNames[part]?.[property] ??
    partFields[part].find((each) => each.toLowerCase() === property.toLowerCase());
  if (field === undefined) return error;
  const { code, details, requestId, retryAfterSeconds } = error;
  return new PartnerError(code, {
    details: { ...details, companyField: field },
    requestId,
    retryAfterSeconds,
    cause: error,
  });
}

/**
 * Changes what a company's details say, where Microsoft lets it. Each write looks first: what somebody else changed
 * meanwhile stays, and the step fails with `changed-meanwhile`.
 */
export const editCompanyKind: OperationKind = {
  kind: 'edit-company',
  schema: 1,
  needs: () => ['edit-company'],
  plan(args) {
    const order = ['notifications', 'organization', 'support-profile'] as const;
    return order.filter((part) => hasPart(part, wishOf(args))).map(newStep);
  },
  steps: {
    notifications: partStep('notifications', (desk, change) => desk.writeNotifications(change)),
    organization: partStep('organization', (desk, change) => desk.writeOrganizationProfile(change)),
    'support-profile': partStep('support-profile', (desk, change) => desk.writeSupportProfile(change)),
  },
  object: (args) => requireText(args['companyName'], 'companyName'),
  undo(args) {
    const { companyName, wanted, seen, undoIds } = wishOf(args);
    const empties = neededFields.some((field) => seen[field] === '');
    if (undoIds === undefined || empties) return undefined;
    return {
      kind: 'edit-company',
      args: { companyName, wanted: seen, seen: wanted, requestIds: undoIds },
    };
  },
};
