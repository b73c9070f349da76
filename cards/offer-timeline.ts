import type { Language, MessageKey, Words } from '../locales/words.ts';
import { localeOf } from '../locales/words.ts';
import type { OfferEvent, OfferLine } from '../partner/offers.ts';

export interface TimelineLine {
  when: string;
  what: string;
}

/** What happened, newest first: when, who, and what they said. What people wrote is shown as it is. */
export function timeline(
  words: Words,
  language: Language,
  events: readonly OfferEvent[],
  clientNames: ReadonlyMap<string, string>,
): TimelineLine[] {
  return events.map((event) => {
    const { at, kind, by, client } = event;
    // What the clock does is nobody's.
    const byName = event.byName === '' && by !== null ? words('person.erased') : event.byName;
    const company = (client === null ? undefined : clientNames.get(client)) ?? '';
    const who = [byName, company].filter(Boolean).join(', ');
    const what = words(`offer-event.${kind}` satisfies MessageKey);
    const said = saidIn(language, event);
    return {
      when: `${words('offer-event.at', { at: new Date(at) })}  `,
      what: [who === '' ? what : `${what} · ${who}`, said].filter(Boolean).join(': '),
    };
  });
}

/** The text or numbers that came with it. */
function saidIn(language: Language, { details }: OfferEvent): string {
  const { text, reason, seats, to } = details;
  if (Array.isArray(seats))
    return seats
      .filter((each) => typeof each === 'number')
      .map(number)
      .join(' + ');
  const said = [text, reason, to].find((each) => typeof each === 'string' && each !== '');
  return typeof said === 'string' ? said : '';

  function number(value: number): string {
    return new Intl.NumberFormat(localeOf[language]).format(value);
  }
}

/** Lines as the staff name them in passing: `15 × Microsoft 365 Business Standard`. */
export function linesText(words: Words, lines: readonly OfferLine[], seats: readonly number[] = []): string {
  const [first, ...others] = lines.map((line, index) =>
    words('offer-preview.line', { seats: seats[index] ?? line.seats, name: line.name }),
  );
  if (first === undefined) return words('offer-desk.no-lines');
  return others.length > 2
    ? words('offer-desk.lines-more', { first, count: others.length })
    : [first, ...others].join(' · ');
}
