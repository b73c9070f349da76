/** Calls of one reading that are under way together; Partner Center throttles per partner. */
const mostTogether = 6;

/** Results of `work` in the order of `items`, a few at a time. After a failure nothing more is begun. */
export async function fewAtATime<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const waiting = [...items.entries()];
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, item] = next;
      results[index] = await work(item);
    }
  };
  try {
    await Promise.all(Array.from({ length: mostTogether }, worker));
    return results;
  } finally {
    waiting.length = 0;
  }
}
