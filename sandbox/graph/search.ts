import type { Item } from './filter.ts';
import { refuse } from './refusal.ts';

/**
 * Reads a $search such as `"displayName:lan" OR "mail:lan"`. A display name matches when each searched word
 * starts one of its words; other properties match from their start. Case is ignored, accents are not.
 * https://learn.microsoft.com/graph/search-query-parameter#using-search-on-directory-object-collections
 */
export function readSearch(source: string, searchable: readonly string[]): (item: Item) => boolean {
  const tokens = tokenise(source);
  let at = 0;

  function anyOf(): (item: Item) => boolean {
    const parts = [allOf()];
    while (tokens[at] === 'OR') {
      at++;
      parts.push(allOf());
    }
    return (item) => parts.some((part) => part(item));
  }

  function allOf(): (item: Item) => boolean {
    const parts = [single()];
    while (tokens[at] === 'AND') {
      at++;
      parts.push(single());
    }
    return (item) => parts.every((part) => part(item));
  }

  function single(): (item: Item) => boolean {
    const token = tokens[at++];
    if (token === '(') {
      const inner = anyOf();
      if (tokens[at++] !== ')') syntaxError();
      return inner;
    }
    return token?.startsWith('"') ? clause(token, searchable) : syntaxError();
  }

  const whole = anyOf();
  if (at < tokens.length) syntaxError();
  return whole;
}

function clause(token: string, searchable: readonly string[]): (item: Item) => boolean {
  const inner = token.slice(1, -1).replace(/\\(["\\])/g, '$1');
  const colon = inner.indexOf(':');
  if (colon < 1) syntaxError();
  const property = inner.slice(0, colon);
  const sought = inner.slice(colon + 1).toLowerCase();
  if (!searchable.includes(property)) {
    refuse(400, 'Request_UnsupportedQuery', `Property '${property}' is not searchable.`);
  }
  if (property !== 'displayName' && property !== 'description') {
    return (item) =>
      String(item[property] ?? '')
        .toLowerCase()
        .startsWith(sought.trim());
  }
  const words = wordsOf(sought);
  return (item) => {
    const held = wordsOf(String(item[property] ?? '').toLowerCase());
    return words.length > 0 && words.every((word) => held.some((one) => one.startsWith(word)));
  };
}

function wordsOf(text: string): string[] {
  return text
    .normalize('NFC')
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter((word) => word !== '');
}

function tokenise(source: string): string[] {
  const shape = /\s*("(?:[^"\\]|\\.)*"|AND|OR|[()])/y;
  const tokens: string[] = [];
  const text = source.trim();
  while (shape.lastIndex < text.length) {
    const found = shape.exec(text);
    const token = found?.[1];
    if (token === undefined) syntaxError();
    tokens.push(token);
  }
  return tokens;
}

function syntaxError(): never {
  refuse(400, 'BadRequest', 'Syntax error in the $search clause.');
}
