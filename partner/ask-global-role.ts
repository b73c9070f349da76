import type { DelegationTerms } from './delegations.ts';
import { type OperationKind, requireText, type StepDefinition } from './operation-kinds.ts';
import { type JsonObject, newStep } from './operations.ts';

/** What a second person looks at before a client is asked for the Global Administrator role. */
export interface AskGlobalRoleWish extends JsonObject {
  offerId: string;
  /** Company as the offer names it; '' for whoever has the link. */
  clientName: string;
  terms: DelegationTerms;
  /** Tells offer, client and terms apart; together with `attempt` it names the operation. */
  key: string;
  /** Counts from 0: what was declined or withdrawn may be asked for once more. */
  attempt: number;
}

const wishOf = (args: JsonObject) => args as AskGlobalRoleWish;

/** Id of the operation that asks for it so, so that a draft finds its own answer. */
export const askGlobalRoleId = ({ key, attempt }: Pick<AskGlobalRoleWish, 'key' | 'attempt'>) =>
  `global-role.${key}.${attempt}`;

/** Nothing is written at Microsoft: that it was done is the second person's yes, and the offer goes out by a press. */
const agreedStep: StepDefinition = {
  id: 'second-look',
  run: async () => ({}),
  find: async () => ({ happened: true, result: {} }),
};

/** The second person's yes to offering a client a delegation that holds Global Administrator. */
export const askGlobalRoleKind: OperationKind = {
  kind: 'ask-global-role',
  schema: 1,
  needs: () => ['delegate-global'],
  plan: () => [newStep('second-look')],
  steps: { 'second-look': agreedStep },
  object: (args) => requireText(wishOf(args).offerId, 'offerId'),
  idOf: (args) => askGlobalRoleId(wishOf(args)),
};
