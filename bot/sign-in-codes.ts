import { z } from 'zod';
import type { Account } from '../partner/accounts.ts';
import { handOverKey } from '../partner/sealed-keys.ts';
import type { VaultWrite } from '../storage/changes.ts';
import type { Attempt, AttemptWrite } from '../storage/sign-in-changes.ts';
import type { Storage } from '../storage/storage.ts';

const hourMs = 60 * 60 * 1000;

/** How often what may be tried: a code of one sign-in; codes of one person, and for one account, in an hour; sign-ins. */
const limits = { code: 5, personCodes: 20, accountCodes: 20, signIns: 10 } as const;
type Limit = keyof typeof limits;

interface Try {
  limit: Limit;
  who: string;
}

type Store = Pick<Storage, 'attempts' | 'commit'>;

const idOf = (attempt: string, { limit, who }: Try) => JSON.stringify([attempt, limit, who]);

/**
 * Counts a try before it is judged, in a commit of its own: no turn that fails undoes it, and tries at the same moment
 * see each other. `attempt` names the message that tries, which counts once. Answers which limits are passed; a try that
 * is not looked at for that was none, so that the limit ends with its hour.
 */
async function passedLimits(
  { attempts, commit }: Store,
  attempt: string,
  tries: readonly Try[],
  now: number,
): Promise<Limit[]> {
  const counted = tries.map((each): Attempt => {
    return { id: idOf(attempt, each), what: each.limit, who: each.who, at: now };
  });
  await commit({ attempts: counted.map((add) => ({ add })) });
  const counts = await Promise.all(counted.map((each) => attempts.count(each, now - hourMs)));
  const passed = tries.flatMap(({ limit }, index) => ((counts[index] ?? 0) > limits[limit] ? [limit] : []));
  if (passed.length > 0) await commit({ attempts: counted.map(({ id }) => ({ forgive: id })) });
  return passed;
}

export interface CodeTry {
  /** Of the sign-in that the code is for. */
  state: string;
  personKey: string;
  /** Key of the account that signed in in the browser. */
  account: string;
}

const triesOf = ({ state, personKey, account }: CodeTry): Try[] => [
  { limit: 'code', who: state },
  { limit: 'personCodes', who: personKey },
  { limit: 'accountCodes', who: account },
];

/** Counts a typed code. `ended`: this sign-in takes no more; `hourly`: this person, or for this account, for an hour. */
export async function countCode(
  store: Store,
  attempt: string,
  code: CodeTry,
  now: number,
): Promise<'fine' | 'last' | 'ended' | 'hourly'> {
  const passed = await passedLimits(store, attempt, triesOf(code), now);
  if (passed.some((limit) => limit !== 'code')) return 'hourly';
  if (passed.length > 0) return 'ended';
  const tried = await store.attempts.count({ what: 'code', who: code.state }, now - hourMs);
  return tried >= limits.code ? 'last' : 'fine';
}

/** A right code was no guess. */
export function forgiveCode(attempt: string, code: CodeTry): AttemptWrite[] {
  return triesOf(code).map((each) => ({ forgive: idOf(attempt, each) }));
}

/** Who has signed in may begin as many sign-ins again. */
export const forgiveBegun = (personKey: string): AttemptWrite => ({
  forgiveAll: { what: 'signIns' satisfies Limit, who: personKey },
});

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

/** Who signed in, as Microsoft said, and what staff work with; nothing of it is kept for anybody else. */
export interface SignedIn {
  account: Account;
  tokens: string | undefined;
}

const handedOver = z.object({
  account: z.object({
    tenantId: z.string(),
    objectId: z.string(),
    displayName: z.string(),
    signInName: z.string(),
    companyName: z.string(),
    wids: z.array(z.string()).optional(),
    cloud: z.enum(['worldwide', '21vianet']).optional(),
  }),
  tokens: z.string().optional(),
});

export function sealedHandOver(state: string, { account, tokens }: SignedIn, expiresAt: number): VaultWrite {
  return { put: { key: handOverKey(state), secret: JSON.stringify({ account, tokens }), expiresAt } };
}

export function openedHandOver(secret: string | undefined): SignedIn | undefined {
  if (secret === undefined) return undefined;
  const { account, tokens } = handedOver.parse(JSON.parse(secret));
  const { wids, cloud, ...rest } = account;
  const known: Account = { ...rest, wids, ...(cloud === undefined ? {} : { cloud }) };
  return { account: known, tokens };
}
