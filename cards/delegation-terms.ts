import { roleWords } from '../locales/role-words.ts';
import { type Language, localeOf, type Words } from '../locales/words.ts';
import type { AskGlobalRoleWish } from '../partner/ask-global-role.ts';
import type { DelegationTerms } from '../partner/delegations.ts';
import type { JsonObject } from '../partner/operations.ts';
import { roleById } from '../partner/roles.ts';

/** Short names of roles, in their order; one that Microsoft added since is shown by its id. */
function roleNames(language: Language, roles: readonly string[]): string[] {
  return roles.map((id) => {
    const role = roleById(id);
    return role === undefined ? id : roleWords(language, role.key).name;
  });
}

/** Names of roles as part of a sentence. */
export function roleList(language: Language, roles: readonly string[]): string {
  return new Intl.ListFormat(localeOf[language], { type: 'conjunction' }).format(roleNames(language, roles));
}

const mostNamed = 2;

/** In passing: `Giới hạn · 365 ngày · tự gia hạn`; chosen roles by name, where they are few. */
export function delegationText(words: Words, language: Language, terms: DelegationTerms): string {
  const { days, autoExtend } = terms;
  return [
    levelText(words, language, terms),
    words('delegation-offer.days-count', { count: days }),
    ...(autoExtend ? [words('delegation-offer.extends')] : []),
  ].join(' · ');
}

/** Full, Limited, or the roles themselves. */
export function levelText(words: Words, language: Language, { level, roles }: DelegationTerms): string {
  if (level !== 'roles') return words(`support.${level}`);
  return roles.length > mostNamed
    ? words('delegation-offer.roles-count', { count: roles.length })
    : roleList(language, roles);
}

/** What a second person says yes or no to before a client is asked for Global Administrator. */
export function askGlobalRoleWords(words: Words, language: Language, args: JsonObject) {
  const { clientName, terms } = args as Partial<AskGlobalRoleWish>;
  return {
    facts: [
      { name: words('delegations.client'), value: clientName || words('offer-make.anyone') },
      ...(terms === undefined
        ? []
        : [
            { name: words('delegations.roles'), value: roleList(language, terms.roles) },
            {
              name: words('delegations.days'),
              value: words('delegation-offer.days-count', { count: terms.days }),
            },
          ]),
    ],
    notes: [words('delegation-offer.global'), words('delegation-offer.after-yes')],
  };
}
