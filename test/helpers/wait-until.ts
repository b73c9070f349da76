/**
 * Asks `ready` again and again until it answers something other than `undefined`, and returns that.
 * Throws after `limitMs` (default 15 s) with `what` and, where given, `detail()` in the message.
 */
export async function waitUntil<T>(
  ready: () => Promise<T | undefined> | T | undefined,
  { what, limitMs = 15_000, detail }: { what: string; limitMs?: number; detail?: () => string },
): Promise<T> {
  const end = Date.now() + limitMs;
  for (;;) {
    const answer = await ready();
    if (answer !== undefined) return answer;
    if (Date.now() > end) {
      throw new Error(`Waited ${limitMs} ms for ${what}.${detail ? `\n${detail()}` : ''}`);
    }
    await new Promise((again) => setTimeout(again, 25));
  }
}
