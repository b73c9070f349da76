import { cleanText } from './names.ts';

const longestName = 50;
const longestTag = 16;

/**
 * Name of a delegation's relationship at Microsoft, at most 50 characters: the client, and a tag made of the id, so
 * that it is unique and can be found again after an unknown outcome.
 */
export function nameFor({ client, id }: { client: { name: string }; id: string }): string {
  const tag = tagOf(id);
  const room = longestName - tag.length - 1;
  return `${shortened(cleanText(client.name), room)} ${tag}`.trim();
}

/** Whether a relationship of this name is that of the delegation with this id, however the client is called now. */
export function isNameOf(name: string, id: string): boolean {
  return name === tagOf(id) || name.endsWith(` ${tagOf(id)}`);
}

/** The end of the id: the random part of any kind of UUID, and 62 bits of it. */
function tagOf(id: string): string {
  return id.replaceAll('-', '').slice(-longestTag);
}

/** At most so many UTF-16 units, with no character cut in two. */
function shortened(text: string, most: number): string {
  let short = '';
  for (const sign of text) {
    if (short.length + sign.length > most) break;
    short += sign;
  }
  return short.trim();
}
