import { createHash } from 'node:crypto';
import { type Html, html } from '../html.ts';

/** Dark enough for white letters (contrast 4.5 and more). */
const colours = ['#0b5cad', '#7a3e9d', '#a4262c', '#0b6a0b', '#8a5300', '#00666d', '#5c4b9b', '#9b2d6f'];

/** A stand-in for a photo: initials of the given and family name on a colour that follows from the id. */
export function avatar(name: string, id: string): Html {
  const words = name.split(/\s+/).filter((word) => /^\p{L}/u.test(word));
  const initials = [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => (word === undefined ? '' : word.charAt(0).toUpperCase()))
    .join('');
  const colour = colours[createHash('sha256').update(id).digest().readUInt8(0) % colours.length];
  return html`<svg class="avatar" viewBox="0 0 40 40" width="40" height="40" aria-hidden="true" focusable="false"><circle cx="20" cy="20" r="20" fill="${colour}"/><text x="20" y="26" text-anchor="middle" font-size="16" font-weight="600" fill="#fff">${initials}</text></svg>`;
}
