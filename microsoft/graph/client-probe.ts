import { PartnerError } from '../../partner/errors.ts';
import type { Graph } from './client.ts';
import { readsOrganization } from './relationship-reads.ts';

interface Probe {
  /** A token of the client's tenant, never one that was kept. */
  token(): Promise<string>;
  graphWith(token: string): Graph;
}

/**
 * Whether a client's directory can be read now. False for what ends by itself or by the next step: access that did
 * not arrive yet, missing consent. Throws where somebody must do something, or Microsoft did not answer.
 */
export async function readsClient({ token, graphWith }: Probe, tenantId: string): Promise<boolean> {
  try {
    const fresh = await token().catch((error: unknown) => {
      if (isNotYet(error)) return undefined;
      throw error;
    });
    return fresh !== undefined && (await readsOrganization(graphWith(fresh), tenantId));
  } catch (error) {
    // Here it is the client's directory that turns the token away; the person's own sign-in has just worked.
    if (error instanceof PartnerError && turnedAway.includes(Number(error.details['status']))) return false;
    throw error;
  }
}

const turnedAway = [401, 403, 404];

/** No consent; no account of that tenant, which is how it looks until access arrives. */
function isNotYet(error: unknown): boolean {
  if (!(error instanceof PartnerError)) return false;
  const isUnknownThere = error.details['aadsts'] === '50034';
  return isUnknownThere || error.code === 'consent-missing' || error.code === 'guest-account';
}
