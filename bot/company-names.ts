import type { CloudName } from '../partner/capabilities.ts';
import { PartnerError } from '../partner/errors.ts';
import type { Log } from '../partner/log.ts';
import type { TenantLookups } from '../partner/tenants.ts';

/**
 * Names of companies whose people sign in without giving us anything but who they are: what any company may learn of
 * another one, asked with the application of a partner in the same cloud. Undefined when Microsoft does not tell.
 */
export function createCompanyNames(deps: {
  partners: readonly string[];
  companies: { cloudOf(tenantId: string): CloudName | undefined };
  tenantLookups: TenantLookups;
  log: Log;
}) {
  return async (cloud: CloudName, tenantId: string): Promise<string | undefined> => {
    const asker = deps.partners.find((partner) => deps.companies.cloudOf(partner) === cloud);
    if (asker === undefined) return undefined;
    try {
      return (await deps.tenantLookups.asPartner(asker).byId(tenantId))?.name;
    } catch (error) {
      if (!(error instanceof PartnerError)) throw error;
      deps.log.warn({ code: error.code, requestId: error.requestId }, 'company name not readable at sign-in');
      return undefined;
    }
  };
}
