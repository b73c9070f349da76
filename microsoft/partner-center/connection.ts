import type { AccountRef } from '../../partner/accounts.ts';
import type { AccessTokens } from '../../partner/sign-in.ts';
import type { Cloud } from '../clouds.ts';
import { createGraph, type Graph } from '../graph/client.ts';
import { createHttp } from '../http.ts';
import type { Log } from '../log.ts';
import { createPartnerCenter, type PartnerCenter } from './client.ts';
import type { Listing } from './collection.ts';

export interface ConnectionDependencies {
  cloud: Cloud;
  tokens: AccessTokens;
  /** `http://127.0.0.1:3979`; absent = Microsoft itself. */
  sandboxOrigin?: string | undefined;
  /** Per call, ms. */
  timeoutMs?: number | undefined;
  log: Log;
}

/** A person's way to both sources of what Microsoft knows of a partner company. */
export interface Connection {
  cloud: Cloud;
  graph: Graph;
  partnerCenter: PartnerCenter;
}

/** Makes connections for people of one cloud; each resource has a token of its own. */
export function createConnections(
  dependencies: ConnectionDependencies,
): (account: AccountRef, signal: AbortSignal | undefined) => Connection {
  const { cloud, tokens, sandboxOrigin, timeoutMs, log } = dependencies;
  const http = createHttp({ cloud, sandboxOrigin, timeoutMs, log });
  return (account, signal) => {
    const tokenFor = (resource: 'graph' | 'partner-center') => (fresh: boolean) =>
      tokens.forAccount(account, resource, { fresh });
    const common = { cloud, http, signal, timeoutMs };
    return {
      cloud,
      graph: createGraph({ ...common, token: tokenFor('graph') }),
      partnerCenter: createPartnerCenter({ ...common, token: tokenFor('partner-center') }),
    };
  };
}

/**
 * Partner Center with the application's own token in a company, for what a page names app-only authentication for.
 * https://learn.microsoft.com/partner-center/developer/partner-center-authentication
 */
export function createApplicationListings(
  dependencies: ConnectionDependencies,
): (tenantId: string) => Listing {
  const { cloud, tokens, sandboxOrigin, timeoutMs, log } = dependencies;
  const http = createHttp({ cloud, sandboxOrigin, timeoutMs, log });
  return (tenantId) => {
    const token = () => tokens.forApp(tenantId, 'partner-center');
    return { cloud, partnerCenter: createPartnerCenter({ cloud, http, timeoutMs, token }) };
  };
}
