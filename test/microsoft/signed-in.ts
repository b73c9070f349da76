import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clouds, sandboxApplication } from '../../microsoft/clouds.ts';
import { createDirectories } from '../../microsoft/graph/directory.ts';
import { createMailboxes } from '../../microsoft/graph/mail.ts';
import { createRelationshipDesks } from '../../microsoft/graph/relationships.ts';
import { createTenantLookups } from '../../microsoft/graph/tenants.ts';
import { createClientSignIn } from '../../microsoft/sign-in/client-sign-in.ts';
import { createSignIn } from '../../microsoft/sign-in/sign-in.ts';
import { type Account, type AccountRef, accountKey } from '../../partner/accounts.ts';
import type { ClientAccount } from '../../partner/client-sign-in.ts';
import type { SignInAttempt, StoredTokens, TokenStore } from '../../partner/sign-in.ts';
import { createSandbox, type Sandbox } from '../../sandbox/sandbox.ts';
import { keptLog } from './scripted-cloud.ts';

/** Tokens in memory; `renewals` counts what would have been written after the sign-in. */
function memoryTokens() {
  const kept = new Map<string, StoredTokens>();
  let generation = 0;
  const store = {
    renewals: 0,
    of: (account: AccountRef) => kept.get(accountKey(account))?.tokens,
    keep(account: AccountRef, tokens: string) {
      generation += 1;
      kept.set(accountKey(account), { generation, tokens });
    },
    remove: (account: AccountRef) => void kept.delete(accountKey(account)),
    load: async (account: AccountRef) => kept.get(accountKey(account)),
    async renew(account: AccountRef, renewed: StoredTokens) {
      if (kept.get(accountKey(account))?.generation !== renewed.generation) return false;
      store.renewals += 1;
      kept.set(accountKey(account), renewed);
      return true;
    },
  };
  return store satisfies TokenStore;
}

export interface OpenSandbox {
  sandbox: Sandbox;
  close(): Promise<void>;
}

/** A sandbox of its own on a free port. */
export async function openSandbox(): Promise<OpenSandbox> {
  const folder = await mkdtemp(join(tmpdir(), 'partner-bot-'));
  const sandbox = await createSandbox({ file: join(folder, 'sandbox.sqlite'), port: 0 });
  await sandbox.listen();
  return {
    sandbox,
    async close() {
      await sandbox.close();
      await rm(folder, { recursive: true });
    },
  };
}

export function newAttempt(): SignInAttempt {
  return {
    state: crypto.randomUUID(),
    nonce: crypto.randomUUID(),
    codeVerifier: `${crypto.randomUUID()}${crypto.randomUUID()}`,
    redirectUri: 'http://localhost:3978/sign-in/callback',
  };
}

/**
 * The adapters as main.ts wires them. `origin` may be a server in front of the sandbox.
 * `timeoutMs`: as in the adapters.
 */
export function connect(
  sandbox: Sandbox,
  more: {
    origin?: string;
    timeoutMs?: number;
    wholeDirectoryUpTo?: number;
    cloud?: keyof typeof clouds;
  } = {},
) {
  const cloud = clouds[more.cloud ?? 'worldwide'];
  const sandboxOrigin = more.origin ?? sandbox.url;
  const log = keptLog();
  const tokenStore = memoryTokens();
  const common = { cloud, sandboxOrigin, log, timeoutMs: more.timeoutMs };
  const { signIn, tokens } = createSignIn({
    ...common,
    ...sandboxApplication,
    tokenStore,
  });
  const { wholeDirectoryUpTo } = more;
  const directories = createDirectories({ ...common, tokens, wholeDirectoryUpTo });
  const mailboxes = createMailboxes({ ...common, tokens });
  const tenantLookups = createTenantLookups({ ...common, tokens });
  const consentReturn = 'http://localhost:3978/sign-in/callback';
  const relationships = createRelationshipDesks({ ...common, ...sandboxApplication, tokens, consentReturn });
  const clientSignIn = createClientSignIn({ ...common, ...sandboxApplication });

  /** What the person does in the browser: picks the account on Microsoft's page. Gives the code. */
  async function chooseAccount(
    attempt: SignInAttempt,
    account: AccountRef,
    address: Promise<string> = signIn.address(attempt, ''),
  ): Promise<string> {
    const answer = await fetch(await address, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ account: accountKey(account) }),
    });
    const back = new URL(answer.headers.get('location') ?? '', attempt.redirectUri);
    if (back.searchParams.get('state') !== attempt.state) throw new Error('another state came back');
    return back.searchParams.get('code') ?? '';
  }

  async function signInAs(account: AccountRef): Promise<Account> {
    const attempt = newAttempt();
    const signedIn = await signIn.finish(attempt, await chooseAccount(attempt, account));
    tokenStore.keep(signedIn.account, signedIn.tokens);
    return signedIn.account;
  }

  /** The same as somebody of a client. */
  async function signInAsClient(account: AccountRef): Promise<ClientAccount> {
    const attempt = newAttempt();
    return clientSignIn.finish(attempt, await chooseAccount(attempt, account, clientSignIn.address(attempt)));
  }

  const adapters = { signIn, clientSignIn, tokens, directories, mailboxes, tenantLookups, relationships };
  return { ...adapters, tokenStore, log, chooseAccount, signInAs, signInAsClient };
}
