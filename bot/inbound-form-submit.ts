import type { Activity } from 'botframework-schema';
import { cleanJson } from './inbound-clean.ts';

/** A pressed button with the card's inputs, the same from every client. All of it is untrusted. */
export interface FormSubmit {
  verb: string;
  nonce: string | undefined;
  /** By input id, as the client sent them: Input.Number comes as text, a Toggle as its value's text. */
  inputs: Record<string, unknown>;
  via: 'submit' | 'execute';
}

const verbShape = /^[a-z0-9][a-z0-9./:-]{0,99}$/i;
const nonceShape = /^[\w-]{1,200}$/;
const maxInputs = 200;
const maxIdLength = 200;

/** Keys of the card's data that are not inputs. `msteams` steers the client. */
const notInputs = new Set(['verb', 'nonce', 'msteams']);

/**
 * Action.Submit (a message with an object and no text) and Action.Execute (an invoke) as one thing;
 * undefined when the activity is neither or names no usable verb. Throws nothing. An input that is nested
 * deeper than 4 levels or holds more than 500 values is left out, as are inputs beyond 200: the form then
 * says what is missing. Long texts are kept for the form to refuse with a sentence.
 */
export function toFormSubmit(activity: Activity): FormSubmit | undefined {
  if (activity.type === 'message') return fromSubmit(activity);
  if (activity.type === 'invoke' && activity.name === 'adaptiveCard/action') return fromExecute(activity);
  return undefined;
}

/**
 * Whether the activity is a press of a card although nothing in it can be used: a changed or foreign card.
 * The person is told then, instead of hearing nothing.
 */
export function isUnreadablePress(activity: Activity): boolean {
  if (toFormSubmit(activity) !== undefined) return false;
  if (activity.type === 'invoke') return activity.name === 'adaptiveCard/action';
  const saysSomething = (activity.text ?? '').trim() !== '' || (activity.attachments ?? []).length > 0;
  const { value } = activity;
  return activity.type === 'message' && !saysSomething && value !== undefined && value !== null;
}

function fromSubmit(activity: Activity): FormSubmit | undefined {
  const saysSomething = (activity.text ?? '').trim() !== '';
  if (saysSomething || !isRecord(activity.value)) return undefined;
  return formSubmit(activity.value['verb'], activity.value, 'submit');
}

function fromExecute(activity: Activity): FormSubmit | undefined {
  const action: unknown = isRecord(activity.value) ? activity.value['action'] : undefined;
  if (!isRecord(action)) return undefined;
  const data = isRecord(action['data']) ? action['data'] : {};
  return formSubmit(action['verb'] || data['verb'], data, 'execute');
}

function formSubmit(
  verb: unknown,
  data: Record<string, unknown>,
  via: FormSubmit['via'],
): FormSubmit | undefined {
  if (typeof verb !== 'string' || !verbShape.test(verb)) return undefined;
  const { nonce } = data;
  return {
    verb,
    nonce: typeof nonce === 'string' && nonceShape.test(nonce) ? nonce : undefined,
    inputs: inputsOf(data),
    via,
  };
}

function inputsOf(data: Record<string, unknown>): Record<string, unknown> {
  const inputs: Record<string, unknown> = {};
  const top = Object.entries(data).filter(([key]) => !notInputs.has(key) && key.length <= maxIdLength);
  for (const [key, value] of top.slice(0, maxInputs)) {
    const clean = cleanJson({ [key]: value }, { depth: 5, nodes: 500 });
    if (isRecord(clean)) Object.assign(inputs, clean);
  }
  return inputs;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
