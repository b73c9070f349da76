import type { Caller, SandboxClock, SandboxPartnerAccount, SandboxTenant, World } from '../world.ts';
import type { PartnerAnswer } from './answer.ts';

/** One request to the Partner Center host, its token already checked. */
export interface PartnerRequest {
  method: string;
  /** What follows `/v1`, still percent-encoded. */
  path: string;
  query: URLSearchParams;
  /** Names in lower case. */
  headers: Record<string, string | undefined>;
  body: unknown;
  caller: Caller;
  clock: SandboxClock;
  /** Real time in ms: orders may go by it. */
  real: () => number;
  /** Address of the cloud's admin center: `https://admin.microsoft.com`. */
  adminCenter: string;
  world: World;
}

/** A request that has found its route and whose company has an account in Partner Center. */
export interface PartnerCall extends PartnerRequest {
  /** Decoded values of the route's `:name` segments. */
  params: Record<string, string>;
  tenant: SandboxTenant;
  account: SandboxPartnerAccount;
}

export type PartnerHandler = (call: PartnerCall) => Promise<PartnerAnswer>;

/** A value of the query; Microsoft's own examples spell `mpnId` as `mpnid` too. */
export function queryValue(call: PartnerCall, name: string): string | undefined {
  const found = [...call.query].find(([key]) => key.toLowerCase() === name.toLowerCase());
  return found?.[1];
}
