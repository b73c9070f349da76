import { PartnerError, passingCodes } from './errors.ts';

/**
 * Reads as the partner itself, which takes nobody's sign-in, and as the person who confirmed where Microsoft does not
 * let the partner. Throws as the person's read does; while Microsoft is away it says so and asks nobody else.
 */
export async function asEither<T>(asPartner: () => Promise<T>, asPerson: () => Promise<T>): Promise<T> {
  try {
    return await asPartner();
  } catch (error) {
    if (!(error instanceof PartnerError) || passingCodes.includes(error.code)) throw error;
    return asPerson();
  }
}
