import { authorisationNames } from '../cards/authorisations.ts';
import { roleName } from '../cards/users.ts';
import { localeOf } from '../locales/words.ts';
import { type CapabilityId, decide, ruleOf, type Situation } from '../partner/capabilities.ts';
import type { Turn } from './turn.ts';

/** In a sentence why this person may not do it, and who could change that; '' when they may. */
export function whyNot(turn: Turn, id: CapabilityId, situation: Situation): string {
  const { words } = turn;
  const verdict = decide(id, situation);
  const capability = words(`capability.${id}`);
  if (verdict.allowed) return '';
  switch (verdict.reason) {
    case 'unknown': {
      const authorisation = authorisationNames(words, verdict.authorisations);
      return words('refusal.unknown', { capability, authorisation });
    }
    case 'authorisation': {
      const authorisation = authorisationNames(words, verdict.authorisations);
      return words('refusal.authorisation', { capability, authorisation });
    }
    case 'cloud':
      return words('refusal.cloud', { capability });
    default:
      return words('capabilities.lacks-role', { capability, roles: enoughFor(turn, ruleOf(id)) });
  }
}

/** Any one of these roles or kinds of support access, as a list in a sentence. */
export function enoughFor(
  { words, chat }: Turn,
  { roles = [], support = [] }: ReturnType<typeof ruleOf>,
): string {
  const holders = [
    ...roles.map((role) => roleName(chat.language, role)),
    ...support.map((group) => words('why-not.support', { level: words(`support.${group}`) })),
  ];
  return new Intl.ListFormat(localeOf[chat.language], { type: 'disjunction' }).format(holders);
}
