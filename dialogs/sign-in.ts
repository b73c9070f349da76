import type { TurnContext } from 'botbuilder';
import { Dialog, type DialogContext, type DialogInstance, type DialogTurnResult } from 'botbuilder-dialogs';
import { signInCard } from '../cards/sign-in.ts';
import { type Input, type SignInLink, type Turn, turnOf } from './turn.ts';

/** What a person did before they had to sign in; it is done afterwards. */
export interface SignInOptions {
  pending?: Input;
  /** Why it has to be again, for the card. */
  problem?: string;
}

/** How a sign-in ended: with the input to go on with, if there was one. */
export interface SignInResult {
  signedIn: boolean;
  pending: Input | undefined;
  /** The sign-in card, to put what comes next in its place. */
  cardKey: string;
}

interface SignInState {
  pending: Input | null;
  links: SignInLink[];
  cardKey: string;
}

/** Shows the way to Microsoft's sign-in page and takes the 6-digit code that proves whose chat it is. */
export class SignInDialog extends Dialog<SignInOptions> {
  constructor() {
    super('sign-in');
  }

  override async beginDialog(dc: DialogContext, options?: SignInOptions): Promise<DialogTurnResult> {
    const state = dc.activeDialog?.state as SignInState;
    state.pending = options?.pending ?? null;
    state.cardKey = '';
    await this.#newLink(turnOf(dc.context), state, options?.problem ?? '');
    return Dialog.EndOfTurn;
  }

  override async continueDialog(dc: DialogContext): Promise<DialogTurnResult> {
    const turn = turnOf(dc.context);
    const state = dc.activeDialog?.state as SignInState;
    if (isFinishedElsewhere(dc.context))
      return dc.endDialog({ signedIn: true, pending: state.pending ?? undefined, cardKey: state.cardKey });
    const typed = turn.input.submit?.inputs['code'] ?? turn.input.text;
    const code = String(typed).replaceAll(/\D/g, '');
    const outcome = code.length === 6 ? await turn.chat.enterCode(code) : 'wrong';
    switch (outcome) {
      case 'signed-in':
        return dc.endDialog({ signedIn: true, pending: state.pending ?? undefined, cardKey: state.cardKey });
      case 'not-yet':
        this.#draw(turn, state, turn.words('sign-in.no-code-yet'));
        break;
      case 'wrong':
        this.#draw(turn, state, refused(turn, 'sign-in.wrong-code'));
        break;
      case 'too-often':
        await this.#newLink(turn, state, refused(turn, 'sign-in.too-often'));
        break;
      case 'expired':
        await this.#newLink(turn, state, refused(turn, 'sign-in.expired'));
        break;
    }
    return Dialog.EndOfTurn;
  }

  override async repromptDialog(context: TurnContext, instance: DialogInstance): Promise<void> {
    this.#draw(turnOf(context), instance.state as SignInState, '');
  }

  async #newLink(turn: Turn, state: SignInState, problem: string): Promise<void> {
    state.links = await turn.chat.beginSignIn();
    this.#draw(turn, state, problem);
  }

  #draw(turn: Turn, state: SignInState, problem: string): void {
    const card = signInCard(turn.words, { links: state.links, problem, goesOn: state.pending !== null });
    state.cardKey = turn.show(card, { replaces: state.cardKey || undefined });
  }
}

/** The event that the callback page queues when no code is needed (Teams proved the person already). */
export const signInFinishedEvent = 'sign-in/finished';

function isFinishedElsewhere(context: TurnContext): boolean {
  return context.activity.type === 'event' && context.activity.name === signInFinishedEvent;
}

function refused(turn: Turn, key: 'sign-in.wrong-code' | 'sign-in.too-often' | 'sign-in.expired'): string {
  const reference = turn.reference({ form: 'sign-in', problem: key });
  return `${turn.words(key)} ${turn.words('error.reference', { reference })}`;
}
