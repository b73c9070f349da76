import { PartnerError } from '../partner/errors.ts';

const mostTries = 3;

/** Runs it again from fresh state when others wrote first; `acceptance-moved-on` when they kept doing so. */
export async function againOnConflict(work: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isConflict(error)) throw error;
      if (tries === mostTries) throw new PartnerError('acceptance-moved-on', { cause: error });
    }
  }
}

function isConflict(error: unknown): boolean {
  return error instanceof Error && error.name === 'ConflictError';
}
