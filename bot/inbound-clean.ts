/** Keys that could reach an object's prototype once values are copied around. */
const dangerousKeys = new Set(['__proto__', 'constructor', 'prototype']);

export interface CleanLimits {
  /** Levels of objects and lists below the value itself. */
  depth: number;
  /** Objects, lists and plain values in all. */
  nodes: number;
}

/**
 * A copy of parsed JSON without keys that could reach a prototype; undefined when it is nested deeper or
 * holds more values than the limits allow. Throws nothing.
 */
export function cleanJson(value: unknown, limits: CleanLimits): unknown {
  let left = limits.nodes;

  function copy(node: unknown, depth: number): unknown {
    left -= 1;
    if (left < 0 || depth < 0) throw tooMuch;
    if (Array.isArray(node)) return node.map((one) => copy(one, depth - 1));
    if (typeof node !== 'object' || node === null) return node;
    const kept: Record<string, unknown> = {};
    for (const [key, below] of Object.entries(node)) {
      if (!dangerousKeys.has(key)) kept[key] = copy(below, depth - 1);
    }
    return kept;
  }

  try {
    return copy(value, limits.depth);
  } catch (error) {
    if (error === tooMuch) return undefined;
    throw error;
  }
}

const tooMuch = new Error('nested too deep or too many values');
