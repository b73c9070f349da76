import { roleWords } from '../locales/role-words.ts';
import type { Language, Words } from '../locales/words.ts';
import type { Account } from '../partner/accounts.ts';
import { mostDelegationDays } from '../partner/delegations.ts';
import type { OfferTerms } from '../partner/offers.ts';
import { roles } from '../partner/roles.ts';
import { supportRoles } from '../partner/support-roles.ts';
import { roleList } from './delegation-terms.ts';
import { type Choice, plainChoices } from './offer-fields.ts';
import { anyone } from './offer-make.ts';
import { type Card, render } from './render.ts';
import { ownCompany } from './scope.ts';
import template from './templates/delegation-offer.json' with { type: 'json' };

/** What the card holds, as it was typed. */
export interface DelegationValues {
  client: string;
  find: string;
  person: string;
  mail: string;
  /** `full`, `limited`, `roles`, or `none` to leave it out of an offer of services. */
  level: string;
  /** Chosen roles, each as `roleValue` writes it, with commas between. */
  roles: string;
  days: string;
  /** `yes` or `no`. */
  autoExtend: string;
  note: string;
}

/** A role as a choice of the card: short, since all that is typed into a form is kept. */
export const roleValue = (templateId: string) => templateId.slice(0, 8);

export interface DelegationOfferView {
  account: Account | undefined;
  nonce: string;
  problem: string;
  /** Kind of the draft that it belongs to; undefined: it begins a new offer by itself. */
  within: OfferTerms['kind'] | undefined;
  values: DelegationValues;
  clients: readonly Choice[];
}

/** What is asked of the client: which rights, for how long; and for an offer by itself of whom. */
export function delegationOfferCard(words: Words, language: Language, view: DelegationOfferView): Card {
  const { account, nonce, problem, within, values, clients } = view;
  const isNew = within === undefined;
  const isWanted = (text: string) => (isNew ? text : '');
  const never = roleList(language, [globalRole.templateId]);
  return render(
    template,
    {
      values,
      clients: isNew ? [...plainChoices(clients), { title: words('offer-make.anyone'), value: anyone }] : [],
      levels: levels(words, language, within !== undefined && within !== 'delegation'),
      roles: [...roles].map(({ templateId, key }) => {
        const { name, what } = roleWords(language, key);
        return { title: words('delegation-offer.role', { name, what }), value: roleValue(templateId) };
      }),
      extensions: (['no', 'yes'] as const).map((value) => ({
        title: words(`delegation-offer.auto-extend.${value}`),
        value,
      })),
      labels: {
        client: words('offer-make.client'),
        find: isWanted(words('offer-make.find')),
        person: words('offer-make.person'),
        mail: words('offer-make.mail'),
        level: words('delegation-offer.level'),
        roles: words('delegation-offer.roles'),
        days: words('delegation-offer.days', { max: mostDelegationDays }),
        autoExtend: words('delegation-offer.auto-extend'),
        note: words('offer-make.note'),
      },
      example: words('offer-make.find-example'),
      hint: [
        words('delegation-offer.hint', { never }),
        ...(values.level === 'roles' ? [words('delegation-offer.groups')] : []),
      ].join(' '),
      showRoles: values.level === 'roles',
      choose: words('delegation-offer.choose-roles'),
      proceed: words('offer-make.preview'),
      cancel: words('button.cancel'),
      submit: { verb: 'delegation-offer', nonce },
    },
    {
      ...ownCompany(words, account),
      title: words(isNew ? 'offer-make.title.delegation' : 'delegation-offer.within-title'),
      intro: words(isNew ? 'delegation-offer.intro' : 'delegation-offer.within-intro'),
      problem,
    },
  );
}

const globalRole = roles.find(({ key }) => key === 'global-administrator') ?? roles[0];

function levels(words: Words, language: Language, canLeaveOut: boolean): Choice[] {
  const support = (['limited', 'full'] as const).map((level) => ({
    title: words(`delegation-offer.level.${level}`, { roles: roleList(language, supportRoles[level]) }),
    value: level,
  }));
  return [
    ...support,
    { title: words('delegation-offer.level.roles'), value: 'roles' },
    ...(canLeaveOut ? [{ title: words('delegation-offer.level.none'), value: 'none' }] : []),
  ];
}
