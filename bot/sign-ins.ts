import type { Account } from '../partner/accounts.ts';
import type { CloudName } from '../partner/capabilities.ts';
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
  signInTo(cloud: CloudName): SignIn;
  /** Those that a person may sign in to; the first is the usual one. */
  clouds: readonly CloudName[];
  cloudOf(tenantId: string): CloudName | undefined;
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

/** Of each cloud its own values: a code that one gave can not be redeemed at another. */
type Secrets = Partial<Record<CloudName, Pick<SignInAttempt, 'nonce' | 'codeVerifier'>>>;

export function createSignIns(deps: Deps): SignIns {
  const { storage, signInTo, clouds, clock, publicUrl, newSecret, hash } = deps;
  const redirectUri = `${publicUrl}/sign-in/callback`;
  const usual = clouds[0] ?? 'worldwide';
  const cloudNamed = (name: string | null | undefined) => clouds.find((cloud) => cloud === name) ?? usual;

  function prepare(
    request: Pick<SignInRequest, 'personKey' | 'conversationKey' | 'returnTo'>,
    now: number,
  ): NewSignIn {
    const state = newSecret();
    const expiresAt = now + lifetimeMs;
    const secrets: Secrets = Object.fromEntries(
      clouds.map((cloud) => [cloud, { nonce: newSecret(), codeVerifier: newSecret() }]),
    );
    return {
      request: { ...request, state, expiresAt, status: 'open', account: null, codeHash: null, tries: 0 },
      vault: [{ put: { key: vaultKey(state), secret: JSON.stringify(secrets), expiresAt } }],
      links: clouds.map((cloud) => ({ cloud, address: `${publicUrl}/sign-in/${state}?cloud=${cloud}` })),
    };
  }

  /** Microsoft hands `state` back as it is, so it tells in which cloud the person signed in. */
  function attemptOf(state: string, cloud: CloudName, stored: string): SignInAttempt {
    const secrets = (JSON.parse(stored) as Secrets)[cloud];
    if (secrets === undefined) throw new PartnerError('sign-in-failed');
    return { state: `${state}.${cloud}`, ...secrets, redirectUri };
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
    async begin(returnTo, tenantId = '') {
      const { request, vault, links } = prepare(
        { personKey: '', conversationKey: '', returnTo },
        clock.now(),
      );
      await storage.commit({ signIns: [{ add: request }], vault });
      const cloud = cloudNamed(deps.cloudOf(tenantId));
      return links.find((link) => link.cloud === cloud)?.address ?? '';
    },
    async address(state, name) {
      const cloud = cloudNamed(name);
      const request = await openRequest(state);
      const secret = request && (await storage.vault.open(vaultKey(state), clock.now()));
      return secret === undefined ? undefined : signInTo(cloud).address(attemptOf(state, cloud, secret));
    },
    async finish(handedBack, code) {
      const [state = '', name] = handedBack.split('.');
      const cloud = cloudNamed(name);
      const request = await openRequest(state);
      // Taken, not read: of two callbacks with one state only the first gets on.
      const secret = request && (await storage.vault.take(vaultKey(state), clock.now()));
      if (request === undefined || secret === undefined) throw new PartnerError('sign-in-failed');
      return settle(request, await signInTo(cloud).finish(attemptOf(state, cloud, secret), code));
    },
  };
}
