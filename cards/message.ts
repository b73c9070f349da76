import type { Button, Link } from './buttons.ts';
import { type Card, type Frame, render } from './render.ts';
import template from './templates/message.json' with { type: 'json' };

/** A short text with facts and ways on: help, refusals, errors, a person's own rights. */
export interface MessageView {
  frame: Partial<Frame>;
  paragraphs?: readonly string[];
  facts?: readonly { name: string; value: string }[];
  note?: string;
  links?: readonly Link[];
  buttons?: readonly Button[];
}

export function messageCard(view: MessageView): Card {
  const { frame, paragraphs = [], facts = [], note = '', links = [], buttons = [] } = view;
  return render(
    template,
    { paragraphs: paragraphs.map((text) => ({ text })), facts, note, links, buttons },
    frame,
  );
}
