import { type AccountRef, accountKey } from './accounts.ts';

/** Where who signed in lies sealed until their code is typed, or its time is over. */
export const handOverKey = (state: string) => `sign-in:${state}`;

/** Where the answers of somebody lie sealed while Microsoft says once more who it is. */
export const waitingAnswersOf = (by: AccountRef) => `answer:${accountKey(by)}:`;
