import { randomBytes } from 'node:crypto';
import { createStorage } from '../../storage/create-storage.ts';
import type { Storage } from '../../storage/storage.ts';

/** An empty storage of its own in memory; close it when done. */
export function memoryStorage(): Promise<Storage> {
  return createStorage({ file: ':memory:', vaultKey: randomBytes(32) });
}
