import { authorisationsCard, mailboxReviewCard, statementReviewCard } from '../../cards/authorisations.ts';
import { choicesCard } from '../../cards/choices.ts';
import { callForHelpCard, helpAnswerCard } from '../../cards/help.ts';
import { historyCard } from '../../cards/history.ts';
import { createWords, type Language } from '../../locales/words.ts';
import type { Account } from '../../partner/accounts.ts';
import { detect } from '../../partner/authorisations.ts';
import { authorisationIds } from '../../partner/company-authorisations.ts';
import { errorCodes } from '../../partner/errors.ts';
import { helpTopics } from '../../partner/help.ts';
import { operationKinds } from '../../partner/kinds.ts';
import { hanoi } from '../helpers/zones.ts';
import type { Sample } from './sample-cards.ts';

/** Cards about the company's authorisations, its history, and help. */
export function houseSamples(language: Language, account: Account): Sample[] {
  const words = createWords(language, hanoi);
  const signs = {
    nothing: { partnerTenantType: undefined, partnerId: 'unknown', agreementSigned: 'unknown' },
    refused: { partnerTenantType: undefined, partnerId: 'refused', agreementSigned: false },
    member: { partnerTenantType: undefined, partnerId: { id: '1' }, agreementSigned: true },
    reseller: { partnerTenantType: 'syndicatePartner', partnerId: 'unknown', agreementSigned: 'unknown' },
  } as const;
  const statedOne = { value: 'on', source: { kind: 'stated', by: account }, at: 0 } as const;
  const authorisations = Object.entries(signs).flatMap(([name, each]) =>
    (['worldwide', '21vianet'] as const).map((cloud) => {
      const found = { ...detect({ cloud, ...each }, 0), subscriptionAdvisor: statedOne };
      const mayName = cloud === 'worldwide';
      const stated = { by: account, byName: 'Hùng', at: 0 };
      const mailbox = {
        ...{ nothing: undefined, refused: { address: 'thu@contoso.example', stated: undefined } },
        ...{ member: { address: 'thu@contoso.example', stated }, reseller: undefined },
      }[name];
      const rights = { mayState: mayName, mayName, tryNonce: mayName && mailbox ? 'nonce' : '' };
      const view = { account, authorisations: found, statedBy: () => 'Lan', mailbox, ...rights };
      return { template: 'authorisations', title: name, card: authorisationsCard(words, view) };
    }),
  );
  const reviews = authorisationIds.map((id) => ({
    template: 'wish-review',
    title: `state ${id}`,
    card: statementReviewCard(words, {
      ...{ account, nonce: 'nonce', problem: '', id, before: 'unknown', after: 'on' as const },
    }),
  }));
  const mailboxes = ['', 'thu@contoso.example'].map((after) => ({
    ...{ template: 'wish-review', title: `mailbox ${after}` },
    card: mailboxReviewCard(words, { account, nonce: 'nonce', problem: '', before: '', after }),
  }));
  const choices = choicesCard(words, {
    frame: { title: words('set-colleague.title') },
    verb: 'set-colleague-choice',
    nonce: 'nonce',
    questions: [
      { id: 'one', label: words('set-colleague.who'), value: '', choices: [{ title: 'Lan', value: '1' }] },
      {
        id: 'two',
        label: words('authorisations.value'),
        value: '1',
        choices: [{ title: 'Lan', value: '1' }],
      },
    ],
    notes: [words('set-colleague.note')],
    proceed: words('button.choose'),
  });
  const verbs = [...operationKinds.keys(), 'reveal-password', 'state-authorisation-on', 'unheard-of'];
  const lines = verbs.flatMap((verb) =>
    (['intended', 'done', 'failed', 'unknown'] as const).map((outcome) => {
      return { at: 0, actorName: outcome === 'done' ? 'Lan' : '', verb, object: 'csp', outcome };
    }),
  );
  const history = [lines, []].flatMap((some) =>
    ['', 'lan'].map((find) => ({
      template: 'history',
      title: `history ${some.length} ${find}`,
      card: historyCard(words, { account, lines: some, find, next: find || undefined, all: find === '' }),
    })),
  );
  const reference = 'ABCD2345';
  const troubles = [
    { reference },
    ...errorCodes.map((code) => ({ reference, code })),
    ...[...operationKinds].flatMap(([kind, { steps }]) =>
      Object.keys(steps).map((step) => ({ reference, kind, step })),
    ),
  ];
  return [
    ...authorisations,
    ...reviews,
    ...mailboxes,
    { template: 'choices', title: 'choices', card: choices },
    ...history,
    ...helpTopics.map((topic) => ({
      template: 'message',
      title: `help ${topic}`,
      card: helpAnswerCard(words, account, { topic, nonce: 'nonce' }),
    })),
    ...troubles.map((trouble) => ({
      template: 'message',
      title: `call ${JSON.stringify(trouble)}`,
      card: callForHelpCard(words, { account, asker: 'Lan', trouble }),
    })),
  ];
}
