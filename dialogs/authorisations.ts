import { z } from 'zod';
import { authorisationsCard, statementReviewCard } from '../cards/authorisations.ts';
import { choicesCard } from '../cards/choices.ts';
import { ownCompany } from '../cards/scope.ts';
import type { AuthorisationId, Authorisations } from '../partner/authorisations.ts';
import { cannotBeKnown, requireCapability } from '../partner/authorise.ts';
import { may } from '../partner/capabilities.ts';
import {
  type AuthorisationStatement,
  afterStatement,
  authorisationIds,
  authorisationNamed,
  statable,
  statementProblem,
  unreadOnes,
} from '../partner/company-authorisations.ts';
import type { CompanyMailbox } from '../partner/company-mailbox.ts';
import { createFlow } from './flow-dialog.ts';
import { createForm } from './form-dialog.ts';
import type { Job, Stage } from './job.ts';
import type { Turn } from './turn.ts';

/**
 * What the company is allowed, and how that is known; `fresh` asks Microsoft now. `mailbox`: as it is named in this turn,
 * which is not stored yet.
 */
export async function showAuthorisations(
  turn: Turn,
  { fresh, cardKey = '', mailbox }: { fresh: boolean; cardKey?: string; mailbox?: NamedNow },
): Promise<void> {
  requireCapability('authorisations', await turn.situation());
  const authorisations = await turn.authorisations({ fresh });
  await show(turn, authorisations, await turn.records.statements(), { cardKey, mailbox });
}

interface NamedNow {
  now: CompanyMailbox | undefined;
}

async function show(
  turn: Turn,
  authorisations: Authorisations,
  statements: readonly AuthorisationStatement[],
  place: { cardKey: string; mailbox?: NamedNow | undefined },
): Promise<void> {
  const mayName = may('state-authorisations', await turn.situation());
  const mayState = mayName && statable(authorisations).length > 0;
  const statedBy = (id: AuthorisationId) => {
    const stated = statements.find(({ authorisation }) => authorisation === id);
    return stated === undefined ? '' : stated.byName || turn.words('person.erased');
  };
  const account = turn.requireAccount();
  const mailbox = place.mailbox === undefined ? await turn.companyMailbox() : place.mailbox.now;
  const card = authorisationsCard(turn.words, {
    ...{ account, authorisations, statedBy, mayState, mailbox, mayName },
    tryNonce: mayName && mailbox !== undefined ? turn.button({ verb: 'company-mailbox-try', args: {} }) : '',
  });
  turn.show(card, { replaces: place.cardKey || undefined });
}

const choice = z.object({
  authorisation: z.enum(authorisationIds as [AuthorisationId, ...AuthorisationId[]], 'form.choose'),
  value: z.enum(['on', 'off'], 'form.choose'),
});
type Statement = z.infer<typeof choice>;

/** Asked of Microsoft at each step: what it shows meanwhile is not overruled. */
async function problemOf(turn: Turn, { authorisation, value }: Statement): Promise<string | undefined> {
  requireCapability('state-authorisations', await turn.situation());
  const problem = statementProblem(await turn.authorisations({ fresh: true }), authorisation, value);
  const name = turn.words(`authorisation.${authorisation}`);
  return problem === undefined ? undefined : turn.words(`authorisations.problem.${problem}`, { name });
}

const choose = createForm({
  id: 'state-authorisation-choice',
  inputs: choice,
  labels: { authorisation: 'authorisations.which', value: 'authorisations.value' },
  async card(turn, _options: object, { nonce, typed, problem }) {
    const { words } = turn;
    const open = statable(await turn.authorisations());
    return choicesCard(words, {
      frame: {
        ...ownCompany(words, turn.account),
        title: words('authorisations.state-title'),
        intro: words('authorisations.state-intro'),
        problem,
      },
      verb: 'state-authorisation-choice',
      nonce,
      questions: [
        {
          id: 'authorisation',
          label: words('authorisations.which'),
          value: typed['authorisation'] ?? open[0] ?? '',
          choices: open.map((id) => ({ title: words(`authorisation.${id}`), value: id })),
        },
        {
          id: 'value',
          label: words('authorisations.value'),
          value: typed['value'] ?? '',
          choices: (['on', 'off'] as const).map((value) => ({
            title: words(`authorisations.${value}`),
            value,
          })),
        },
      ],
      notes: [words('authorisations.state-note')],
      proceed: words('button.continue'),
    });
  },
  check: (turn, _options, values) => problemOf(turn, values),
});

const review = createForm({
  id: 'state-authorisation-review',
  inputs: z.object({}),
  labels: {},
  async card(turn, { authorisation: id, value }: Statement, { nonce, problem }) {
    const before = authorisationNamed(await turn.authorisations(), id).value;
    const { words, account } = turn;
    return statementReviewCard(words, { account, nonce, problem, id, before, after: value });
  },
  check: (turn, statement) => problemOf(turn, statement),
});

const state = createFlow<Statement>({
  id: 'state-authorisation',
  async start(turn) {
    requireCapability('state-authorisations', await turn.situation());
    return { authorisation: 'deliver-services', value: 'off' };
  },
  steps: [
    {
      form: 'state-authorisation-choice',
      options: async () => ({}),
      take: async (_turn, _data, values) => choice.parse(values),
    },
    {
      form: 'state-authorisation-review',
      options: async (_turn, data) => data,
      take: async (_turn, data) => data,
    },
  ],
  async finish(turn, { authorisation, value }, cardKey) {
    const { tenantId, objectId, displayName } = turn.requireAccount();
    const by = { tenantId, objectId };
    const statement = { company: tenantId, authorisation, value, by, byName: displayName, at: turn.now };
    turn.records.state(statement);
    const others = (await turn.records.statements()).filter((each) => each.authorisation !== authorisation);
    const after = afterStatement(await turn.authorisations(), statement);
    await show(turn, after, [...others, statement], { cardKey });
  },
});

async function beginStatement(turn: Turn, stage: Stage): Promise<void> {
  requireCapability('state-authorisations', await turn.situation());
  const authorisations = await turn.authorisations();
  if (statable(authorisations).length > 0) return stage.begin('state-authorisation', {});
  const [unread] = Object.values(unreadOnes(authorisations));
  if (unread !== undefined) throw cannotBeKnown(unread);
  const reference = turn.reference({ problem: 'authorisations.nothing-open' });
  turn.say(`${turn.words('authorisations.nothing-open')} ${turn.words('error.reference', { reference })}`);
}

export const authorisationsJob: Job = {
  dialogs: [state, choose, review],
  commands: { authorisations: (turn) => showAuthorisations(turn, { fresh: false }) },
  presses: {
    'authorisations-fresh': (turn) => showAuthorisations(turn, { fresh: true }),
    'state-authorisation': beginStatement,
  },
};
