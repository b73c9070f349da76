import { delegationOperations } from './delegation-operations.ts';
import { directoryOperations } from './directory-operations.ts';
import { mailOperations } from './mail-operations.ts';
import type { Operation } from './operation.ts';
import { userOperations } from './user-operations.ts';

/** Every operation of Microsoft Graph that the sandbox serves. */
export const operations: readonly Operation[] = [
  ...userOperations,
  ...directoryOperations,
  ...mailOperations,
  ...delegationOperations,
];
