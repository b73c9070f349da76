import type { TurnContext } from 'botbuilder';
import type { Card } from '../cards/render.ts';
import type { Words } from '../locales/words.ts';
import type { Account } from '../partner/accounts.ts';
import type { Situation } from '../partner/capabilities.ts';
import type { Directory } from '../partner/directory.ts';
import type { JsonObject, Operation } from '../partner/operations.ts';

/** What a person sent with a button: Action.Submit and Action.Execute look the same here. All of it is untrusted. */
export interface FormSubmit {
  verb: string;
  nonce: string | undefined;
  inputs: Readonly<Record<string, unknown>>;
}

export interface Input {
  /** Typed text without mentions; empty for a press. */
  text: string;
  submit: FormSubmit | undefined;
}

/** What a single-use button stands for; it stays on the server. */
export interface ButtonMeaning {
  verb: string;
  args: JsonObject;
}

/**
 * One message or press, as conversations see it. Everything said or recorded here is gathered
 * and takes effect in one commit after the turn; a throw means the turn did not happen.
 */
export interface Turn {
  readonly input: Input;
  /** Goes on as if this had been said now, e.g. what a person did before they had to sign in. */
  replay(input: Input): void;
  /** Domain time, ms. */
  readonly now: number;
  /** In the language chosen last; `undefined` language means both are shown. */
  readonly words: Words;
  readonly account: Account | undefined;
  /** The signed-in account, or PartnerError `sign-in-needed`. */
  requireAccount(): Account;
  /** The signed-in person's own directory; throws `sign-in-needed`. Reads share the turn's time. */
  directory(): Directory;
  /** The person's rights, read from Microsoft once per turn. */
  situation(): Promise<Situation>;
  say(text: string): void;
  /** Shows a card; `replaces` names an earlier one that it takes the place of. Returns the card's key. */
  show(card: Card, place?: { key?: string; replaces?: string | undefined }): string;
  newId(): string;
  /** A short number that a person can quote; these facts are in the log under it. */
  reference(facts: object): string;
  /** Makes a single-use button and returns its nonce. */
  button(meaning: ButtonMeaning): string;
  /** Takes a button: its meaning, or why it can no longer be used. Marks it used when this turn commits. */
  press(nonce: string | undefined, verb: string): Promise<JsonObject | 'used' | 'unknown'>;
  /** Records a new operation with its audit row and the job that runs it. */
  record(operation: Operation, object: string): void;
  /** Stores a changed operation (e.g. tried again) and has it run. */
  resume(operation: Operation): void;
  findOperation(id: string): Promise<Operation | undefined>;
  readonly chat: ChatSide;
}

/** The chat person's own side: language, sign-in, 1:1 or group. */
export interface ChatSide {
  readonly personKey: string;
  readonly language: 'vi' | 'en';
  readonly languageChosen: boolean;
  readonly personal: boolean;
  /** Whether the bilingual welcome was shown to this person before. */
  readonly welcomed: boolean;
  markWelcomed(): void;
  chooseLanguage(language: 'vi' | 'en'): void;
  /** Starts a sign-in and returns the address to open; earlier open ones of this person end. */
  beginSignIn(): Promise<string>;
  /** Checks the 6-digit code of a sign-in that waits for it. */
  enterCode(code: string): Promise<'signed-in' | 'not-yet' | 'wrong' | 'too-often' | 'expired'>;
  /** Forgets the account in this chat and its stored tokens. */
  signOut(): void;
}

const turnKey = Symbol('turn');

export function putTurn(context: TurnContext, turn: Turn): void {
  context.turnState.set(turnKey, turn);
}

export function turnOf(context: TurnContext): Turn {
  const turn = context.turnState.get<Turn | undefined>(turnKey);
  if (turn === undefined) throw new Error('a dialog ran outside a turn');
  return turn;
}
