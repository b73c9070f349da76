import type { Words } from '../locales/words.ts';
import { type Card, render } from './render.ts';
import template from './templates/sign-in.json' with { type: 'json' };

/** Where to sign in, and the field for the code that the page gives. */
export function signInCard(words: Words, view: { address: string; problem: string; goesOn: boolean }): Card {
  const paragraphs = [
    words('sign-in.step-open'),
    words('sign-in.step-code'),
    ...(view.goesOn ? [words('sign-in.then')] : []),
  ].map((text) => ({ text }));
  return render(
    template,
    {
      paragraphs,
      address: view.address,
      open: words('button.sign-in'),
      codeLabel: words('sign-in.code'),
      confirm: words('sign-in.confirm'),
      cancel: words('button.cancel'),
      note: words('sign-in.note'),
    },
    { title: words('sign-in.title'), intro: words('sign-in.intro'), problem: view.problem },
  );
}
