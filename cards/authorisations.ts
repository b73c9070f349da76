import type { Words } from '../locales/words.ts';
import type { Account } from '../partner/accounts.ts';
import type { Authorisation, AuthorisationId, Authorisations } from '../partner/authorisations.ts';
import { authorisationIds, authorisationNamed } from '../partner/company-authorisations.ts';
import type { CompanyMailbox } from '../partner/company-mailbox.ts';
import { manualLink } from '../partner/links.ts';
import { button } from './buttons.ts';
import { type Card, render } from './render.ts';
import { ownCompany } from './scope.ts';
import template from './templates/authorisations.json' with { type: 'json' };
import reviewTemplate from './templates/wish-review.json' with { type: 'json' };

/** Any one of which is enough, as a refusal names them. */
export function authorisationNames(words: Words, ids: readonly AuthorisationId[]): string {
  return ids.map((id) => words(`authorisation.${id}`)).join(' / ');
}

/** What Microsoft lets the company do, each with how that is known, by whom and since when. */
export function authorisationsCard(
  words: Words,
  view: {
    account: Account;
    authorisations: Authorisations;
    /** Name of whoever stated this one. */
    statedBy(id: AuthorisationId): string;
    /** Something is open that this person may state. */
    mayState: boolean;
    /** From which mails leave that nobody presses; undefined: from none. */
    mailbox: CompanyMailbox | undefined;
    /** This person may name another one. */
    mayName: boolean;
    /** Nonce of the button for a test mail; '' where there is none. */
    tryNonce: string;
  },
): Card {
  const { account, authorisations, statedBy, mayState, mailbox, mayName, tryNonce } = view;
  const { cloud } = authorisations;
  const rows = authorisationIds.map((id) => {
    const one = authorisationNamed(authorisations, id);
    return {
      name: words(`authorisation.${id}`),
      value: one.unread === undefined ? valueName(words, one.value) : words('authorisations.unread'),
      source: sourceLine(words, one, statedBy(id)),
    };
  });
  const home = {
    name: words('authorisations.cloud'),
    value: words(`authorisations.cloud.${cloud.value}`),
    source: sourceLine(words, cloud, ''),
  };
  return render(
    template,
    {
      rows: [...rows, home, mailboxRow(words, mailbox)],
      links: [
        {
          title: words('button.open-partner-center'),
          url: manualLink('partner-center-company', cloud.value),
        },
      ],
      buttons: [
        ...(mayState ? [button(words('button.state-authorisation'), 'state-authorisation')] : []),
        ...(mayName ? [button(words('button.company-mailbox'), 'company-mailbox')] : []),
        ...(tryNonce === ''
          ? []
          : [button(words('button.company-mailbox-try'), 'company-mailbox-try', { nonce: tryNonce })]),
        button(words('button.authorisations-fresh'), 'authorisations-fresh'),
        button(words('button.overview'), 'overview'),
      ],
    },
    {
      ...ownCompany(words, account),
      title: words('authorisations.title'),
      intro: words('authorisations.intro'),
    },
  );
}

function mailboxRow(words: Words, mailbox: CompanyMailbox | undefined) {
  const name = words('authorisations.mailbox');
  if (mailbox === undefined)
    return {
      name,
      value: words('authorisations.mailbox.none'),
      source: words('authorisations.mailbox.without'),
    };
  const { address: value, stated } = mailbox;
  if (stated === undefined) return { name, value, source: words('authorisations.mailbox.usual') };
  const how = words('authorisations.stated', { name: stated.byName || words('person.erased') });
  return { name, value, source: words('authorisations.source', { how, at: new Date(stated.at) }) };
}

/** The last look before another mailbox counts for the whole company; '' for none. */
export function mailboxReviewCard(
  words: Words,
  view: { account: Account | undefined; nonce: string; problem: string; before: string; after: string },
): Card {
  const { before, after, ...same } = view;
  const none = words('authorisations.mailbox.none');
  return reviewCard(words, {
    ...{ ...same, verb: 'company-mailbox-review', title: words('company-mailbox.title') },
    ...{ name: words('authorisations.mailbox'), before: before || none, after: after || none },
    ...{ note: words('company-mailbox.review-note'), confirm: words('button.company-mailbox') },
  });
}

/** The last look before a statement counts for the whole company. */
export function statementReviewCard(
  words: Words,
  view: {
    account: Account | undefined;
    nonce: string;
    problem: string;
    id: AuthorisationId;
    before: string;
    after: 'on' | 'off';
  },
): Card {
  const { id, before, after, ...same } = view;
  return reviewCard(words, {
    ...{ ...same, verb: 'state-authorisation-review', title: words('authorisations.state-title') },
    ...{ name: words(`authorisation.${id}`), before: valueName(words, before) },
    after: words(`authorisations.${after}`),
    ...{ note: words('authorisations.review-note'), confirm: words('button.state-authorisation') },
  });
}

function reviewCard(
  words: Words,
  view: {
    account: Account | undefined;
    nonce: string;
    problem: string;
    verb: string;
    title: string;
    name: string;
    before: string;
    after: string;
    note: string;
    confirm: string;
  },
): Card {
  const { account, nonce, problem, verb, title, name, before, after, note, confirm } = view;
  return render(
    reviewTemplate,
    {
      facts: [
        { name, value: words('wish.before-after', { before, after }) },
        { name: words('wish.who'), value: account?.displayName ?? '' },
      ],
      notes: [{ text: note }],
      ...{ typedLabel: '', typedName: '', missing: '', reasonLabel: '', reason: '', reasonMissing: '' },
      ...{ confirm, back: words('button.back'), cancel: words('button.cancel') },
      submit: { verb, nonce },
    },
    { ...ownCompany(words, account), title, intro: words('wish.intro'), problem },
  );
}

const values = ['on', 'off', 'unknown', 'direct', 'indirect'] as const;

/** A value in words; one that this version does not know counts as unknown. */
function valueName(words: Words, value: string): string {
  return words(`authorisations.${values.find((each) => each === value) ?? 'unknown'}`);
}

function sourceLine(words: Words, { source, at, unread }: Authorisation<string>, statedBy: string): string {
  if (unread !== undefined) return words('authorisations.no-answer');
  if (source === undefined) return words('authorisations.who-can');
  const how =
    source.kind === 'stated'
      ? words('authorisations.stated', { name: statedBy })
      : words(`authorisations.how.${source.how}`);
  return words('authorisations.source', { how, at: new Date(at) });
}
