import { plain } from '../locales/plain.ts';
import type { Reachable, Turn } from './turn.ts';

/** A list longer than this is none any more: everybody else is named. */
const mostListed = 30;

/** Colleagues to choose from, by name; where there are more than a list shows, the notes say how the others are named. */
export function colleagueChoices(
  { words }: Turn,
  people: readonly Reachable[],
): { choices: { title: string; value: string }[]; notes: string[] } {
  const inOrder = people.toSorted((one, other) =>
    one.account.displayName.localeCompare(other.account.displayName, 'vi'),
  );
  const choices = inOrder.slice(0, mostListed).map(({ account }) => ({
    title: plain(`${account.displayName} · ${account.signInName}`),
    value: account.objectId,
  }));
  const isWhole = people.length <= mostListed;
  const others = words('colleague-choice.more', { listed: mostListed, count: people.length });
  return { choices, notes: isWhole ? [] : [others] };
}

/** Whom a choice or a typed sign-in name means, of all and not only of those who were listed. */
export function colleagueMeant(people: readonly Reachable[], said: string): Reachable | undefined {
  const same = said.trim().toLowerCase();
  return people.find(({ account }) => account.objectId === said || account.signInName.toLowerCase() === same);
}
