import type { ErrorCode } from '../partner/errors.ts';

/** Microsoft may well answer the same call later. */
export const passes: readonly ErrorCode[] = [
  'microsoft-busy',
  'microsoft-unavailable',
  'microsoft-timeout',
  'microsoft-unreachable',
  'microsoft-unknown-outcome',
  'not-found',
  'not-visible-yet',
];

/** Nothing to tell while it lasts: Microsoft shows a change in all its places only after a while. */
export const quiet: readonly ErrorCode[] = ['not-found', 'not-visible-yet'];

/** The operation stands until its person has signed in again. */
export const waitsForPerson: readonly ErrorCode[] = ['sign-in-needed', 'sign-in-expired'];
