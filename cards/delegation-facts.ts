import { roleWords } from '../locales/role-words.ts';
import type { Language, Words } from '../locales/words.ts';
import { clientsTurnAt } from '../partner/delegation-pages.ts';
import { isOver } from '../partner/delegation-standing.ts';
import { reachesGlobalAdministrator } from '../partner/delegation-terms.ts';
import type { Delegation, DelegationTerms } from '../partner/delegations.ts';
import type { OfferTerms } from '../partner/offers.ts';
import { roleById } from '../partner/roles.ts';

/** What a client is asked to allow, in words; '' and [] are left out. */
export interface DelegationFacts {
  title: string;
  /** Where it stands once the client has answered. */
  state: { text: string; style: 'good' | 'warning' | 'default' };
  intro: string;
  warning: string;
  roles: readonly { name: string; what: string; not: string }[];
  /** Until when, who can end it, and that the order does not hang on it. */
  points: readonly string[];
}

/** What came of it at the company that looks; nothing where nobody has answered. */
interface Asked {
  terms: Pick<OfferTerms, 'kind' | 'delegation'>;
  delegation?: Delegation;
}

/** The delegation of an offer for its client; undefined when neither offer nor answer has one. */
export function delegationFacts(
  words: Words,
  language: Language,
  { company, asked }: { company: string; asked: Asked },
): DelegationFacts | undefined {
  const { delegation } = asked;
  const terms = askedFor(asked);
  if (terms === undefined) return undefined;
  const { level, roles } = terms;
  const isAlone = asked.terms.kind === 'delegation';
  return {
    title: words('delegation-block.title'),
    state: stateFacts(words, company, delegation),
    intro: words(`delegation-block.intro.${level}`, { company, count: roles.length }),
    warning: reachesGlobalAdministrator(terms) ? words('delegation-block.global') : '',
    roles: roles.map((templateId) => roleFacts(words, language, templateId)),
    points: [
      ...timeWords(words, terms, delegation),
      words('delegation-block.end'),
      ...(isAlone ? [] : [words('delegation-block.who'), words('delegation-block.apart')]),
    ],
  };
}

/** What was allowed stays what it was, whatever a later version asks for. */
function askedFor({ terms, delegation }: Asked): DelegationTerms | undefined {
  const isAnswered = delegation !== undefined && delegation.answeredAt !== null;
  return isAnswered && delegation.state !== 'declined' ? delegation.terms : terms.delegation;
}

/** Where it stands, in one sentence; '' before an answer. */
export function delegationStateWords(
  words: Words,
  company: string,
  delegation: Delegation | undefined,
): string {
  if (delegation === undefined || delegation.answeredAt === null) return '';
  const isTheirConsent = clientsTurnAt(delegation) === 'consent';
  return words(`delegation-block.state.${isTheirConsent ? 'consent' : delegation.state}`, { company });
}

function stateFacts(
  words: Words,
  company: string,
  delegation: Delegation | undefined,
): DelegationFacts['state'] {
  const text = delegationStateWords(words, company, delegation);
  if (delegation === undefined || text === '') return { text, style: 'default' };
  const isGood =
    ['requested', 'active', 'usable'].includes(delegation.state) && clientsTurnAt(delegation) === undefined;
  return { text, style: isGood ? 'good' : 'warning' };
}

function timeWords(
  words: Words,
  { days, autoExtend }: DelegationTerms,
  delegation: Delegation | undefined,
): string[] {
  if (delegation !== undefined && isOver(delegation.state)) return [];
  const endsAt = delegation?.endsAt ?? null;
  return [
    endsAt === null
      ? words('delegation-block.days', { days })
      : words('delegation-block.until', { at: new Date(endsAt) }),
    words(autoExtend ? 'delegation-block.auto' : 'delegation-block.no-auto'),
  ];
}

function roleFacts(words: Words, language: Language, templateId: string): DelegationFacts['roles'][number] {
  const role = roleById(templateId);
  return role === undefined
    ? { name: templateId, what: words('delegation-block.unknown-role'), not: '' }
    : roleWords(language, role.key);
}
