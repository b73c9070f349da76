import type { Button } from './buttons.ts';
import { type Card, type Frame, render } from './render.ts';
import template from './templates/overview.json' with { type: 'json' };

/** The front page: what waits for this person first, then what they can begin, by subject. */
export function overviewCard(view: {
  frame: Partial<Frame>;
  /** Each with the button that leads to it. */
  attention: readonly { text: string; button: Button }[];
  sections: readonly { name: string; buttons: readonly Button[] }[];
  note: string;
}): Card {
  const { frame, attention, sections, note } = view;
  const waiting = attention.map(({ text, button }) => ({ text, ...button }));
  const filled = sections.filter((section) => section.buttons.length > 0);
  return render(template, { attention: waiting, sections: filled, note }, frame);
}
