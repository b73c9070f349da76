import { PartnerError } from '../../partner/errors.ts';

/**
 * A write that is done too when it had been done before. Microsoft refuses the second time, in words that vary;
 * so the relation itself is read. Any other failure is thrown as it came.
 */
export async function unlessThere(
  write: () => Promise<void>,
  isThere: () => Promise<boolean>,
): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (!isRefusal(error) || !(await isThere())) throw error;
  }
}

/**
 * A removal that is done too when there is nothing to remove any more. Microsoft answers 404 then, or refuses in
 * words that vary; for those the relation itself is read. Any other failure is thrown as it came.
 */
export async function unlessGone(
  remove: () => Promise<void>,
  isGone: () => Promise<boolean> = async () => false,
): Promise<void> {
  try {
    await remove();
  } catch (error) {
    if (error instanceof PartnerError && error.code === 'not-found') return;
    if (!isRefusal(error) || !(await isGone())) throw error;
  }
}

/** Refused before anything was done, for a reason that may be the state asked for. */
export function isRefusal(error: unknown): boolean {
  return (
    error instanceof PartnerError &&
    (error.code === 'microsoft-refused' || error.code === 'changed-meanwhile')
  );
}

/** What is read, or undefined where there is no such thing. */
export async function orUndefined<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof PartnerError && error.code === 'not-found') return undefined;
    throw error;
  }
}
