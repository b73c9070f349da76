import { Template } from 'adaptivecards-templating';
import frameTemplate from './templates/frame.json' with { type: 'json' };

/** An Adaptive Card (schema 1.5, the newest that every client of ours draws) as plain JSON. */
export type Card = { readonly [key: string]: unknown };

/** The part that every card begins with: for which company, as whom, what about. Empty text is left out. */
export interface Frame {
  scope: string;
  who: string;
  title: string;
  intro: string;
  /** What to mend, shown in red above the inputs and read out first. */
  problem: string;
}

const emptyFrame: Frame = { scope: '', who: '', title: '', intro: '', problem: '' };

interface CardParts {
  body: unknown[];
  actions?: unknown[];
}

/** Binds a template of `templates/` to a view model. Templates hold no words; the view holds no markup. */
export function render(template: CardParts, view: object, frame: Partial<Frame> = {}): Card {
  const head = expand(frameTemplate, { ...emptyFrame, ...frame });
  const main = expand(template, view);
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    body: [...head.body, ...main.body],
    actions: main.actions ?? [],
  };
}

/** Reading the expressions of a template costs far more than binding it: each is read once. */
const prepared = new WeakMap<CardParts, Template>();

function expand(template: CardParts, view: object): CardParts {
  let ready = prepared.get(template);
  if (ready === undefined) {
    ready = new Template(template);
    prepared.set(template, ready);
  }
  return ready.expand({ $root: view }) as CardParts;
}
