import { authorisationsCard, mailboxReviewCard, statementReviewCard } from '../../cards/authorisations.ts';
import { choicesCard } from '../../cards/choices.ts';
import { callForHelpCard, helpAnswerCard } from '../../cards/help.ts';
import { historyCard } from '../../cards/history.ts';
import type { Act } from '../../cards/history-words.ts';
import { createWords, type Language } from '../../locales/words.ts';
import type { Account } from '../../partner/accounts.ts';
import type { AuditRow } from '../../partner/audit-row.ts';
import { detect } from '../../partner/authorisations.ts';
import { authorisationIds } from '../../partner/company-authorisations.ts';
import { errorCodes } from '../../partner/errors.ts';
import { helpTopics } from '../../partner/help.ts';
import { operationKinds } from '../../partner/kinds.ts';
import { offerEventKinds } from '../../partner/offers.ts';
import { hanoi } from '../helpers/zones.ts';
import type { Sample } from './sample-cards.ts';

/** Each kind of act with each end that it can have; of clients, of staff, of the clock, and of who is forgotten. */
function historyActs(account: Account): Act[] {
  const known: Record<string, AuditRow['details']> = {
    'change-licences': { schema: 1, args: { add: ['sku-1'], remove: ['sku-2'] } },
    'change-support': { schema: 1, args: { from: 'none', to: 'full', clients: 3 } },
    'grant-role': { schema: 2, args: { role: 'of another version' } },
  };
  const verbs = [
    ...operationKinds.keys(),
    ...offerEventKinds.flatMap((kind) => [kind, `offer-${kind}`]),
    ...[
      'reveal-password',
      'state-authorisation-on',
      'confirm-company',
      'forget-me',
      'state-zone',
      'set-company-mailbox',
      'answer-company-wrong',
      'tick-keys',
      'unheard-of',
    ],
  ];
  return verbs.flatMap((verb) =>
    (['intended', 'done', 'failed', 'unknown', 'obsolete'] as const).map((outcome): Act => {
      const row: AuditRow = {
        ...{
          id: verb,
          at: 0,
          operationId: operationKinds.has(verb) ? 'o' : '',
          actor: account,
          company: 'c',
        },
        ...{ client: outcome === 'unknown' ? 'd' : '', verb, object: outcome === 'done' ? 'csp' : '' },
        ...{
          outcome: 'intended',
          continues: false,
          details: { ...known[verb], step: 'keys' },
          personal: null,
        },
      };
      const end: AuditRow = {
        ...{ ...row, outcome, continues: true, details: { reason: 'approval-expired' } },
        personal: verb === 'send-mail' ? { args: { from: 'offers@contoso.example' } } : null,
      };
      const actor = outcome === 'failed' ? null : account;
      const isAct = operationKinds.has(verb);
      const act = isAct
        ? row
        : { ...row, outcome: 'done' as const, personal: { object: 'lan@contoso.example' } };
      return {
        ...act,
        actor,
        actorName: outcome === 'done' ? 'Lan' : '',
        ofOperation: isAct ? [row, end] : [],
      };
    }),
  );
}

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
  const acts = historyActs(account);
  const history = [acts, []].flatMap((some) =>
    ['', 'lan'].map((find) => ({
      template: 'history',
      title: `history ${some.length} ${find}`,
      card: historyCard(words, language, {
        ...{ account, acts: some, find, before: find || undefined, all: find === '', mails: find !== '' },
      }),
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
