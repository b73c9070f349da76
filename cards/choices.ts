import type { Words } from '../locales/words.ts';
import { type Card, type Frame, render } from './render.ts';
import template from './templates/choices.json' with { type: 'json' };

export interface Question {
  id: string;
  label: string;
  value: string;
  choices: readonly { title: string; value: string }[];
}

/** Questions with one answer each out of a few. `verb` is the form's. */
export function choicesCard(
  words: Words,
  view: {
    frame: Partial<Frame>;
    verb: string;
    nonce: string;
    questions: readonly Question[];
    notes: readonly string[];
    proceed: string;
  },
): Card {
  const { frame, verb, nonce, questions, notes, proceed } = view;
  return render(
    template,
    {
      questions: questions.map((question) => ({
        ...question,
        missing: words('form.missing', { name: question.label }),
      })),
      notes: notes.map((text) => ({ text })),
      proceed,
      cancel: words('button.cancel'),
      submit: { verb, nonce },
    },
    frame,
  );
}
