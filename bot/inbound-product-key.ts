import { hiddenKey, holdsProductKey } from '../partner/product-key.ts';

/** Written by the channel, and needed as they are to answer there. */
const channelsOwn = new Set(['id', 'conversation', 'from', 'recipient', 'replyToId', 'serviceUrl']);
/** The channel's too: what looks like a key there is hidden, but was typed by nobody. */
const notTyped = 'channelData';

/**
 * The fields of an activity with each text that holds a product key replaced, however deep it lies, before anything
 * is logged or kept. Attachments repeat the text in the channel's own way of writing, so they go altogether.
 */
export function withoutProductKeys(activity: Readonly<Record<string, unknown>>): {
  fields: Record<string, unknown>;
  heldKey: boolean;
} {
  let heldKey = false;

  function hidden(text: string): string {
    if (!holdsProductKey(text)) return text;
    heldKey = true;
    return hiddenKey;
  }

  function copy(node: unknown): unknown {
    if (typeof node === 'string') return hidden(node);
    if (Array.isArray(node)) return node.map(copy);
    if (typeof node !== 'object' || node === null || node instanceof Date) return node;
    return Object.fromEntries(Object.entries(node).map(([key, below]) => [hidden(key), copy(below)]));
  }

  const fields: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(activity)) {
    const before: boolean = heldKey;
    fields[hidden(name)] = channelsOwn.has(name) ? value : copy(value);
    if (name === notTyped) heldKey = before;
  }
  if (heldKey) delete fields['attachments'];
  return { fields, heldKey };
}
