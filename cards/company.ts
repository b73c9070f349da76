import { type Language, localeOf, type Words } from '../locales/words.ts';
import type { Account } from '../partner/accounts.ts';
import type { CompanyField, CompanyRecord, Gap, Place } from '../partner/company.ts';
import {
  type CompanyConfirmation,
  type ConfirmationState,
  missingForClients,
  unreadBecause,
} from '../partner/company-confirmation.ts';
import type { CompanyZone } from '../partner/company-zones.ts';
import type { Button, Link } from './buttons.ts';
import { companyBlock } from './company-block.ts';
import { zoneWords } from './company-zone.ts';
import { type Card, render } from './render.ts';
import { ownCompany } from './scope.ts';
import template from './templates/company.json' with { type: 'json' };

export interface CompanyView {
  account: Account;
  record: CompanyRecord;
  confirmation: CompanyConfirmation | undefined;
  state: ConfirmationState;
  zone: CompanyZone;
  /** Domain time, ms. */
  now: number;
  problem: string;
  buttons: readonly Button[];
  links: readonly Link[];
}

/** The company as clients will see it, whether somebody has said that it is right, and where each detail lives. */
export function companyCard(words: Words, language: Language, view: CompanyView): Card {
  const { account, record, buttons, links, problem } = view;
  const { name, address, lines } = companyBlock(words, language, record);
  return render(
    template,
    {
      name: name || account.companyName,
      address: address.map((text) => ({ text })),
      lines,
      state: stateWords(words, view),
      stateStyle: stateStyles[view.state],
      zone: {
        title: words('company-zone.title'),
        ...zoneWords(words, language, { of: view.zone, now: view.now }),
      },
      places: {
        title: words('company-card.places'),
        note: words('company-card.places-note'),
        rows: placeRows(words, language, record),
      },
      buttons,
      links,
    },
    {
      ...ownCompany(words, account),
      title: words('company-card.title'),
      intro: words('company-card.intro'),
      problem,
    },
  );
}

const stateStyles: Readonly<Record<ConfirmationState, string>> = {
  confirmed: 'good',
  changed: 'warning',
  'too-old': 'warning',
  never: 'warning',
  incomplete: 'attention',
};

function stateWords(words: Words, { record, confirmation, state }: CompanyView): string {
  if (state === 'incomplete') {
    const gap = unreadBecause(record);
    if (gap !== undefined) return words('company-card.state.unread', { gap: gapWords(words, gap) });
    const missing = missingForClients(record);
    const what = missing.length > 1 ? 'both' : (missing[0] ?? 'both');
    return words('company-card.state.missing', { what: words(`company-card.state.missing.${what}`) });
  }
  if (state === 'never' || confirmation === undefined) return words('company-card.state.never');
  return words(`company-card.state.${state}`, {
    name: confirmation.byName || words('person.erased'),
    at: new Date(confirmation.at),
  });
}

/** Why Partner Center gave nothing, as the end of a sentence. */
export function gapWords(words: Words, gap: Gap): string {
  return words(`company-card.gap.${gap}`);
}

/** Details that people think of as one, each with the field that says where it lives. */
const topics = {
  name: 'company.name',
  legalName: 'company.legalName',
  addressLine1: 'company-card.topic.address',
  country: 'company.country',
  phone: 'company.phone',
  mail: 'company.mail',
  supportPhone: 'company.supportPhone',
  supportMail: 'company.supportMail',
  website: 'company.website',
  technicalMails: 'company-card.topic.notifications',
  privacyContact: 'company-card.topic.privacy',
  domains: 'company.domains',
  partnerId: 'company.partnerId',
} as const satisfies Partial<Record<keyof CompanyRecord, string>>;

interface Group {
  field: Pick<CompanyField<unknown>, 'place' | 'writable' | 'gap'>;
  isThere: boolean;
  names: string[];
}

/** One row for each place and way of changing it. */
function placeRows(words: Words, language: Language, record: CompanyRecord) {
  const groups = new Map<string, Group>();
  for (const topic of Object.keys(topics) as (keyof typeof topics)[]) {
    const { place, writable, gap, value } = record[topic];
    const isThere = gap === undefined || value !== undefined;
    const key = JSON.stringify([place, writable, gap, isThere]);
    const group = groups.get(key) ?? { field: { place, writable, gap }, isThere, names: [] };
    group.names.push(words(topics[topic]));
    groups.set(key, group);
  }
  const order: readonly Place[] = [
    'partner-center-organization',
    'partner-center-support',
    'graph',
    'partner-center-legal',
    'portal-only',
  ];
  const list = new Intl.ListFormat(localeOf[language], { type: 'unit', style: 'short' });
  return [...groups.values()]
    .sort((one, other) => order.indexOf(one.field.place) - order.indexOf(other.field.place))
    .map((group) => ({
      place: words(`company-card.place.${group.field.place}`),
      what: groupWords(words, group, list.format(sentence(group.names))),
    }));
}

function groupWords(words: Words, { field, isThere }: Group, fields: string): string {
  const { gap, writable } = field;
  if (gap === undefined)
    return words(writable ? 'company-card.editable' : 'company-card.by-hand', { fields });
  return words(isThere ? 'company-card.instead' : 'company-card.not-read', {
    fields,
    gap: gapWords(words, gap),
  });
}

/** Only the first name keeps its capital, and Microsoft's own. */
function sentence(names: readonly string[]): string[] {
  return names.map((name, index) =>
    index === 0 || name.startsWith('Microsoft') ? name : name.charAt(0).toLowerCase() + name.slice(1),
  );
}
