import type { Words } from '../locales/words.ts';

/** A product that a person has from groups: with their names, where those are known. */
export function fromGroup(words: Words, name: string, groups: string): string {
  return groups === '' ? words('user.from-some-group', { name }) : words('user.from-group', { name, groups });
}
