import type { Words } from '../locales/words.ts';
import type { Account } from '../partner/accounts.ts';
import type { Authorisation, AuthorisationId, Authorisations } from '../partner/authorisations.ts';
import { authorisationIds, authorisationNamed } from '../partner/company-authorisations.ts';
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
  },
): Card {
  const { account, authorisations, statedBy, mayState } = view;
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
      rows: [...rows, home],
      links: [
        {
          title: words('button.open-partner-center'),
          url: manualLink('partner-center-company', cloud.value),
        },
      ],
      buttons: [
        ...(mayState ? [button(words('button.state-authorisation'), 'state-authorisation')] : []),
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
  const { account, nonce, problem, id, before, after } = view;
  const change = { before: valueName(words, before), after: words(`authorisations.${after}`) };
  return render(
    reviewTemplate,
    {
      facts: [
        { name: words(`authorisation.${id}`), value: words('wish.before-after', change) },
        { name: words('wish.who'), value: account?.displayName ?? '' },
      ],
      notes: [{ text: words('authorisations.review-note') }],
      ...{ typedLabel: '', typedName: '', missing: '', reasonLabel: '', reason: '', reasonMissing: '' },
      confirm: words('button.state-authorisation'),
      back: words('button.back'),
      cancel: words('button.cancel'),
      submit: { verb: 'state-authorisation-review', nonce },
    },
    {
      ...ownCompany(words, account),
      title: words('authorisations.state-title'),
      intro: words('wish.intro'),
      problem,
    },
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
