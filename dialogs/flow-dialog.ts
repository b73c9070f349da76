import { Dialog, type DialogContext, type DialogReason, type DialogTurnResult } from 'botbuilder-dialogs';
import { PartnerError } from '../partner/errors.ts';
import type { FormResult } from './form-dialog.ts';
import type { Consent } from './judgement.ts';
import { showRefusal } from './refusal.ts';
import { type Turn, turnOf } from './turn.ts';

/** One step of a flow: which form is shown with what, and what its values add to what is known. */
export interface FlowStep<Data extends object> {
  form: string;
  options(turn: Turn, data: Data): Promise<object>;
  take(turn: Turn, data: Data, values: unknown): Promise<Data>;
}

/** The order of questions. "Back" goes one step back, a changed account starts again with fresh forms. */
export interface Flow<Data extends object> {
  id: string;
  /** Begins with what the person brought along; throws PartnerError when they may not. */
  start(turn: Turn, brought: object): Promise<Data>;
  steps: readonly FlowStep<Data>[];
  /** What the last confirm does; `cardKey` is the card that its result takes the place of. */
  finish(turn: Turn, data: Data, cardKey: string, consent: Consent): Promise<void>;
  /** For a flow about something that another account may not know: shown instead of beginning again. */
  outdated?(turn: Turn): Promise<void>;
}

interface FlowState<Data> {
  data: Data;
  at: number;
  /** The card that is open now; each step takes the place of the one before. */
  cardKey: string;
}

export function createFlow<Data extends object>(flow: Flow<Data>): Dialog {
  return new FlowDialog(flow);
}

class FlowDialog<Data extends object> extends Dialog {
  readonly #flow: Flow<Data>;

  constructor(flow: Flow<Data>) {
    super(flow.id);
    this.#flow = flow;
  }

  override async beginDialog(dc: DialogContext, options?: object): Promise<DialogTurnResult> {
    const state = dc.activeDialog?.state as FlowState<Data>;
    state.data = await this.#flow.start(turnOf(dc.context), options ?? {});
    state.at = 0;
    state.cardKey = '';
    return this.#ask(dc, state);
  }

  override async resumeDialog(
    dc: DialogContext,
    _reason: DialogReason,
    result?: FormResult<unknown>,
  ): Promise<DialogTurnResult> {
    const turn = turnOf(dc.context);
    const state = dc.activeDialog?.state as FlowState<Data>;
    if (result === undefined) return dc.endDialog();
    state.cardKey = result.cardKey;
    if ('outdated' in result) {
      const reference = turn.reference({ flow: this.id, problem: 'form.outdated' });
      turn.say(`${turn.words('form.outdated')} ${turn.words('error.reference', { reference })}`);
      if (this.#flow.outdated !== undefined) {
        await this.#flow.outdated(turn);
        return dc.endDialog();
      }
      return this.#startAgain(dc, state);
    }
    if ('back' in result) {
      state.at = Math.max(0, state.at - 1);
      return this.#ask(dc, state);
    }
    const step = this.#flow.steps[state.at];
    if (step !== undefined) state.data = await step.take(turn, state.data, result.values);
    state.at += 1;
    if (state.at < this.#flow.steps.length) return this.#ask(dc, state);
    await this.#flow.finish(turn, state.data, state.cardKey, result.consent);
    return dc.endDialog();
  }

  /** For another account, which perhaps may not do this: then it is told why, in its own name. */
  async #startAgain(dc: DialogContext, state: FlowState<Data>): Promise<DialogTurnResult> {
    const turn = turnOf(dc.context);
    try {
      state.data = await this.#flow.start(turn, {});
    } catch (error) {
      if (!(error instanceof PartnerError) || error.code === 'sign-in-needed') throw error;
      await showRefusal(turn, error);
      return dc.endDialog();
    }
    state.at = 0;
    state.cardKey = '';
    return this.#ask(dc, state);
  }

  async #ask(dc: DialogContext, state: FlowState<Data>): Promise<DialogTurnResult> {
    const turn = turnOf(dc.context);
    const step = this.#flow.steps[state.at];
    if (step === undefined) throw new Error('a flow has no question');
    const options = await step.options(turn, state.data);
    return dc.beginDialog(step.form, { options, replaces: state.cardKey || undefined });
  }
}
