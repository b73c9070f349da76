import type { Shape } from './operation.ts';

export interface Comparison {
  /** Differences in words, each with the path to it. */
  wrong: string[];
  /** Documented properties that the answer does not have. */
  missing: Set<string>;
  /** Properties that are lists of objects and came back empty, so that nothing was compared. */
  empty: Set<string>;
  /** Properties that the answer has beyond the documented ones. */
  extra: Set<string>;
}

/** Compares an answer with what is documented: property names and JSON types, at every level. */
export function compare(expected: Shape, actual: unknown, origin: string): Comparison {
  const comparison: Comparison = { wrong: [], missing: new Set(), empty: new Set(), extra: new Set() };
  visit(expected, actual, 'answer');
  return comparison;

  function visit(shape: Shape, value: unknown, path: string): void {
    if (typeof shape === 'string') {
      if (!fits(shape, value)) comparison.wrong.push(`${path} is ${JSON.stringify(value)}, not ${shape}`);
    } else if (isList(shape)) {
      visitList(shape[0], value, path);
    } else if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      comparison.wrong.push(`${path} is no object`);
    } else visitObject(shape, Object.fromEntries(Object.entries(value)), path);
  }

  function visitList(shape: Shape, value: unknown, path: string): void {
    if (!Array.isArray(value)) {
      comparison.wrong.push(`${path} is no list`);
      return;
    }
    if (value.length === 0 && typeof shape !== 'string') comparison.empty.add(path.split('.').at(-1) ?? path);
    for (const [index, one] of value.entries()) visit(shape, one, `${path}[${index}]`);
  }

  function visitObject(
    shape: { readonly [name: string]: Shape },
    value: Record<string, unknown>,
    path: string,
  ): void {
    for (const [name, inner] of Object.entries(shape)) {
      if (name in value) visit(inner, value[name], `${path}.${name}`);
      else comparison.missing.add(name);
    }
    const isOpen = Object.keys(shape).length === 0;
    const more = isOpen ? [] : Object.keys(value).filter((name) => !(name in shape));
    for (const name of more) comparison.extra.add(name);
  }

  function fits(shape: string, value: unknown): boolean {
    if (shape.startsWith('=')) return value === shape.slice(1);
    if (shape.startsWith('#')) return value === `${origin}/v1.0/$metadata${shape}`;
    return shape.split('|').includes(value === null ? 'null' : typeof value);
  }
}

function isList(shape: Exclude<Shape, string>): shape is readonly [Shape] {
  return Array.isArray(shape);
}
