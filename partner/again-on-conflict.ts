/** Somebody else wrote first: nothing of this was stored. By name: most rooms know storage by its types only. */
export function isConflict(error: unknown): boolean {
  return error instanceof Error && error.name === 'ConflictError';
}

/** Runs it again from fresh state when others wrote first; throws the conflict when they kept doing so. */
export async function againOnConflict<T>(work: () => Promise<T>, mostTries: number): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isConflict(error) || tries >= mostTries) throw error;
    }
  }
}
