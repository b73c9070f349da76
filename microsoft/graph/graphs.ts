import type { AccountRef } from '../../partner/accounts.ts';
import type { AccessTokens } from '../../partner/sign-in.ts';
import type { Cloud } from '../clouds.ts';
import { createHttp } from '../http.ts';
import type { Log } from '../log.ts';
import { createGraph, type Graph } from './client.ts';

export interface GraphsDependencies {
  cloud: Cloud;
  tokens: AccessTokens;
  /** `http://127.0.0.1:3979`; absent = Microsoft itself. */
  sandboxOrigin?: string | undefined;
  /** Per call, ms. */
  timeoutMs?: number | undefined;
  log: Log;
}

interface Graphs {
  as(account: AccountRef, signal: AbortSignal | undefined): Graph;
  /** With the application's own token in this company. */
  asApplication(tenantId: string): Graph;
}

/** Ways to Microsoft Graph of one cloud, for its people and for the application itself. */
export function createGraphs({ cloud, tokens, sandboxOrigin, timeoutMs, log }: GraphsDependencies): Graphs {
  const http = createHttp({ cloud, sandboxOrigin, timeoutMs, log });
  const common = { cloud, http, timeoutMs };
  return {
    as: (account, signal) =>
      createGraph({ ...common, signal, token: (fresh) => tokens.forAccount(account, 'graph', { fresh }) }),
    asApplication: (tenantId) => createGraph({ ...common, token: () => tokens.forApp(tenantId, 'graph') }),
  };
}
