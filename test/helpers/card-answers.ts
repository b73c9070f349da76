import assert from 'node:assert/strict';
import { buttonsOf } from './fake-channel-person.ts';

/** What a button of a received card sends, inputs left out. */
export function dataOf(received: { activity: object }, title: string): Record<string, unknown> {
  const button = buttonsOf(received.activity).find((each) => each.title === title);
  assert.ok(button, `no button ${title}`);
  return button.data as Record<string, unknown>;
}

/** What the card's inputs hold when nobody touches them. */
export function valuesOf(received: { activity: object }): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(walk);
    else if (typeof value === 'object' && value !== null) {
      const { type, id, value: held } = value as { type?: string; id?: string; value?: string };
      if (type?.startsWith('Input.') && id !== undefined) values[id] = held ?? '';
      Object.values(value).forEach(walk);
    }
  };
  walk(received.activity);
  return values;
}
