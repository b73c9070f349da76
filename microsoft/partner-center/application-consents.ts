import { z } from 'zod';
import { PartnerError } from '../../partner/errors.ts';
import { clientPermissions } from '../client-permissions.ts';
import type { PartnerCenter } from './client.ts';
import { customerPath } from './customers.ts';
import { ofCustomer } from './order-errors.ts';

/** Microsoft Graph, the same in every tenant. */
const graphApplication = '00000003-0000-0000-c000-000000000000';
/** As administrators of the client see the application. */
const displayName = 'Partner Bot';

/**
 * Lets our application act in the client's tenant for people who have access there. Sending it again does no harm:
 * what is consented already counts as done. Throws `not-allowed` where the person has no role at the client that may
 * consent. https://learn.microsoft.com/partner-center/developer/control-panel-vendor-apis
 */
export async function consentAtCustomer(
  partnerCenter: PartnerCenter,
  tenantId: string,
  applicationId: string,
): Promise<void> {
  const scope = clientPermissions.join(',');
  const applicationGrants = [{ enterpriseApplicationId: graphApplication, scope }];
  const body = { applicationId, displayName, applicationGrants };
  const path = customerPath(tenantId, 'applicationconsents');
  const requestId = crypto.randomUUID();
  try {
    await ofCustomer(partnerCenter.write({ method: 'POST', path, body, requestId }, z.unknown()));
  } catch (error) {
    if (!(error instanceof PartnerError) || error.details['status'] !== 409) throw error;
  }
}
