import type { Button } from './buttons.ts';
import { type Card, type Frame, render } from './render.ts';
import template from './templates/rows.json' with { type: 'json' };

/** One thing in a list: a press on it does `open`, and it may have a button of its own at the right. */
export interface Row {
  title: string;
  /** A word beside the title, e.g. that it needs a second person. */
  mark?: string;
  /** Its other name, in small. */
  small?: string;
  detail?: string;
  open: Button['data'];
  side?: Button;
}

/** A list in sections; an empty section is left out. Paging is the caller's, by buttons. */
export function rowsCard(view: {
  frame: Partial<Frame>;
  paragraphs?: readonly string[];
  sections: readonly { name: string; rows: readonly Row[] }[];
  note?: string;
  buttons: readonly Button[];
}): Card {
  const { frame, paragraphs = [], sections, note = '', buttons } = view;
  const filled = sections.filter((section) => section.rows.length > 0);
  const seen = ({ title, mark = '', small = '', detail = '', open, side }: Row) => ({
    ...{ title, small, detail, data: open },
    mark: mark === '' ? '' : `  ${mark}`,
    // A row without a button shows by a sign that it opens something.
    more: side === undefined ? [{ title, data: open }] : [],
    side: side === undefined ? [] : [side],
  });
  return render(
    template,
    {
      paragraphs: paragraphs.map((text) => ({ text })),
      sections: filled.map(({ name, rows }) => ({ name, rows: rows.map(seen) })),
      note,
      buttons,
    },
    frame,
  );
}
