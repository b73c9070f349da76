import type { RoleKey } from '../partner/roles.ts';
import en from './roles.en.json' with { type: 'json' };
import vi from './roles.vi.json' with { type: 'json' };
import type { Language } from './words.ts';

/** A role without a name and a sentence in both languages does not compile, nor do words of no role. */
type RoleMessages = Readonly<Record<`${RoleKey}.${'name' | 'what'}`, string>>;
const messages: Readonly<Record<Language, RoleMessages>> = { vi, en };
const noSurplus: Readonly<Record<keyof typeof vi | keyof typeof en, string>> = messages.vi;
void noSurplus;

/** The role's short name, and one sentence on what the person can do then. */
export function roleWords(language: Language, key: RoleKey): { name: string; what: string } {
  return { name: messages[language][`${key}.name`], what: messages[language][`${key}.what`] };
}
