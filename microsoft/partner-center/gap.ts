import type { Gap } from '../../partner/company.ts';
import { type ErrorCode, PartnerError } from '../../partner/errors.ts';
import { refusesCompany } from './errors.ts';

const gaps: Partial<Record<ErrorCode, Gap>> = {
  'not-found': 'no-partner-center',
  'conditional-access': 'no-right',
  'mfa-needed': 'second-factor',
  'consent-missing': 'no-consent',
  'microsoft-busy': 'no-answer',
  'microsoft-unavailable': 'no-answer',
  'microsoft-timeout': 'no-answer',
  'microsoft-unreachable': 'no-answer',
  'microsoft-refused': 'no-answer',
};

/** What was read, or why it could not be. Throws on where only the person or we can help: no sign-in, a bug. */
export async function orGap<T>(reading: Promise<T>): Promise<{ found: T } | { gap: Gap }> {
  try {
    return { found: await reading };
  } catch (error) {
    const gap = gapOf(error);
    if (gap === undefined) throw error;
    return { gap };
  }
}

/** Undefined: not an answer of Partner Center to what was asked. */
export function gapOf(error: unknown): Gap | undefined {
  if (!(error instanceof PartnerError)) return undefined;
  if (error.code !== 'not-allowed') return gaps[error.code];
  return refusesCompany(error) ? 'no-partner-center' : 'no-right';
}
