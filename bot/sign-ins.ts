import type { Account } from '../partner/accounts.ts';
import type { Clock } from '../partner/clock.ts';
import { PartnerError } from '../partner/errors.ts';
import type { Log } from '../partner/log.ts';
import type { SignIn, SignInAttempt } from '../partner/sign-in.ts';
import type { SignInOutcome, SignInPort } from '../partner/sign-in-port.ts';
import { type Changes, type ChatPerson, ConflictError, type SignInRequest } from '../storage/changes.ts';
import type { Storage } from '../storage/storage.ts';
import type { NewSignIn } from './chat-side.ts';

/** Sign-ins from their link to their end, for chats and for our own pages. */
export interface SignIns extends SignInPort {
  newSignIn(personKey: string, conversationKey: string, now: number): NewSignIn;
  hashCode(state: string, code: string): string;
}

interface Deps {
  storage: Storage;
  signIn: SignIn;
  clock: Clock;
  publicUrl: string;
  /** Unguessable text, URL-safe, at least 256 bit. */
  newSecret(): string;
  newCode(): string;
  /** Keyed, so that a stolen database does not give the codes away. */
  hash(text: string): string;
  /** Teams proved this chat person's account already: no code is asked for. */
  isProven(person: ChatPerson, account: Account): boolean;
  /** Queues "signed in" into the person's conversation. */
  tellChat(person: ChatPerson): Promise<void>;
  log: Log;
}

const lifetimeMs = 10 * 60 * 1000;
const mostTries = 5;
const vaultKey = (state: string) => `sign-in:${state}`;

export function createSignIns(deps: Deps): SignIns {
  const { storage, signIn, clock, publicUrl, newSecret, hash } = deps;
  const redirectUri = `${publicUrl}/sign-in/callback`;

  function prepare(
    request: Pick<SignInRequest, 'personKey' | 'conversationKey' | 'returnTo'>,
    now: number,
  ): NewSignIn {
    const state = newSecret();
    const expiresAt = now + lifetimeMs;
    const secret = JSON.stringify({ nonce: newSecret(), codeVerifier: newSecret() });
    return {
      request: { ...request, state, expiresAt, status: 'open', account: null, codeHash: null, tries: 0 },
      vault: [{ put: { key: vaultKey(state), secret, expiresAt } }],
      address: `${publicUrl}/sign-in/${state}`,
    };
  }

  function attemptOf(state: string, secret: string): SignInAttempt {
    const { nonce, codeVerifier } = JSON.parse(secret) as { nonce: string; codeVerifier: string };
    return { state, nonce, codeVerifier, redirectUri };
  }

  async function openRequest(state: string): Promise<SignInRequest | undefined> {
    const request = await storage.signIns.find(state);
    return request?.status === 'open' && request.expiresAt > clock.now() ? request : undefined;
  }

  async function settle(request: SignInRequest, account: Account): Promise<SignInOutcome> {
    const guard = { from: request.status, tries: request.tries };
    const { tenantId, objectId } = account;
    const signedIn = { ...request, account: { tenantId, objectId } };
    if (request.returnTo !== null) {
      await storage.commit({
        accounts: [account],
        signIns: [{ update: { ...signedIn, status: 'finished' }, ...guard }],
      });
      return { kind: 'page', returnTo: request.returnTo, account };
    }
    const person = await storage.people.find(request.personKey);
    if (person !== undefined && deps.isProven(person, account)) {
      const signIns = [{ update: { ...signedIn, status: 'finished' as const }, ...guard }];
      await changePerson(person, (now) => ({
        accounts: [account],
        people: [{ ...now, account: { tenantId, objectId } }],
        signIns,
      }));
      await deps.tellChat(person);
      return { kind: 'done', account };
    }
    const code = deps.newCode();
    const update = {
      ...signedIn,
      status: 'waiting-for-code' as const,
      codeHash: hash(`${request.state} ${code}`),
    };
    await storage.commit({ accounts: [account], signIns: [{ update, ...guard }] });
    return { kind: 'code', code, account };
  }

  /** The person may be in the middle of a turn that stores them too. */
  async function changePerson(person: ChatPerson, changes: (now: ChatPerson) => Changes): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        return await storage.commit(changes((await storage.people.find(person.key)) ?? person));
      } catch (error) {
        if (!(error instanceof ConflictError) || tries >= mostTries) throw error;
      }
    }
  }

  return {
    newSignIn: (personKey, conversationKey, now) =>
      prepare({ personKey, conversationKey, returnTo: null }, now),
    hashCode: (state, code) => hash(`${state} ${code}`),
    async begin(returnTo) {
      const { request, vault, address } = prepare(
        { personKey: '', conversationKey: '', returnTo },
        clock.now(),
      );
      await storage.commit({ signIns: [{ add: request }], vault });
      return address;
    },
    async address(state) {
      const request = await openRequest(state);
      const secret = request && (await storage.vault.open(vaultKey(state), clock.now()));
      return secret === undefined ? undefined : signIn.address(attemptOf(state, secret));
    },
    async finish(state, code) {
      const request = await openRequest(state);
      // Taken, not read: of two callbacks with one state only the first gets on.
      const secret = request && (await storage.vault.take(vaultKey(state), clock.now()));
      if (request === undefined || secret === undefined) throw new PartnerError('sign-in-failed');
      return settle(request, await signIn.finish(attemptOf(state, secret), code));
    },
  };
}
