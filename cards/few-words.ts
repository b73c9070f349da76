import type { Words } from '../locales/words.ts';
import type { Question } from './choices.ts';
import { type Card, type Frame, render } from './render.ts';
import template from './templates/few-words.json' with { type: 'json' };

/** Asks for a few words of one's own, beside a choice or two. `verb` is the form's. */
export function fewWordsCard(
  words: Words,
  view: {
    frame: Partial<Frame>;
    verb: string;
    nonce: string;
    questions?: readonly Question[];
    text: { id: string; label: string; example: string; value: string; isRequired: boolean };
    proceed: string;
  },
): Card {
  const { frame, verb, nonce, questions = [], text, proceed } = view;
  const missing = (label: string) => words('form.missing', { name: label });
  return render(
    template,
    {
      questions: questions.map((question) => ({ ...question, missing: missing(question.label) })),
      ...{ ...text, missing: missing(text.label), proceed },
      cancel: words('button.cancel'),
      submit: { verb, nonce },
    },
    frame,
  );
}
