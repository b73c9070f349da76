import type { TurnContext } from 'botbuilder';
import { Dialog, type DialogContext, type DialogInstance, type DialogTurnResult } from 'botbuilder-dialogs';
import type { z } from 'zod';
import type { Card } from '../cards/render.ts';
import type { MessageKey } from '../locales/words.ts';
import { accountKey } from '../partner/accounts.ts';
import { answerOf, type Consent } from './judgement.ts';
import { type Turn, turnOf } from './turn.ts';

/** What a form's card needs to draw itself, again and again until it is answered. */
export interface FormView {
  nonce: string;
  /** What was typed at the last try, by input id; empty at first. */
  typed: Readonly<Record<string, string>>;
  /** A sentence that says what to mend, or ''. */
  problem: string;
}

/**
 * How a form ended: with its values and the consent that lies in its answer, with "back", or because the account changed
 * under it. `cardKey` is its card.
 */
export type FormResult<Values> = (
  | { values: Values; consent: Consent }
  | { back: true }
  | { outdated: true }
) & {
  cardKey: string;
};

/** How a form begins; its card takes the place of an earlier one where the chat can do that. */
export interface FormBegin<Options extends object> {
  options: Options;
  replaces?: string | undefined;
}

/** One card, one submit, one typed result. `id` is the dialog id, the card's verb and the stem of its words. */
export interface Form<Options extends object, Values> {
  id: string;
  /** Schema of the card's inputs; messages of its issues are message keys. */
  inputs: z.ZodType<Values>;
  /** Label of each input, to name it in a sentence. */
  labels: Readonly<Record<string, MessageKey>>;
  card(turn: Turn, options: Options, view: FormView): Promise<Card>;
  /** Inputs of its card whose value may be emptied: many clients leave an empty one out, so it then counts as ''. */
  shown?(options: Options): readonly string[];
  /** Typed text that answers this form without its card. */
  fromText?(text: string): Readonly<Record<string, unknown>>;
  /** What the schema cannot know; a sentence asks for the form again. */
  check?(turn: Turn, options: Options, values: Values): Promise<string | undefined>;
}

interface FormState<Options> {
  options: Options;
  nonce: string;
  cardKey: string;
  accountKey: string;
  typed: Record<string, string>;
}

export function createForm<Options extends object, Values>(
  form: Form<Options, Values>,
): Dialog<FormBegin<Options>> {
  return new FormDialog(form);
}

/** Whether this dialog is a form that the typed text answers. */
export function takesText(dialog: Dialog | undefined, text: string): boolean {
  return dialog instanceof FormDialog && dialog.takesText(text);
}

/** Nothing that a person types is longer; the schema of the field says the real bound. */
const keptCharacters = 500;

class FormDialog<Options extends object, Values> extends Dialog<FormBegin<Options>> {
  readonly #form: Form<Options, Values>;

  constructor(form: Form<Options, Values>) {
    super(form.id);
    this.#form = form;
  }

  override async beginDialog(dc: DialogContext, begin?: FormBegin<Options>): Promise<DialogTurnResult> {
    const turn = turnOf(dc.context);
    const state = dc.activeDialog?.state as FormState<Options>;
    state.options = begin?.options ?? ({} as Options);
    state.accountKey = whose(turn);
    state.typed = {};
    state.cardKey = begin?.replaces ?? '';
    await this.#draw(turn, state, '');
    return Dialog.EndOfTurn;
  }

  override async continueDialog(dc: DialogContext): Promise<DialogTurnResult> {
    const turn = turnOf(dc.context);
    const state = dc.activeDialog?.state as FormState<Options>;
    const consent = answerOf(dc.context);
    const inputs = consent && this.#answer(turn, state);
    if (consent === undefined || inputs === undefined) {
      await this.#draw(turn, { ...state, cardKey: '' }, turn.words('form.waiting'), state);
      return Dialog.EndOfTurn;
    }
    const { cardKey } = state;
    state.typed = textsOf(inputs);
    const parsed = this.#form.inputs.safeParse(inputs);
    const problem = parsed.success
      ? await this.#form.check?.(turn, state.options, parsed.data)
      : this.#explain(turn, parsed.error, inputs);
    if (problem === undefined && parsed.success)
      return this.#end(dc, { values: parsed.data, consent, cardKey });
    const reference = turn.reference({ form: this.#form.id, problem });
    const words = `${problem ?? ''} ${turn.words('error.reference', { reference })}`;
    await this.#draw(turn, state, words);
    return Dialog.EndOfTurn;
  }

  /** Draws the open card again in its place, e.g. after a change of language. */
  override async repromptDialog(context: TurnContext, instance: DialogInstance): Promise<void> {
    await this.#draw(turnOf(context), instance.state as FormState<Options>, '');
  }

  override async resumeDialog(dc: DialogContext): Promise<DialogTurnResult> {
    await this.#draw(turnOf(dc.context), dc.activeDialog?.state as FormState<Options>, '');
    return Dialog.EndOfTurn;
  }

  /** Whether what was typed answers this form without its card. */
  takesText(text: string): boolean {
    return text !== '' && this.#form.fromText?.(text) !== undefined;
  }

  #answer(turn: Turn, state: FormState<Options>): Readonly<Record<string, unknown>> | undefined {
    const { submit, text } = turn.input;
    if (submit === undefined) return this.#form.fromText?.(text);
    const empty = (this.#form.shown?.(state.options) ?? []).map((id) => [id, '']);
    return { ...Object.fromEntries(empty), ...submit.inputs };
  }

  #end(dc: DialogContext, result: FormResult<Values>): Promise<DialogTurnResult> {
    return dc.endDialog(result);
  }

  async #draw(turn: Turn, from: FormState<Options>, problem: string, into = from): Promise<void> {
    if (from.accountKey !== whose(turn)) throw new Error('a form was drawn for another account');
    const nonce = turn.button({ verb: this.#form.id, args: {} });
    const card = await this.#form.card(turn, from.options, { nonce, typed: from.typed, problem });
    into.nonce = nonce;
    into.cardKey = turn.show(card, { replaces: from.cardKey || undefined });
  }

  #explain(turn: Turn, error: z.ZodError<Values>, inputs: Readonly<Record<string, unknown>>): string {
    const issue = error.issues[0];
    const id = String(issue?.path[0] ?? '');
    const label = this.#form.labels[id];
    const name = label === undefined ? id : turn.words(label);
    const given = inputs[id];
    const length = typeof given === 'string' ? given.length : 0;
    const key = issueKeys.find((candidate) => candidate === issue?.message) ?? 'form.invalid';
    const max = issue?.code === 'too_big' ? Number(issue.maximum) : 0;
    return turn.words(key, { name, length, max });
  }
}

const issueKeys = [
  'form.missing',
  'form.too-long',
  'form.invalid',
  'form.choose',
] as const satisfies MessageKey[];

const whose = (turn: Turn) => (turn.account === undefined ? '' : accountKey(turn.account));

function textsOf(inputs: Readonly<Record<string, unknown>>): Record<string, string> {
  const texts = Object.entries(inputs).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return Object.fromEntries(texts.map(([id, text]) => [id, text.slice(0, keptCharacters)]));
}
