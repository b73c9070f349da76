import type { Words } from '../locales/words.ts';
import type { CloudName } from '../partner/capabilities.ts';
import { type Card, render } from './render.ts';
import template from './templates/sign-in.json' with { type: 'json' };

interface View {
  /** One per cloud, the usual one first. */
  links: readonly { cloud: CloudName; address: string }[];
  problem: string;
  goesOn: boolean;
  /** Somebody gives an answer for their company, and proves for it who they are. */
  toAnswer: boolean;
}

/** Where to sign in, and the field for the code that the page gives. */
export function signInCard(words: Words, view: View): Card {
  const paragraphs = [
    words('sign-in.step-open'),
    words('sign-in.step-code'),
    ...(view.goesOn ? [words('sign-in.then')] : []),
  ].map((text) => ({ text }));
  return render(
    template,
    {
      paragraphs,
      links: view.links.map(({ address, cloud }, place) => ({
        title: words(place === 0 ? 'button.sign-in' : `button.sign-in.${cloud}`),
        url: address,
        style: place === 0 ? 'positive' : 'default',
      })),
      codeLabel: words('sign-in.code'),
      confirm: words('sign-in.confirm'),
      cancel: words('button.cancel'),
      note: words('sign-in.note'),
    },
    {
      title: words('sign-in.title'),
      intro: words(view.toAnswer ? 'error.sign-in-to-answer.what' : 'sign-in.intro'),
      problem: view.problem,
    },
  );
}
