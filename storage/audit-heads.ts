import { z } from 'zod';
import { integer, readRow } from './rows.ts';

/** Of a head in the database, and in the log. */
export const headShape = z.object({
  company: z.string(),
  count: integer,
  hash: z.string(),
  chained_later: integer,
  mac: z.string(),
});

/** A row of `audit_heads`. */
export const readHead = (row: unknown) => readRow(headShape, 'audit_heads', 'of a company', row);
