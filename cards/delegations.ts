import type { Language, Words } from '../locales/words.ts';
import type { Account } from '../partner/accounts.ts';
import { clientsTurnAt } from '../partner/delegation-pages.ts';
import { accessLost, daysLeft, isAlive } from '../partner/delegation-standing.ts';
import { type Delegation, type DelegationState, reminderDays } from '../partner/delegations.ts';
import { type Button, button, mainButton } from './buttons.ts';
import { levelText } from './delegation-terms.ts';
import type { Card } from './render.ts';
import { type Row, rowsCard } from './rows.ts';
import { ownCompany } from './scope.ts';

export interface DelegationsView {
  account: Account;
  /** Domain time, ms. */
  now: number;
  /** One page of them, in the order of `sectionOf`. */
  delegations: readonly Delegation[];
  /** All there are. */
  total: number;
  /** Where the next page begins. */
  next: number | undefined;
  mayOffer: boolean;
  /** In a cloud without an interface for it. */
  mayRecord: boolean;
  /** What the reader should know of where this list comes from. */
  note: string;
}

const sections = ['waiting', 'active', 'over'] as const;
type Section = (typeof sections)[number];

const sectionOfState: Readonly<Record<DelegationState, Section>> = {
  requested: 'waiting',
  'waiting-for-approval': 'waiting',
  failed: 'waiting',
  active: 'active',
  usable: 'active',
  expiring: 'active',
  expired: 'over',
  ended: 'over',
  unapproved: 'over',
  declined: 'over',
};

/** Those that want something first, then those that end first; what is over comes last, newest first. */
export function inListOrder(delegations: readonly Delegation[]): Delegation[] {
  const place = ({ state }: Delegation) => sections.indexOf(sectionOfState[state]);
  const end = ({ endsAt }: Delegation) => endsAt ?? Number.MAX_SAFE_INTEGER;
  const isOver = (each: Delegation) => sectionOfState[each.state] === 'over';
  return delegations.toSorted(
    (one, other) =>
      place(one) - place(other) || (isOver(one) ? end(other) - end(one) : end(one) - end(other)),
  );
}

/** Who lets us administer them, how far each is, and how many days are left. */
export function delegationsCard(words: Words, language: Language, view: DelegationsView): Card {
  const { account, delegations, total, next, mayOffer, mayRecord, note } = view;
  return rowsCard({
    frame: {
      ...ownCompany(words, account),
      title: words('delegations.title'),
      intro: words('delegations.count', { count: total }),
    },
    sections: sections.map((section) => ({
      name: words(`delegations.${section}`),
      rows: delegations
        .filter(({ state }) => sectionOfState[state] === section)
        .map((each) => row(words, language, each, view.now)),
    })),
    note,
    buttons: [
      ...(mayOffer ? [mainButton(words('delegations.offer'), 'make-delegation')] : []),
      ...(mayRecord ? [mainButton(words('delegations.record'), 'delegation-record')] : []),
      ...(next === undefined
        ? []
        : [button(words('button.next-page'), 'delegations', { from: String(next) })]),
      button(words('button.overview'), 'overview'),
    ] satisfies Button[],
  });
}

function row(words: Words, language: Language, delegation: Delegation, now: number): Row {
  const { client, terms, offerId, maker } = delegation;
  const isElsewhere = offerId === null && maker === null;
  const small = [levelText(words, language, terms), ...(isElsewhere ? [words('delegations.elsewhere')] : [])];
  const mark = markOf(words, delegation, now);
  return {
    title: client.name,
    ...(mark === '' ? {} : { mark }),
    small: small.join(' · '),
    detail: stateText(words, delegation, now),
    open: { verb: 'delegation-open', ...idOf(delegation) },
  };
}

function markOf(words: Words, delegation: Delegation, now: number): string {
  if (isAlive(delegation) && delegation.reason === accessLost) return words('delegations.no-access');
  return endsSoon(words, delegation, now) ? words('delegations.soon') : '';
}

/** By our own id, or by Microsoft's where we have not kept it yet. */
export function idOf({ id, relationshipId }: Delegation): Record<string, string> {
  return id === '' ? { relationship: relationshipId ?? '' } : { delegation: id };
}

function endsSoon({ zone }: Words, delegation: Delegation, now: number): boolean {
  const left = daysLeft(delegation, now, zone);
  const isActive = sectionOfState[delegation.state] === 'active';
  return isActive && !delegation.terms.autoExtend && left !== undefined && left <= reminderDays[0];
}

/** What the client allowed through us is not in force before it works for us: whose turn it is says more. */
function shownState(delegation: Delegation) {
  const { state, answeredAt } = delegation;
  if (state !== 'active' || answeredAt === null) return state;
  return clientsTurnAt(delegation) === 'consent' ? 'consent' : 'setting-up';
}

/** How it stands, and until when: `Sẵn sàng · đến 03/04/2027 (còn 120 ngày)`. */
export function stateText(words: Words, delegation: Delegation, now: number): string {
  const { state, endsAt, terms } = delegation;
  const left = daysLeft(delegation, now, words.zone);
  const isActive = sectionOfState[state] === 'active';
  return [
    words(`delegations.state.${shownState(delegation)}`),
    ...(endsAt === null || left === undefined || !isActive
      ? []
      : [words('delegations.until', { at: new Date(endsAt), left: Math.max(0, left) })]),
    ...(isActive && terms.autoExtend ? [words('delegation-offer.extends')] : []),
  ].join(' · ');
}
