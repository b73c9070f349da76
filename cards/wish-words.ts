import { roleWords } from '../locales/role-words.ts';
import type { Language, MessageKey, Words } from '../locales/words.ts';
import { editCompanyKind } from '../partner/edit-company.ts';
import type { Json, JsonObject } from '../partner/operations.ts';
import { roleById } from '../partner/roles.ts';
import { products } from '../partner/skus.ts';
import { askGlobalRoleWords } from './delegation-terms.ts';
import { delegateWords, endDelegationWords, extendDelegationWords } from './delegation-words.ts';
import { fromGroup } from './inherited-licence.ts';
import { mailWords, orderWords } from './order-words.ts';
import { supportWords } from './support.ts';
import { roleName } from './users.ts';

/** What a recorded wish says to people: the same on the review, for the approver and in the history. */
export interface WishWords {
  facts: readonly { name: string; value: string }[];
  notes: readonly string[];
  /** The name that must be typed again, where that is asked for. */
  typed: string | undefined;
}

type Describe = (words: Words, language: Language, args: JsonObject) => WishWords;

const text = (value: unknown) => (typeof value === 'string' ? value : '');
const texts = (value: unknown) =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
const listed = (values: readonly string[], none: string) => (values.length === 0 ? none : values.join(', '));

const describe: Readonly<Record<string, Describe>> = {
  'add-user': addUser,
  'edit-user': (words, language, args) => ({
    facts: [
      person(words, args),
      ...changes(
        words,
        args,
        (field) => words(`user.field.${field}` as MessageKey),
        (field, value) => (field === 'usageLocation' ? countryName(language, value) : value),
      ),
    ],
    notes: [words('wish.undo')],
    typed: undefined,
  }),
  'change-licences': (words, language, args) => ({
    facts: [
      person(words, args),
      ...texts(args['add']).map((sku) => ({ name: words('licences.add'), value: skuName(sku) })),
      ...texts(args['remove']).map((sku) => ({ name: words('licences.remove'), value: skuName(sku) })),
      ...(typeof args['usageLocation'] === 'string'
        ? [{ name: words('user.location'), value: countryName(language, args['usageLocation']) }]
        : []),
    ],
    notes: [words('wish.undo')],
    typed: undefined,
  }),
  'new-password': (words, _language, args) => plainWish(words, args, [words('wish.new-password')]),
  'block-user': (words, _language, args) => plainWish(words, args, [words('wish.block'), words('wish.undo')]),
  'unblock-user': (words, _language, args) => plainWish(words, args, [words('wish.undo')]),
  'delete-user': deleteUser,
  'restore-user': (words, _language, args) =>
    plainWish(words, args, [words('wish.restore'), words('wish.restore-hold')]),
  'grant-role': (words, language, args) => roleWish(words, language, args, true),
  'remove-role': (words, language, args) => roleWish(words, language, args, false),
  'change-support': (words, language, args) => ({
    facts: [
      person(words, args),
      {
        name: words('user.support'),
        value: words('wish.before-after', {
          before: words(`support.${text(args['from'])}` as MessageKey),
          after: words(`support.${text(args['to'])}` as MessageKey),
        }),
      },
    ],
    notes: supportNotes(words, language, args),
    typed: args['to'] === 'full' ? text(args['displayName']) : undefined,
  }),
  'edit-company': (words, _language, args) => ({
    facts: changes(words, args, (field) => words(`company.${field}` as MessageKey)),
    notes: editCompanyKind.undo?.(args) === undefined ? [] : [words('wish.undo')],
    typed: undefined,
  }),
  'confirm-order': (words, language, args) => ({ ...orderWords(words, language, args), typed: undefined }),
  'ask-global-role': (words, language, args) => ({
    ...askGlobalRoleWords(words, language, args),
    typed: undefined,
  }),
  'send-mail': (words, _language, args) => ({ ...mailWords(words, args), typed: undefined }),
  delegate: (words, language, args) => ({ ...delegateWords(words, language, args), typed: undefined }),
  'extend-delegation': (words, _language, args) => ({
    ...extendDelegationWords(words, args),
    typed: undefined,
  }),
  'end-delegation': (words, language, args) => ({
    ...endDelegationWords(words, language, args),
    typed: undefined,
  }),
};

function supportNotes(words: Words, language: Language, { to, clients }: JsonObject): string[] {
  const isLevel = to === 'full' || to === 'limited' || to === 'none';
  // Access that comes with a new user says nothing of clients.
  if (!isLevel || clients === undefined) return to === 'full' ? [words('add-user.review.full')] : [];
  return [supportWords(words, language, to, typeof clients === 'number' ? clients : null)];
}

/** Words for the arguments of this kind of operation; one that this version does not know has none. */
export function wishWords(words: Words, language: Language, kind: string, args: JsonObject): WishWords {
  return describe[kind]?.(words, language, args) ?? { facts: [], notes: [], typed: undefined };
}

/** The job in a sentence ("thêm người dùng"), or at the head of a card. */
export function jobName(words: Words, kind: string, place: 'sentence' | 'head'): string {
  const name = words(`job.${kind}` as MessageKey);
  return place === 'head' ? name.charAt(0).toUpperCase() + name.slice(1) : name;
}

function addUser(words: Words, language: Language, args: JsonObject): WishWords {
  const roles = texts(args['roles']);
  const support = text(args['support']);
  const location = text(args['usageLocation']);
  return {
    facts: [
      { name: words('add-user.details.display'), value: text(args['displayName']) },
      { name: words('user.sign-in-name'), value: text(args['signInName']) },
      { name: words('user.status'), value: words('add-user.review.change') },
      {
        name: words('user.location'),
        value: countryName(language, location),
      },
      {
        name: words('user.licences'),
        value: listed(texts(args['licences']).map(skuName), words('user.no-licences')),
      },
      {
        name: words('user.roles'),
        value: listed(
          roles.map((id) => roleName(language, id)),
          words('user.no-roles'),
        ),
      },
      { name: words('user.support'), value: words(`support.${support}` as MessageKey) },
    ],
    notes: [
      ...(support === 'full' ? [words('add-user.review.full')] : []),
      ...roles.flatMap((id) => roleSentence(language, id)),
      words('add-user.review.password'),
    ],
    typed: support === 'full' ? text(args['displayName']) : undefined,
  };
}

function inheritedNames(words: Words, inherited: Json | undefined): string[] {
  const all = Array.isArray(inherited) ? inherited : [];
  return all.flatMap((each) => {
    if (typeof each !== 'object' || each === null || Array.isArray(each)) return [];
    return [fromGroup(words, skuName(text(each['skuId'])), text(each['groups']))];
  });
}

/** What the deletion sets free is said before it is confirmed; where nothing was looked up, nothing is said. */
function deleteUser(words: Words, language: Language, args: JsonObject): WishWords {
  const { licences, groupLicences, roles, support, work } = args;
  const facts = [
    { name: words('delete-user.licences'), values: texts(licences).map(skuName) },
    { name: words('delete-user.group-licences'), values: inheritedNames(words, groupLicences) },
    { name: words('delete-user.roles'), values: texts(roles).map((id) => roleName(language, id)) },
    {
      name: words('delete-user.support'),
      values: texts(support).map((group) => words(`support.${group}` as MessageKey)),
    },
    {
      name: words('delete-user.work'),
      values: typeof work === 'number' ? [words('delete-user.work-count', { count: work })] : [],
    },
  ];
  return {
    facts: [
      person(words, args),
      ...facts.flatMap(({ name, values }) =>
        values.length === 0 ? [] : [{ name, value: values.join(', ') }],
      ),
    ],
    notes: [words('wish.delete')],
    typed: text(args['displayName']),
  };
}

function roleWish(words: Words, language: Language, args: JsonObject, isGiven: boolean): WishWords {
  const role = text(args['role']);
  const held = words('user.role-held');
  const value = isGiven
    ? words('wish.before-after', { before: words('user.no-role-before'), after: held })
    : words('wish.before-after', { before: held, after: words('user.no-role-after') });
  return {
    facts: [person(words, args), { name: words('user.role', { role: roleName(language, role) }), value }],
    notes: [...roleSentence(language, role), ...(isGiven ? [words('wish.undo')] : [])],
    typed: undefined,
  };
}

function plainWish(words: Words, args: JsonObject, notes: readonly string[]): WishWords {
  return { facts: [person(words, args)], notes, typed: undefined };
}

function person(words: Words, args: JsonObject) {
  const both = [text(args['displayName']), text(args['signInName'])].filter(Boolean).join(' · ');
  return { name: words('wish.person'), value: both };
}

/** Before → after of each field that changes. */
function changes(
  words: Words,
  args: JsonObject,
  nameOf: (field: string) => string,
  shownAs: (field: string, value: string) => string = (_field, value) => value,
) {
  const wanted = (args['wanted'] ?? {}) as JsonObject;
  const seen = (args['seen'] ?? {}) as JsonObject;
  const shown = (field: string, value: unknown) =>
    (Array.isArray(value) ? texts(value).join(', ') : shownAs(field, text(value))) || words('wish.nothing');
  return Object.keys(wanted).map((field) => ({
    name: nameOf(field),
    value: words('wish.before-after', {
      before: shown(field, seen[field]),
      after: shown(field, wanted[field]),
    }),
  }));
}

function countryName(language: Language, code: string): string {
  const countries = new Intl.DisplayNames([language], { type: 'region' });
  return /^[A-Z]{2}$/.test(code) ? (countries.of(code) ?? code) : code;
}

function skuName(skuId: string): string {
  return products.get(skuId.toLowerCase())?.name ?? skuId;
}

function roleSentence(language: Language, templateId: string): string[] {
  const role = roleById(templateId);
  return role === undefined
    ? []
    : [`${roleName(language, templateId)}: ${roleWords(language, role.key).what}`];
}
