import { plain } from '../locales/plain.ts';
import type { Words } from '../locales/words.ts';
import { type Card, type Frame, render } from './render.ts';
import template from './templates/offer-fields.json' with { type: 'json' };

export interface Choice {
  /** As it is shown; names in it are made plain here. */
  title: string;
  value: string;
}

/**
 * One thing that a short form asks for. A number is a text with the keys of a telephone: what is no number yet is kept
 * as it was typed.
 */
export interface Field {
  kind: 'text' | 'long' | 'number' | 'date' | 'choice';
  id: string;
  label: string;
  value: string;
  choices?: readonly Choice[];
}

/** A short form about an offer: its fields in their order, one button, and cancel. */
export function fieldsCard(
  words: Words,
  view: {
    frame: Partial<Frame>;
    /** The form's id and the nonce of this drawing. */
    verb: string;
    nonce: string;
    paragraphs?: readonly string[];
    fields: readonly Field[];
    note?: string;
    proceed: string;
  },
): Card {
  const { frame, verb, nonce, paragraphs = [], fields, note = '', proceed } = view;
  return render(
    template,
    {
      paragraphs: paragraphs.map((text) => ({ text })),
      fields: fields.map(shown),
      note,
      proceed,
      cancel: words('button.cancel'),
      submit: { verb, nonce },
    },
    frame,
  );
}

function shown({ kind, id, label, value, choices = [] }: Field) {
  const field = { id, label, value };
  const none = { texts: [], numbers: [], dates: [], choosers: [] };
  switch (kind) {
    case 'number':
      return { ...none, numbers: [field] };
    case 'date':
      return { ...none, dates: [field] };
    case 'choice':
      return { ...none, choosers: [{ ...field, choices: plainChoices(choices) }] };
    default:
      return { ...none, texts: [{ ...field, long: kind === 'long' }] };
  }
}

/** Titles of choices are drawn as markdown: names in them show as themselves. */
export function plainChoices(choices: readonly Choice[]): Choice[] {
  return choices.map(({ title, value }) => ({ title: plain(title), value }));
}
