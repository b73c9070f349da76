import type { RoleKey } from '../partner/roles.ts';
import en from './roles.en.json' with { type: 'json' };
import vi from './roles.vi.json' with { type: 'json' };
import type { Language } from './words.ts';

/** A role without a name and both sentences in both languages does not compile, nor do words of no role. */
type RoleMessages = Readonly<Record<`${RoleKey}.${'name' | 'what' | 'not'}`, string>>;
const messages: Readonly<Record<Language, RoleMessages>> = { vi, en };
const noSurplus: Readonly<Record<keyof typeof vi | keyof typeof en, string>> = messages.vi;
void noSurplus;

/** The role's short name, one sentence on what the person can do then, and one on what they still cannot. */
export function roleWords(language: Language, key: RoleKey): { name: string; what: string; not: string } {
  const of = messages[language];
  return { name: of[`${key}.name`], what: of[`${key}.what`], not: of[`${key}.not`] };
}
