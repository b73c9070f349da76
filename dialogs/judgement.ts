import type { TurnContext } from 'botbuilder';
import type { JsonObject } from '../partner/operations.ts';

/** Why a button does nothing: pressed before, gone or of another chat, over its age, or of another account. */
export type Refusal = 'used' | 'old' | 'too-old' | 'other-account';

/** What is known of a button that may be used now. */
interface Usable {
  args: JsonObject;
  /** Uses it up together with what this turn records. */
  use(): void;
}

/** `args`: only where the button is this person's own. */
export type Verdict = Usable | { refused: Refusal; args?: JsonObject };

/** Judges verb, shape, person, account, company, age and use. `forEverybody`: a sign-in may have come after it. */
export type Judge = (button: {
  nonce: string | undefined;
  verb: string;
  forEverybody: boolean;
}) => Promise<Verdict>;

const yes: unique symbol = Symbol('consent');

/** That a person has just said yes, once. Nothing is recorded without it, and only this file can make one. */
export interface Consent {
  readonly [yes]: true;
}

/** A single-use button that was found good: what it stood for, kept on the server. */
export interface Judged {
  args: JsonObject;
  consent: Consent;
}

export type Refused = Extract<Verdict, { refused: Refusal }>;

const judgeKey = Symbol('judge');
const answerKey = Symbol('answer');

export function putJudge(context: TurnContext, judge: Judge): void {
  context.turnState.set(judgeKey, judge);
}

/** What would be said of this button; nothing is used up by it. */
export function lookAtButton(context: TurnContext, button: Parameters<Judge>[0]): Promise<Verdict> {
  const judge = context.turnState.get<Judge | undefined>(judgeKey);
  if (judge === undefined) throw new Error('a button was judged outside a turn');
  return judge(button);
}

/** The one place in which a press becomes a consent: a button that is good is used up by it. */
export async function judgePress(
  context: TurnContext,
  button: Parameters<Judge>[0],
): Promise<Judged | Refused> {
  const verdict = await lookAtButton(context, button);
  if ('refused' in verdict) return verdict;
  verdict.use();
  return { args: verdict.args, consent: { [yes]: true } };
}

/** Hands a judged answer to the open form, which takes no other. */
export function putAnswer(context: TurnContext, { consent }: Judged): void {
  context.turnState.set(answerKey, consent);
}

export function answerOf(context: TurnContext): Consent | undefined {
  return context.turnState.get<Consent | undefined>(answerKey);
}
