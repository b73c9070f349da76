import { z } from 'zod';
import { type DelegationValues, roleValue } from '../cards/delegation-offer.ts';
import { problemsOfDelegation, termsFor } from '../partner/delegation-terms.ts';
import { type DelegationTerms, mostDelegationDays } from '../partner/delegations.ts';
import { longestNote } from '../partner/offer-terms.ts';
import { roles } from '../partner/roles.ts';
import { formLines, formNumber, formText, mailText, wholeNumber } from './offer-inputs.ts';
import type { Turn } from './turn.ts';

/** The card that asks for rights; what it did not show is empty. */
export const delegationInputs = z.object({
  client: formText(40),
  find: formText(200),
  person: formText(120),
  mail: mailText,
  level: z.enum(['full', 'limited', 'roles', 'none'], 'form.choose'),
  roles: formText(1000),
  days: formNumber,
  autoExtend: formText(5),
  note: formLines(longestNote),
}) satisfies z.ZodType<DelegationValues>;

export const emptyDelegation: DelegationValues = {
  ...{ client: '', find: '', person: '', mail: '', note: '' },
  ...{ level: 'limited', roles: '', days: '365', autoExtend: 'no' },
};

/** What the card shows of terms that there are. */
export function valuesOf({
  level,
  roles: chosen,
  days,
  autoExtend,
}: DelegationTerms): Partial<DelegationValues> {
  return {
    level,
    roles: level === 'roles' ? chosen.map(roleValue).join(',') : '',
    days: String(days),
    autoExtend: autoExtend ? 'yes' : 'no',
  };
}

/** The terms that were typed, right or wrong; null: none is asked for. */
export function termsIn(values: DelegationValues): DelegationTerms | null {
  const { level } = values;
  const days = wholeNumber(values.days) ?? 0;
  const autoExtend = values.autoExtend === 'yes';
  if (level === 'none') return null;
  if (level === 'full' || level === 'limited') return termsFor(level, { days, autoExtend });
  const chosen = new Set(values.roles.split(',').filter((each) => each !== ''));
  const known = roles.filter(({ templateId }) => chosen.has(roleValue(templateId)));
  // A choice that the card does not have makes the list no list of ours.
  const ids = known.length === chosen.size ? known.map(({ templateId }) => templateId) : [];
  return { level: 'roles', roles: ids, days, autoExtend };
}

/** Why this cannot be asked for, in words; undefined when it can. */
export function delegationProblem(turn: Turn, values: DelegationValues): string | undefined {
  const { words } = turn;
  const terms = termsIn(values);
  if (terms === null) return undefined;
  if (terms.level !== 'roles' && values.roles !== '') return words('delegation-offer.problem-both');
  const [problem] = problemsOfDelegation(terms);
  if (problem === undefined) return undefined;
  return words(`delegation-offer.problem.${problem}`, { max: mostDelegationDays });
}
