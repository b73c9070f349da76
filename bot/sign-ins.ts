import { type Account, type AccountRef, accountKey } from '../partner/accounts.ts';
import { againOnConflict, isConflict } from '../partner/again-on-conflict.ts';
import type { CloudName } from '../partner/capabilities.ts';
import type { ClientAccount, ClientSignIn } from '../partner/client-sign-in.ts';
import type { Clock } from '../partner/clock.ts';
import { PartnerError } from '../partner/errors.ts';
import type { SignIn, SignInAttempt } from '../partner/sign-in.ts';
import type {
  SignInOutcome,
  SignInPort,
  SignInPurpose,
  SignInStep,
  SignInUnderWay,
} from '../partner/sign-in-port.ts';
import type { Changes, ChatPerson, NewJob } from '../storage/changes.ts';
import type { Storage } from '../storage/storage.ts';
import type { NewSignIn } from './chat-side.ts';
import { type SignedIn, sealedHandOver } from './sign-in-codes.ts';
import { signedIn } from './signed-in.ts';

/** Sign-ins from their link to their end, for chats and for our own pages. */
export interface SignIns extends SignInPort {
  newSignIn(personKey: string, conversationKey: string, now: number): NewSignIn;
  /** The addresses of a sign-in that waits for somebody to open one of them. */
  linksOf(state: string): NewSignIn['links'];
  hashCode(state: string, code: string): string;
}

interface Deps {
  storage: Storage;
  /** Who it is: `openid profile`, asked of everybody. */
  clientSignInTo(cloud: CloudName): ClientSignIn;
  /** What staff work with, asked of people of partner companies alone. */
  signInTo(cloud: CloudName): SignIn;
  /** Those that a person may sign in to; the first is the usual one. */
  clouds: readonly CloudName[];
  cloudOf(tenantId: string): CloudName | undefined;
  /** Name of a company that is no partner; undefined when Microsoft does not tell. */
  companyName(cloud: CloudName, tenantId: string): Promise<string | undefined>;
  clock: Clock;
  publicUrl: string;
  /** Unguessable text, URL-safe, at least 256 bit. */
  newSecret(): string;
  newCode(): string;
  /** Keyed, so that a stolen database does not give the codes away. */
  hash(text: string): string;
  /** Teams proved this chat person's account already: no code is asked for. */
  isProven(person: ChatPerson, account: Account): boolean;
  /** Goes on in the person's conversation, where they have just signed in. */
  tellChat(person: ChatPerson): Promise<void>;
  operationJob(operationId: string): NewJob;
  /** Whether people of this company are staff here. */
  isPartner(tenantId: string): boolean;
}

const lifetimeMs = 10 * 60 * 1000;
const mostCommits = 5;

/**
 * Two stages: everybody is asked who they are, and Microsoft's word is enough for people of clients. People of a partner
 * company are then sent on once more, for the permissions that staff work with. Nothing is kept before the end.
 */
export function createSignIns(deps: Deps): SignIns {
  const { storage, clouds, clock, publicUrl, newSecret, hash } = deps;
  const redirectUri = `${publicUrl}/sign-in/callback`;
  const usual = clouds[0] ?? 'worldwide';
  const cloudNamed = (name: string | null | undefined) => clouds.find((cloud) => cloud === name) ?? usual;
  const linksOf = (state: string) =>
    clouds.map((cloud) => ({ cloud, address: `${publicUrl}/sign-in/${state}?cloud=${cloud}` }));
  const newAttempt = (): SignInAttempt => ({
    ...{ state: newSecret(), nonce: newSecret(), codeVerifier: newSecret(), redirectUri },
  });

  async function openRequest(state: string) {
    const request = await storage.signIns.find(state);
    return request?.status === 'open' && request.expiresAt > clock.now() ? request : undefined;
  }

  async function stillOpen(state: string) {
    const request = await openRequest(state);
    if (request === undefined) throw new PartnerError('sign-in-failed');
    return request;
  }

  async function begin(purpose: SignInPurpose, name: string | null): Promise<SignInStep | undefined> {
    if ('state' in purpose && (await openRequest(purpose.state)) === undefined) return undefined;
    const cloud = cloudNamed(name);
    const attempt = newAttempt();
    const address = await deps.clientSignInTo(cloud).address(attempt);
    return { address, keep: { purpose, cloud, attempt } };
  }

  /** A page of ours needs to know only who it is; tokens are kept where there is a chat to work from. */
  async function wantsTokens({ purpose, cloud }: SignInUnderWay, account: AccountRef): Promise<boolean> {
    if (deps.cloudOf(account.tenantId) !== cloud) return false;
    return 'state' in purpose || (await storage.people.signedInAs(account)).length > 0;
  }

  async function named(cloud: CloudName, who: ClientAccount): Promise<Account> {
    const { tenantId, objectId, name: displayName, signInName, roles: wids } = who;
    const companyName = await deps.companyName(cloud, tenantId);
    const domain = signInName.split('@')[1] ?? signInName;
    return { tenantId, objectId, displayName, signInName, companyName: companyName ?? domain, wids, cloud };
  }

  async function finish(underWay: SignInUnderWay, code: string): Promise<SignInOutcome> {
    const { purpose, cloud, attempt, staff } = underWay;
    if (staff !== undefined) {
      const { account, tokens } = await deps.signInTo(cloud).finish(attempt, code);
      // Somebody else was chosen on the way: nobody is signed in by halves.
      if (accountKey(account) !== accountKey(staff)) throw new PartnerError('sign-in-failed');
      return settle(purpose, { account, tokens });
    }
    const who = await deps.clientSignInTo(cloud).finish(attempt, code);
    if (!(await wantsTokens(underWay, who)))
      return settle(purpose, { account: await named(cloud, who), tokens: undefined });
    const { tenantId, objectId, signInName } = who;
    const further = newAttempt();
    const address = await deps.signInTo(cloud).address(further, signInName);
    const keep = { purpose, cloud, attempt: further, staff: { tenantId, objectId } };
    return { kind: 'further', address, keep };
  }

  async function settle(purpose: SignInPurpose, signed: SignedIn): Promise<SignInOutcome> {
    const { account } = signed;
    if ('returnTo' in purpose) {
      if (signed.tokens !== undefined)
        await untilStored(() => signedIn({ ...deps, now: clock.now() }, signed));
      return { kind: 'page', returnTo: purpose.returnTo, account };
    }
    const request = await stillOpen(purpose.state);
    const { tenantId, objectId } = account;
    const ended = { ...request, account: { tenantId, objectId } };
    const person = await storage.people.find(request.personKey);
    if (person !== undefined && deps.isProven(person, account)) {
      // The person may be in the middle of a turn that stores them too, or another browser was faster.
      await untilStored(async () => {
        await stillOpen(request.state);
        const now = (await storage.people.find(person.key)) ?? person;
        return {
          ...(await signedIn({ ...deps, now: clock.now() }, signed, now)),
          people: [{ ...now, account: { tenantId, objectId } }],
          signIns: [{ update: { ...ended, status: 'finished' }, from: 'open' }],
        };
      });
      await deps.tellChat(person);
      return { kind: 'done', account };
    }
    const code = deps.newCode();
    const update = {
      ...ended,
      status: 'waiting-for-code' as const,
      codeHash: hash(`${request.state} ${code}`),
    };
    const vault = [sealedHandOver(request.state, signed, request.expiresAt)];
    await storage.commit({ signIns: [{ update, from: 'open' }], vault }).catch((error) => {
      // Another browser with the same link was faster.
      throw isConflict(error) ? new PartnerError('sign-in-failed', { cause: error }) : error;
    });
    return { kind: 'code', code, account };
  }

  async function untilStored(changes: () => Promise<Changes>): Promise<void> {
    await againOnConflict(async () => storage.commit(await changes()), mostCommits);
  }

  return {
    newSignIn(personKey, conversationKey, now) {
      const state = newSecret();
      const request = { state, personKey, conversationKey, expiresAt: now + lifetimeMs };
      return {
        request: { ...request, status: 'open', account: null, codeHash: null },
        links: linksOf(state),
      };
    },
    linksOf,
    hashCode: (state, code) => hash(`${state} ${code}`),
    begin,
    beginFor: (returnTo, tenantId) => begin({ returnTo }, deps.cloudOf(tenantId) ?? null),
    finish,
  };
}
