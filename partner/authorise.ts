import { type CapabilityId, decide, type Situation } from './capabilities.ts';
import type { Directory } from './directory.ts';
import { PartnerError } from './errors.ts';

/** Which companies this deployment serves as partners, and in which cloud each lives. */
export interface PartnerCompanies {
  cloudOf(tenantId: string): 'worldwide' | '21vianet' | undefined;
}

/** Reads the actor's rights from Microsoft now; never from the token, which may be an hour old. */
export async function readSituation(
  directory: Directory,
  tenantId: string,
  companies: PartnerCompanies,
): Promise<Situation> {
  const cloud = companies.cloudOf(tenantId);
  if (cloud === undefined) return { cloud: 'worldwide', staff: false, roles: [], support: [] };
  const me = await directory.me();
  return { cloud, staff: true, roles: me.roles, support: me.support };
}

/** Throws PartnerError `not-staff`, `not-allowed` or `needs-second-person` when this may not be done. */
export function requireCapability(capability: CapabilityId, situation: Situation): void {
  const verdict = decide(capability, situation);
  if (verdict.allowed) return;
  const code =
    verdict.reason === 'not-staff'
      ? 'not-staff'
      : verdict.reason === 'second-person'
        ? 'needs-second-person'
        : 'not-allowed';
  throw new PartnerError(code, { details: { capability } });
}
