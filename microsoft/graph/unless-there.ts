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

function isRefusal(error: unknown): boolean {
  return (
    error instanceof PartnerError &&
    (error.code === 'microsoft-refused' || error.code === 'changed-meanwhile')
  );
}
