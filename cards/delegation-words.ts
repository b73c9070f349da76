import type { Language, Words } from '../locales/words.ts';
import type { DelegateWish } from '../partner/delegate-wish.ts';
import type { DelegationTarget } from '../partner/end-delegation.ts';
import { currentStep, type JsonObject, type Operation } from '../partner/operations.ts';
import { delegationText, roleList } from './delegation-terms.ts';

interface Said {
  facts: readonly { name: string; value: string }[];
  notes: readonly string[];
}

const text = (value: unknown) => (typeof value === 'string' ? value : '');

/** Which client it is about; of `delegate` the client as it signed in, of the others as it was listed. */
export function delegatedClient(args: JsonObject): string {
  return (args as Partial<DelegateWish>).client?.name ?? text(args['clientName']);
}

/** What the client allowed, roles and duration. */
export function delegateWords(words: Words, language: Language, args: JsonObject): Said {
  const { level, roles = [], days = 0, autoExtend = false } = args as Partial<DelegateWish>;
  const terms = { level: level ?? 'roles', roles, days, autoExtend };
  return {
    facts: [
      client(words, args),
      { name: words('delegate.terms'), value: delegationText(words, language, terms) },
      { name: words('delegate.roles'), value: roleList(language, roles) },
    ],
    notes: [],
  };
}

export function endDelegationWords(words: Words, language: Language, args: JsonObject): Said {
  const { terms, endsAt = null } = args as Partial<DelegationTarget>;
  const until = endsAt === null ? '' : words('delegation-news.at', { at: new Date(endsAt) });
  return {
    facts: [
      client(words, args),
      ...(terms === undefined
        ? []
        : [{ name: words('delegate.roles'), value: roleList(language, terms.roles) }]),
      ...(until === '' ? [] : [{ name: words('offer-notice.delegation-until'), value: until }]),
    ],
    notes: [words(args['isOneOfMore'] === true ? 'delegate.ends-one' : 'delegate.ends')],
  };
}

export function extendDelegationWords(words: Words, args: JsonObject): Said {
  const before = words('delegation-offer.auto-extend.no');
  const after = words('delegation-offer.auto-extend.yes');
  return {
    facts: [
      client(words, args),
      { name: words('delegate.at-end'), value: words('wish.before-after', { before, after }) },
    ],
    notes: [words('delegate.extends')],
  };
}

/** What the client needs of us while only they can go on: Microsoft's page, to approve or to let the application in. */
export function delegationLinkText(
  words: Words,
  operation: Operation,
): { title: string; text: string } | undefined {
  const error = currentStep(operation)?.error;
  const link = error?.details['link'];
  if (operation.kind !== 'delegate' || typeof link !== 'string') return undefined;
  const values = { client: delegatedClient(operation.args), link };
  const key = error?.code === 'approval-waiting' ? 'delegate.link-text' : 'delegate.consent-text';
  return { title: words('delegate.link-title'), text: words(key, values) };
}

function client(words: Words, args: JsonObject) {
  return { name: words('delegate.client'), value: delegatedClient(args) };
}
