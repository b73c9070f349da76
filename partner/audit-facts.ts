import { kindNamed, operationKinds } from './kinds.ts';
import type { Json, JsonObject } from './operations.ts';

/** What the history takes of the arguments of a kind of operation. */
interface Facts {
  /** Stays for ever: ids, choices and counts, and names of companies. Nothing of it is a person's name or address. */
  lasting: readonly string[];
  /** Names, addresses and what was written about somebody: kept apart, so that it can be erased. */
  personal: readonly string[];
  /** The object is a company, a role or an offer, and no person. */
  isAboutCompany?: true;
  /** Directory id of the client whom it is about. */
  client?: (args: JsonObject) => Json | undefined;
}

const person = ['signInName', 'displayName'];
const delegation = ['delegationId', 'clientName', 'terms', 'endsAt'];

/** One entry for each kind of operation; what is not named here stays out of the history. */
const factsOf: Readonly<Record<string, Facts>> = {
  'add-user': {
    lasting: ['usageLocation', 'licences', 'roles', 'support'],
    personal: ['displayName', 'givenName', 'surname', 'signInName'],
  },
  'edit-user': { lasting: ['userId'], personal: [...person, 'wanted', 'seen'] },
  'change-licences': { lasting: ['userId', 'add', 'remove', 'usageLocation'], personal: person },
  'new-password': { lasting: ['userId'], personal: person },
  'block-user': { lasting: ['userId'], personal: person },
  'unblock-user': { lasting: ['userId'], personal: person },
  'delete-user': { lasting: ['userId', 'licences', 'roles', 'support', 'work'], personal: person },
  'restore-user': { lasting: ['userId'], personal: person },
  'grant-role': { lasting: ['userId', 'role'], personal: person },
  'remove-role': { lasting: ['userId', 'role'], personal: person },
  'change-support': { lasting: ['userId', 'from', 'to', 'clients'], personal: person },
  'edit-company': { lasting: ['companyName'], personal: ['wanted', 'seen'], isAboutCompany: true },
  'confirm-order': {
    lasting: ['offerId', 'acceptanceId', 'version', 'clientName', 'lines'],
    personal: ['attestation'],
    isAboutCompany: true,
    client: ({ clientTenantId }) => clientTenantId,
  },
  'send-mail': { lasting: ['about'], personal: ['to'] },
  'ask-global-role': {
    lasting: ['offerId', 'clientName', 'terms'],
    personal: [],
    isAboutCompany: true,
  },
  delegate: {
    lasting: ['delegationId', 'offerId', 'client', 'level', 'roles', 'days', 'autoExtend'],
    personal: [],
    isAboutCompany: true,
    client: ({ client }) => (client as JsonObject | undefined)?.['tenantId'],
  },
  'extend-delegation': { lasting: delegation, personal: [], isAboutCompany: true },
  'end-delegation': { lasting: delegation, personal: [], isAboutCompany: true },
};

/** What an operation is about, as the history keeps it: what lasts, and what of a person can be erased. */
export interface Subject {
  /** Directory id of the client; '' where it is about the own company. */
  client: string;
  /** Name of a company, or the like; '' where it is about a person. */
  object: string;
  /** The person whom it is about; '' where it is about none. */
  person: string;
  isAboutPerson: boolean;
  lasting: JsonObject;
  personal: JsonObject;
}

/** A record that lacks its name, or is of a kind that this version does not know, is in the history all the same. */
export function subjectOf(kind: string, args: JsonObject): Subject {
  const facts = factsOf[kind] ?? { lasting: [], personal: [] };
  const name = objectOf(kind, args);
  const client = facts.client?.(args);
  return {
    client: typeof client === 'string' ? client : '',
    ...(facts.isAboutCompany ? { object: name, person: '' } : { object: '', person: name }),
    isAboutPerson: facts.isAboutCompany !== true,
    lasting: only(args, facts.lasting),
    personal: only(args, facts.personal),
  };
}

/** Kinds of which nothing is said here; none, or their arguments are missing in the history. */
export const kindsWithoutFacts = (): string[] =>
  [...operationKinds.keys()].filter((kind) => factsOf[kind] === undefined);

function objectOf(kind: string, args: JsonObject): string {
  try {
    return String(kindNamed(kind).object(args) ?? '');
  } catch {
    return '';
  }
}

function only(args: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(names.flatMap((name) => (args[name] === undefined ? [] : [[name, args[name]]])));
}
