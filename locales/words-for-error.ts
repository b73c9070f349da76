import type { ErrorCode, ErrorDetails } from '../partner/errors.ts';
import vi from './vi.json' with { type: 'json' };
import type { MessageKey, Values, Words } from './words.ts';

/** What a person is told of a failure. The reference number is added by whoever shows it (`error.reference`). */
export interface ErrorWords {
  what: string;
  next: string;
  /** Who can fix it, where that is somebody else. */
  who?: string;
}

/** Both keys of every code: a code added without words does not compile. */
type NeededKey = `error.${ErrorCode}.what` | `error.${ErrorCode}.next`;
const needed: Readonly<Record<NeededKey, string>> = vi;

/**
 * Details that the words of errors may name; all optional, and every message reads well without them.
 * `seconds` is until the next try, `limit` counts characters, `field` and `role` are already words, `needs` is there when
 * only a Global Administrator will do.
 */
const nameable = ['signInName', 'domain', 'product', 'role', 'field', 'limit', 'seconds', 'needs'] as const;

/**
 * Words an error for chat and pages alike: a `PartnerError`, or a stored error of an operation's step.
 * Never throws: details that are missing are left out, a code from another version counts as unexpected.
 */
export function wordsForError(
  words: Words,
  error: { code: ErrorCode; details: ErrorDetails; retryAfterSeconds?: number | undefined },
): ErrorWords {
  const code = `error.${error.code}.what` in needed ? error.code : 'unexpected';
  const values = valuesFor(words, error.details, error.retryAfterSeconds);
  const what = words(`error.${code}.what`, values);
  const next = words(`error.${code}.next`, values);
  const who = `error.${code}.who`;
  return hasWords(who) ? { what, next, who: words(who, values) } : { what, next };
}

function hasWords(key: string): key is MessageKey {
  return Object.hasOwn(vi, key);
}

/** A detail of the company is kept by its id, since nobody knows in which language it will be told. */
function fieldOf(words: Words, { companyField }: ErrorDetails): ErrorDetails {
  const key = `company.${companyField}`;
  return hasWords(key) ? { field: words(key) } : {};
}

/** Each name with its value or '', and `<name>Given` = yes | no for the messages to choose by. */
function valuesFor(words: Words, details: ErrorDetails, retryAfterSeconds: number | undefined): Values {
  const known: ErrorDetails = {
    ...(retryAfterSeconds === undefined ? {} : { seconds: retryAfterSeconds }),
    ...details,
    ...fieldOf(words, details),
  };
  const pairs = nameable.flatMap((name): [string, string | number][] => {
    const value = known[name];
    return [
      [name, value ?? (name === 'limit' || name === 'seconds' ? 0 : '')],
      [`${name}Given`, value === undefined || value === '' ? 'no' : 'yes'],
    ];
  });
  return Object.fromEntries(pairs);
}
