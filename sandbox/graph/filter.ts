import { refuse } from './refusal.ts';

export type Item = Readonly<Record<string, unknown>>;

/** What a resource lets a $filter name. */
export interface Filterable {
  /** Resource name as errors spell it, for example `User`. */
  type: string;
  strings: readonly string[];
  booleans: readonly string[];
  endsWith: readonly string[];
}

export interface Filter {
  matches(item: Item): boolean;
  /** Holds an operator that works only with `ConsistencyLevel: eventual` and `$count=true`. */
  advanced: boolean;
}

type Token = { kind: '(' | ')' | ',' } | { kind: 'text' | 'word'; value: string };
type Literal = string | boolean | null;

const mostAlternatives = 15;

/**
 * Reads a $filter: eq, ne, in, startswith, endswith, not, and, or, brackets, assignedLicenses/any.
 * 400 for what the directory does not take. https://learn.microsoft.com/graph/filter-query-parameter
 */
export function readFilter(source: string, resource: Filterable): Filter {
  const tokens = tokenise(source);
  let at = 0;
  let advanced = false;

  const peek = () => tokens[at];
  const isWord = (word: string) => {
    const token = peek();
    return token?.kind === 'word' && token.value.toLowerCase() === word;
  };
  const take = () => tokens[at++] ?? syntaxError('expression expected');
  const expect = (kind: '(' | ')' | ',') => {
    if (take().kind !== kind) syntaxError(`'${kind}' expected`);
  };
  const takeWord = () => {
    const token = take();
    return token.kind === 'word' ? token.value : syntaxError('a name expected');
  };
  const takeLiteral = (): Literal => {
    const token = take();
    if (token.kind === 'text') return token.value;
    if (token.kind !== 'word') return syntaxError('a value expected');
    if (token.value === 'true' || token.value === 'false') return token.value === 'true';
    if (token.value === 'null') return null;
    if (/^[0-9a-f-]{36}$/i.test(token.value)) return token.value;
    return syntaxError(`'${token.value}' is no value`);
  };
  const property = (name: string): string => {
    if (resource.strings.includes(name) || resource.booleans.includes(name)) return name;
    return refuse(
      400,
      'Request_UnsupportedQuery',
      `Unsupported or invalid query filter clause specified for property '${name}' of resource '${resource.type}'.`,
    );
  };
  const typed = (name: string, value: Literal): Literal => {
    const fits = value === null || (typeof value === 'boolean') === resource.booleans.includes(name);
    return fits ? value : refuse(400, 'Request_BadRequest', `Invalid filter value for property '${name}'.`);
  };

  function anyOf(): Filter {
    const parts = [allOf()];
    while (isWord('or')) {
      at++;
      parts.push(allOf());
    }
    limit(parts.length);
    return { advanced: false, matches: (item) => parts.some((part) => part.matches(item)) };
  }

  function allOf(): Filter {
    const parts = [single()];
    while (isWord('and')) {
      at++;
      parts.push(single());
    }
    return { advanced: false, matches: (item) => parts.every((part) => part.matches(item)) };
  }

  function single(): Filter {
    if (peek()?.kind === '(') {
      at++;
      const inner = anyOf();
      expect(')');
      return inner;
    }
    if (isWord('not')) {
      at++;
      advanced = true;
      const inner = single();
      return { advanced: false, matches: (item) => !inner.matches(item) };
    }
    const name = takeWord();
    if (peek()?.kind === '(') return call(name);
    return comparison(property(name));
  }

  function call(name: string): Filter {
    const starts = name.toLowerCase() === 'startswith';
    if (!starts && name.toLowerCase() !== 'endswith') return licenceCall(name);
    expect('(');
    const target = property(takeWord());
    expect(',');
    const value = fold(typed(target, takeLiteral()));
    expect(')');
    if (typeof value !== 'string') return syntaxError('a text expected');
    if (!starts) {
      advanced = true;
      if (!resource.endsWith.includes(target)) unsupported();
    }
    const matches = (item: Item) => {
      const held = fold(item[target]);
      if (typeof held !== 'string') return false;
      return starts ? held.startsWith(value) : held.endsWith(value);
    };
    return { advanced: false, matches };
  }

  function licenceCall(name: string): Filter {
    if (name !== 'assignedLicenses/any' || resource.type !== 'User') {
      return syntaxError(`function '${name}' is not known`);
    }
    expect('(');
    if (!/^(\w+):\1\/skuId$/.test(takeWord())) syntaxError('x:x/skuId expected');
    if (takeWord() !== 'eq') syntaxError("'eq' expected");
    const skuId = fold(takeLiteral());
    expect(')');
    return {
      advanced: false,
      matches: (item) => {
        const held: unknown[] = Array.isArray(item['assignedLicenses']) ? item['assignedLicenses'] : [];
        return held.some((one) => fold((one as { skuId?: unknown }).skuId) === skuId);
      },
    };
  }

  function comparison(target: string): Filter {
    const operator = takeWord();
    if (operator === 'in') {
      expect('(');
      const values = [fold(typed(target, takeLiteral()))];
      while (peek()?.kind === ',') {
        at++;
        values.push(fold(typed(target, takeLiteral())));
      }
      expect(')');
      limit(values.length);
      return { advanced: false, matches: (item) => values.includes(fold(item[target])) };
    }
    if (operator !== 'eq' && operator !== 'ne') return unsupported();
    const value = fold(typed(target, takeLiteral()));
    if (operator === 'ne') advanced = true;
    return { advanced: false, matches: (item) => (fold(item[target]) === value) === (operator === 'eq') };
  }

  const whole = anyOf();
  if (at < tokens.length) syntaxError('end of the expression expected');
  return { matches: whole.matches, advanced };
}

/** The directory compares without regard to case, and with regard to accents. */
function fold(value: unknown): unknown {
  return typeof value === 'string' ? value.toLowerCase() : (value ?? null);
}

function limit(alternatives: number): void {
  if (alternatives <= mostAlternatives) return;
  const message = `Too many child clauses specified in search filter expression containing 'OR' operators: ${alternatives}. Max allowed: ${mostAlternatives}.`;
  refuse(400, 'Request_UnsupportedQuery', message);
}

function unsupported(): never {
  refuse(400, 'Request_UnsupportedQuery', 'Unsupported Query.');
}

function syntaxError(what: string): never {
  refuse(400, 'BadRequest', `Invalid filter clause: ${what}.`);
}

function tokenise(source: string): Token[] {
  const shape = /\s*(?:([(),])|'((?:[^']|'')*)'(?!')|([\w@.:/-]+))/y;
  const tokens: Token[] = [];
  const text = source.trim();
  while (shape.lastIndex < text.length) {
    const start = shape.lastIndex;
    const found = shape.exec(text);
    if (found === null) syntaxError(`character at position ${start} is not valid`);
    const [, mark, quoted, word] = found;
    if (mark === '(' || mark === ')' || mark === ',') tokens.push({ kind: mark });
    else if (quoted !== undefined) tokens.push({ kind: 'text', value: quoted.replaceAll("''", "'") });
    else if (word !== undefined) tokens.push({ kind: 'word', value: word });
  }
  return tokens;
}
