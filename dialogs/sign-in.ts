import type { TurnContext } from 'botbuilder';
import { Dialog, type DialogContext, type DialogInstance, type DialogTurnResult } from 'botbuilder-dialogs';
import { signInCard } from '../cards/sign-in.ts';
import { type Input, type SignInLink, type Turn, turnOf } from './turn.ts';

/** What a person did before they had to sign in; it is done afterwards. */
export interface SignInOptions {
  pending?: Input;
  /** Why it has to be again, for the card. */
  problem?: string;
  /** It proves who gives an answer for a company: no failure, and told as none. */
  toAnswer?: true;
}

/** How a sign-in ended: with the input to go on with, if there was one. */
export interface SignInResult {
  pending: Input | undefined;
  /** The sign-in card, to put what comes next in its place. */
  cardKey: string;
}

interface SignInState {
  pending: Input | null;
  links: SignInLink[];
  cardKey: string;
  toAnswer: boolean;
}

/**
 * Shows the way to Microsoft's sign-in page and takes the 6-digit code that proves whose chat it is. A right code is
 * stored by itself; the dialog ends on the event that follows it, or that comes from a browser.
 */
export class SignInDialog extends Dialog<SignInOptions> {
  constructor() {
    super('sign-in');
  }

  override async beginDialog(dc: DialogContext, options?: SignInOptions): Promise<DialogTurnResult> {
    const state = dc.activeDialog?.state as SignInState;
    state.pending = options?.pending ?? null;
    state.cardKey = '';
    state.toAnswer = options?.toAnswer === true;
    await this.#newLink(turnOf(dc.context), state, options?.problem ?? '');
    return Dialog.EndOfTurn;
  }

  override async continueDialog(dc: DialogContext): Promise<DialogTurnResult> {
    const turn = turnOf(dc.context);
    const state = dc.activeDialog?.state as SignInState;
    if (isFinished(dc.context))
      return dc.endDialog({ pending: state.pending ?? undefined, cardKey: state.cardKey });
    const typed = turn.input.submit?.inputs['code'] ?? turn.input.text;
    const code = codeIn(String(typed));
    const outcome = code === undefined ? 'wrong' : await turn.chat.enterCode(code);
    // Who types is at the end of the chat, and the card may be far above: the answer comes where they look.
    if (turn.input.submit === undefined && outcome !== 'signed-in') state.cardKey = '';
    switch (outcome) {
      case 'signed-in':
        break;
      case 'not-yet':
        this.#draw(turn, state, turn.words('sign-in.no-code-yet'));
        break;
      case 'wrong':
      case 'hourly':
        this.#draw(turn, state, refused(turn, `sign-in.${outcome}`));
        break;
      case 'too-often':
      case 'expired':
        await this.#newLink(turn, state, refused(turn, `sign-in.${outcome}`));
        break;
    }
    return Dialog.EndOfTurn;
  }

  override async repromptDialog(context: TurnContext, instance: DialogInstance): Promise<void> {
    this.#draw(turnOf(context), instance.state as SignInState, '');
  }

  async #newLink(turn: Turn, state: SignInState, problem: string): Promise<void> {
    const links = await turn.chat.beginSignIn();
    state.links = links === 'too-often' ? [] : links;
    this.#draw(turn, state, links === 'too-often' ? refused(turn, 'sign-in.begun-too-often') : problem);
  }

  #draw(turn: Turn, state: SignInState, problem: string): void {
    const { links, pending, toAnswer } = state;
    const card = signInCard(turn.words, { links, problem, goesOn: pending !== null, toAnswer });
    state.cardKey = turn.show(card, { replaces: state.cardKey || undefined });
  }
}

/** Six digits, whatever stands around and between them: "714 207.", "mã: 714-207". */
export function codeIn(typed: string): string | undefined {
  const text = typed.normalize('NFKC').trim();
  const digits = text.replaceAll(/\D/g, '');
  const isOneNumber = /^\D*(?:\d[\s.,·-]*){6}\D*$/u.test(text.slice(0, longestTyped));
  return digits.length === 6 && text.length <= longestTyped && isOneNumber ? digits : undefined;
}

/** Somebody who types more than this says something else. */
const longestTyped = 40;

/** Somebody has signed in and that is stored: by a code typed here, or in a browser where Teams has proved the person. */
export const signInFinishedEvent = 'sign-in/finished';

function isFinished(context: TurnContext): boolean {
  return context.activity.type === 'event' && context.activity.name === signInFinishedEvent;
}

type Refusal = 'wrong' | 'hourly' | 'too-often' | 'expired' | 'begun-too-often';

function refused(turn: Turn, key: `sign-in.${Refusal}`): string {
  const reference = turn.reference({ form: 'sign-in', problem: key });
  return `${turn.words(key)} ${turn.words('error.reference', { reference })}`;
}
