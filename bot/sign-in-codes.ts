import { z } from 'zod';
import type { Account } from '../partner/accounts.ts';
import { handOverKey } from '../partner/sealed-keys.ts';
import type { Attempt, AttemptWrite, VaultWrite } from '../storage/changes.ts';
import type { Storage } from '../storage/storage.ts';
import type { SignedIn } from './signed-in.ts';

const hourMs = 60 * 60 * 1000;

/** How often what may be tried: a code of one sign-in; codes of one person, and for one account, in an hour; sign-ins. */
const limits = { code: 5, personCodes: 20, accountCodes: 20, signIns: 10 } as const;
type Limit = keyof typeof limits;

const triedOf = (attempt: string, limit: Limit) => `${attempt}/${limit}`;

type Store = Pick<Storage, 'attempts' | 'commit'>;

/**
 * Counts a try before it is judged, in a commit of its own: no turn that fails undoes it, and tries at the same moment
 * see each other. `attempt` names what tries, so that the same message counts once. Answers which limits are passed.
 */
async function passedLimits(
  { attempts, commit }: Store,
  attempt: string,
  tries: readonly { limit: Limit; who: string }[],
  now: number,
): Promise<Limit[]> {
  const counted = tries.map(
    ({ limit, who }): Attempt => ({ id: triedOf(attempt, limit), what: limit, who, at: now }),
  );
  await commit({ attempts: counted.map((add) => ({ add })) });
  const counts = await Promise.all(counted.map((each) => attempts.count(each, now - hourMs)));
  return tries.flatMap(({ limit }, index) => ((counts[index] ?? 0) > limits[limit] ? [limit] : []));
}

export interface CodeTry {
  /** Of the sign-in that the code is for. */
  state: string;
  personKey: string;
  /** Key of the account that signed in in the browser. */
  account: string;
}

/** Counts a typed code. `ended`: this sign-in takes no more; `hourly`: this person, or for this account, for an hour. */
export async function countCode(
  store: Store,
  attempt: string,
  { state, personKey, account }: CodeTry,
  now: number,
): Promise<'fine' | 'last' | 'ended' | 'hourly'> {
  const passed = await passedLimits(
    store,
    attempt,
    [
      { limit: 'code', who: state },
      { limit: 'personCodes', who: personKey },
      { limit: 'accountCodes', who: account },
    ],
    now,
  );
  if (passed.some((limit) => limit !== 'code')) return 'hourly';
  if (passed.length > 0) return 'ended';
  const tried = await store.attempts.count({ what: 'code', who: state }, now - hourMs);
  return tried >= limits.code ? 'last' : 'fine';
}

/** A right code was no guess. */
export function forgiveCode(attempt: string): AttemptWrite[] {
  return (['code', 'personCodes', 'accountCodes'] as const).map((limit) => ({
    forgive: triedOf(attempt, limit),
  }));
}

/** Whether this person may begin one more sign-in now. */
export async function mayBegin(
  store: Store,
  attempt: string,
  personKey: string,
  now: number,
): Promise<boolean> {
  const passed = await passedLimits(store, attempt, [{ limit: 'signIns', who: personKey }], now);
  return passed.length === 0;
}

const handedOver = z.object({
  account: z.object({
    tenantId: z.string(),
    objectId: z.string(),
    displayName: z.string(),
    signInName: z.string(),
    companyName: z.string(),
    wids: z.array(z.string()).optional(),
  }),
  tokens: z.string().optional(),
});

export function sealedHandOver(state: string, { account, tokens }: SignedIn, expiresAt: number): VaultWrite {
  return { put: { key: handOverKey(state), secret: JSON.stringify({ account, tokens }), expiresAt } };
}

export function openedHandOver(secret: string | undefined): SignedIn | undefined {
  if (secret === undefined) return undefined;
  const { account, tokens } = handedOver.parse(JSON.parse(secret));
  const { wids, ...rest } = account;
  return { account: { ...rest, wids } satisfies Account, tokens };
}
