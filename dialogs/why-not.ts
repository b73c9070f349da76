import { authorisationNames } from '../cards/authorisations.ts';
import { roleName } from '../cards/users.ts';
import { localeOf } from '../locales/words.ts';
import { type CapabilityId, decide, ruleOf, type Situation } from '../partner/capabilities.ts';
import type { Turn } from './turn.ts';

/** In a sentence why this person may not do it, and who could change that; '' when they may. */
export function whyNot(turn: Turn, id: CapabilityId, situation: Situation): string {
  const { words, chat } = turn;
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
    default: {
      const { roles = [], support = [] } = ruleOf(id);
      const holders = [
        ...roles.map((role) => roleName(chat.language, role)),
        ...support.map((group) => words('why-not.support', { level: words(`support.${group}`) })),
      ];
      const list = new Intl.ListFormat(localeOf[chat.language], { type: 'disjunction' });
      return words('capabilities.lacks-role', { capability, roles: list.format(holders) });
    }
  }
}
