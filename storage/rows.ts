import { z } from 'zod';
import type { AccountRef } from '../partner/accounts.ts';
import type { Json, JsonObject } from '../partner/operations.ts';

/** A whole number; PostgreSQL gives 64-bit ones as text. */
export const integer = z
  .union([z.number(), z.string().regex(/^-?\d+$/)])
  .transform(Number)
  .pipe(z.number().int());

/** 0 or 1. */
export const flag = integer.pipe(z.literal([0, 1])).transform((value) => value === 1);

/** A text column that holds JSON of the given shape. */
export function jsonText<T>(shape: z.ZodType<T>) {
  return z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'not JSON' });
        return z.NEVER;
      }
    })
    .pipe(shape);
}

export const json = z.custom<Json>((value) => value !== undefined);
export const jsonObject = z.custom<JsonObject>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
);

/** The opposite of `accountKey`. */
export const accountRef = z
  .string()
  .regex(/^[^/]+\/[^/]+$/)
  .transform((key): AccountRef => {
    const [tenantId = '', objectId = ''] = key.split('/');
    return { tenantId, objectId };
  });

/**
 * A row as the rest of the house knows it. Throws a plain Error that names the table, the key and the columns
 * of a row that cannot be what we wrote, and none of its content.
 */
export function readRow<T>(shape: z.ZodType<T>, table: string, key: string, row: unknown): T {
  const result = shape.safeParse(row);
  if (result.success) return result.data;
  const columns = [...new Set(result.error.issues.map((issue) => String(issue.path[0] ?? 'row')))];
  throw new Error(`corrupted row in table ${table}, key ${key}: ${columns.join(', ')}`);
}

/**
 * Those of several rows that can be read: a corrupted one keeps nobody from the others, and `unreadable` is told of it.
 * `key` names the column by which a row is known.
 */
export function readableRows<T>(
  shape: z.ZodType<T>,
  table: string,
  rows: readonly Record<string, unknown>[],
  { key = 'id', unreadable }: { key?: string; unreadable(error: unknown, key: string): void },
): T[] {
  return rows.flatMap((row) => {
    const name = String(row[key]);
    try {
      return [readRow(shape, table, name, row)];
    } catch (error) {
      unreadable(error, name);
      return [];
    }
  });
}

/** Like `readRow`, for what `first()` gives. */
export function readFirst<T>(shape: z.ZodType<T>, table: string, key: string, row: unknown): T | undefined {
  return row === undefined ? undefined : readRow(shape, table, key, row);
}
