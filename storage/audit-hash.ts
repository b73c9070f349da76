import { createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

/** A row of `audit_rows` as it lies in the database. What is hashed never changes its form: old rows depend on it. */
export interface ChainedRow {
  company: string;
  /** 1, 2, 3 … within the company. */
  number: number;
  id: string;
  at: number;
  operation_id: string;
  actor_key: string;
  client: string;
  verb: string;
  object: string;
  object_folded: string;
  outcome: string;
  continues: number;
  details: string;
  /** Commitment to the personal text; '' where there is none. */
  commitment: string;
  /** Hash of the row before; of the first row `noRow`. */
  previous: string;
  hash: string;
}

/** How far a company's chain goes. */
export interface ChainHead {
  company: string;
  count: number;
  hash: string;
  /** So many rows were there before there was a chain, and were chained by a migration. */
  chained_later: number;
}

export const noRow = '0'.repeat(64);

/** SHA-256, hex, over all other columns of the row in a fixed order. */
export function hashOf(row: Omit<ChainedRow, 'hash'>): string {
  const { company, number, id, at, operation_id, actor_key, client, verb, object } = row;
  const { object_folded, outcome, continues, details, commitment, previous } = row;
  const canonical = JSON.stringify([
    'audit row 1',
    ...[company, number, id, at, operation_id, actor_key, client, verb, object],
    ...[object_folded, outcome, continues, details, commitment, previous],
  ]);
  return createHash('sha256').update(canonical).digest('hex');
}

/** Tells whether a personal text is the one that was written, and, without its salt, nothing of what it was. */
export function commitmentTo(text: string, salt: string): string {
  return createHmac('sha256', Buffer.from(salt, 'hex')).update(text).digest('hex');
}

/** 256 random bits, hex: without it a guess at a name cannot be tried against the commitment. */
export const newSalt = () => randomBytes(32).toString('hex');

/** Authenticates heads with a key that is not in the database. */
export interface HeadSeal {
  seal(head: ChainHead): string;
  /** With any of the keys: heads of before a change of the key hold too. */
  holds(head: ChainHead, mac: string): boolean;
}

/** HMAC-SHA256 under keys that follow from the vault's (HKDF-SHA256, RFC 5869, with a label of its own). */
export function createHeadSeal(vaultKey: Buffer, formerVaultKeys: readonly Buffer[] = []): HeadSeal {
  const own = (key: Buffer) => Buffer.from(hkdfSync('sha256', key, '', 'partner-bot audit head 1', 32));
  const key = own(vaultKey);
  const keys = [key, ...formerVaultKeys.map(own)];
  const macOf = (under: Buffer, { company, count, hash, chained_later }: ChainHead) =>
    createHmac('sha256', under)
      .update(JSON.stringify(['audit head 1', company, count, hash, chained_later]))
      .digest();
  return {
    seal: (head) => macOf(key, head).toString('hex'),
    holds(head, mac) {
      const given = Buffer.from(mac, 'hex');
      return keys.some((each) => given.length === 32 && timingSafeEqual(macOf(each, head), given));
    },
  };
}
