import type { Words } from '../locales/words.ts';
import type { Account } from '../partner/accounts.ts';
import type { CloudName } from '../partner/capabilities.ts';
import type { Delegation } from '../partner/delegations.ts';
import { type KeySetup, type KeyStep, keySteps, nextKeyStep } from '../partner/key-setups.ts';
import { manualLink, productKeyPages } from '../partner/links.ts';
import { type Button, button, type Link, mainButton } from './buttons.ts';
import { stateText } from './delegations.ts';
import { type Card, render } from './render.ts';
import { type Row, rowsCard } from './rows.ts';
import { ownCompany } from './scope.ts';
import template from './templates/key-setup.json' with { type: 'json' };

/** Set-ups with product keys: those that go on, each with its next step, and then those that do not. */
export function keySetupsCard(
  words: Words,
  { account, setups, next }: { account: Account; setups: readonly KeySetup[]; next: number | undefined },
): Card {
  const rows = (isOpen: boolean) =>
    setups.filter(({ status }) => (status === 'open') === isOpen).map((setup) => rowOf(words, setup));
  return rowsCard({
    frame: {
      ...ownCompany(words, account),
      title: words('keys.title'),
      intro: words(setups.length === 0 ? 'keys.none' : 'keys.intro'),
    },
    sections: [
      { name: words('keys.open'), rows: rows(true) },
      { name: words('keys.over'), rows: rows(false) },
    ],
    note: words('keys.never-here'),
    buttons: [
      mainButton(words('keys.new'), 'key-setup-new'),
      ...(next === undefined
        ? []
        : [button(words('button.next-page'), 'product-keys', { from: String(next) })]),
      button(words('button.overview'), 'overview'),
    ],
  });
}

function rowOf(words: Words, setup: KeySetup): Row {
  const next = nextKeyStep(setup);
  const done = keySteps.filter((step) => setup.done[step] !== undefined).length;
  const { createdByName: name, createdAt } = setup;
  return {
    title: clientText(setup),
    small: words('keys.begun', { name: name || words('person.erased'), at: new Date(createdAt) }),
    detail: [
      endText(words, setup),
      words('keys.progress', { done, all: keySteps.length }),
      next === undefined || setup.status !== 'open'
        ? ''
        : words('keys.next', { step: words(`keys.step.${next}`) }),
    ]
      .filter(Boolean)
      .join(' · '),
    open: { verb: 'key-setup-open', setup: setup.id },
  };
}

export interface KeySetupView {
  account: Account;
  cloud: CloudName;
  setup: KeySetup;
  problem: string;
  /** How delegated administration is come by from here; undefined where this person may do neither. */
  way: 'offer' | 'record' | undefined;
  /** Why there is no way; '' where there is one. */
  noWay: string;
  /** The newest one with this client. */
  delegation: Delegation | undefined;
  /** Domain time, ms. */
  now: number;
  /** Makes the single-use button that does this to the set-up, and gives its nonce. */
  nonceFor(verb: KeySetupButton, what: KeyStep | 'finish' | 'drop'): string;
}

/** What is done at one press, once. */
export type KeySetupButton = 'key-setup-tick' | 'key-setup-untick' | 'key-setup-end';

/** One set-up: what there is to do, who did which step when, and the ways to Microsoft's own pages. */
export function keySetupCard(words: Words, view: KeySetupView): Card {
  const { account, cloud, setup, problem, delegation, now } = view;
  const fact = (name: string, value: string) => (value === '' ? [] : [{ name, value }]);
  return render(
    template,
    {
      facts: [
        ...fact(words('keys.client'), clientText(setup)),
        ...fact(words('keys.product'), setup.product),
        ...fact(words('keys.redeemer'), words(`keys.redeemer.${setup.redeemer}`)),
        ...fact(words('keys.partner-id'), setup.partnerId || words('keys.partner-id.unknown')),
        ...fact(words('keys.partner-of-record'), reportedText(words, setup)),
        ...fact(words('keys.step.delegation'), delegation ? stateText(words, delegation, now) : ''),
      ],
      steps: keySteps.map((step) => stepView(words, view, step)),
      note: [
        words('keys.never-here'),
        ...(productKeyPages(cloud) === undefined ? [words('keys.by-portal')] : []),
      ].join(' '),
      ...buttonsFor(words, view),
      links: linksFor(words, view),
    },
    {
      ...ownCompany(words, account),
      title: words('keys.one-title'),
      intro: endText(words, setup),
      problem,
    },
  );
}

/** How it ended; '' while it goes on. */
function endText(words: Words, setup: KeySetup): string {
  if (setup.status === 'open') return '';
  const isStopped = setup.status === 'finished' && nextKeyStep(setup) !== undefined;
  return words(`keys.status.${isStopped ? 'stopped' : setup.status}`);
}

function clientText({ client: { name, domain } }: KeySetup): string {
  return [name, domain ?? ''].filter(Boolean).join(' · ');
}

/** Microsoft has no interface that tells it, so it is somebody's word, with its date. */
function reportedText(words: Words, { reported }: KeySetup): string {
  if (reported === null) return '';
  const { partnerId, reportedBy, on, noted } = reported;
  const name = noted.byName || words('person.erased');
  return words('keys.reported', { partnerId, reportedBy, name, on, at: new Date(noted.at) });
}

function stepView(words: Words, view: KeySetupView, step: KeyStep) {
  const { setup, nonceFor } = view;
  const done = setup.done[step];
  const side = () => {
    const verb = done === undefined ? 'key-setup-tick' : 'key-setup-untick';
    const title = words(done === undefined ? 'keys.tick' : 'keys.untick');
    return button(title, verb, { nonce: nonceFor(verb, step) });
  };
  return {
    ...(done === undefined ? { mark: '○  ', color: 'Default' } : { mark: '✓  ', color: 'Good' }),
    title: words(`keys.step.${step}`),
    detail: detailOf(words, view, step),
    who:
      done === undefined
        ? ''
        : words('keys.done-by', { name: done.byName || words('person.erased'), at: new Date(done.at) }),
    side: setup.status === 'open' ? [side()] : [],
  };
}

function detailOf(words: Words, { setup, way, noWay }: KeySetupView, step: KeyStep): string {
  switch (step) {
    case 'redeemed':
      return words(`keys.step.redeemed.${setup.redeemer}`);
    case 'delegation':
      return way === undefined
        ? [words('keys.step.delegation.no-way'), noWay].join(' ')
        : words(`keys.step.delegation.${way}`);
    default:
      return words(`keys.step.${step}.what`, { partnerId: setup.partnerId || '–' });
  }
}

function buttonsFor(
  words: Words,
  { setup, way, nonceFor }: KeySetupView,
): { buttons: Button[]; more: Button[] } {
  const id = { setup: setup.id };
  const list = button(words('keys.list'), 'product-keys');
  const report = button(words('keys.report'), 'key-setup-report', id);
  if (setup.status !== 'open') return { buttons: [report, list], more: [] };
  const isReady = nextKeyStep(setup) === undefined;
  const end = (title: string, how: 'finish' | 'drop') =>
    button(title, 'key-setup-end', { nonce: nonceFor('key-setup-end', how) });
  const finish = end(words('keys.finish'), 'finish');
  return {
    buttons: [
      isReady ? { ...finish, style: 'positive' } : finish,
      ...(way === undefined ? [] : [button(words(`keys.delegation.${way}`), 'key-setup-delegation', id)]),
      list,
    ],
    more: [report, end(words('keys.drop'), 'drop')],
  };
}

function linksFor(words: Words, { cloud, setup }: KeySetupView): Link[] {
  if (setup.status !== 'open') return [];
  const pages = productKeyPages(cloud);
  if (pages === undefined)
    return [{ title: words('button.open-portal'), url: manualLink('admin-center-subscriptions', cloud) }];
  return [
    { title: words('keys.redeem-page'), url: pages.redeem },
    ...(setup.redeemer === 'partner' ? [{ title: words('keys.guide'), url: pages.guide }] : []),
  ];
}
