import { z } from 'zod';
import { sandboxApplication } from '../../microsoft/clouds.ts';
import { delegatedRolesOf } from '../delegation/access.ts';
import { role } from '../graph/rights.ts';
import { inTurn } from '../graph/writes.ts';
import { graphApplication } from '../sign-in/scopes.ts';
import { type PartnerAnswer, refuse } from './answer.ts';
import type { PartnerCall } from './call.ts';
import { customerOf } from './customers.ts';
import { withSmallNames } from './shapes.ts';

/** Microsoft Entra's Cloud Application Administrator. */
const cloudApplication = '158c047a-c907-4556-b7ef-446551a6b5f7';
/** Whoever holds one of these in the client's directory may allow an application to work there. */
const consenters: readonly string[] = [cloudApplication, role.privilegedRole, role.global];

const shape = z.object({
  applicationId: z.guid(),
  displayName: z.string().trim().min(1).max(256),
  applicationGrants: z
    .array(z.object({ enterpriseApplicationId: z.guid(), scope: z.string().regex(/\S/) }))
    .min(1),
});

/**
 * Allows the partner's application to work in a client's directory, by a role that the client delegated.
 * https://learn.microsoft.com/partner-center/developer/control-panel-vendor-apis
 */
export async function createApplicationConsent(call: PartnerCall): Promise<PartnerAnswer> {
  const { world, caller, clock } = call;
  const { tenant: client } = await customerOf(call);
  const ids = { partnerId: call.tenant.id, userId: caller.objectId ?? '', clientId: client.id };
  const roles = await delegatedRolesOf(call, ids);
  if (!roles.some((id) => consenters.includes(id)))
    refuse(403, 900308, 'The user has insufficient delegated privileges for this customer.');
  const wish = shape.safeParse(withSmallNames(call.body));
  if (!wish.success || wish.data.applicationId !== sandboxApplication.clientId)
    return refuse(400, 800002, 'Invalid request input.');
  const { applicationId, displayName, applicationGrants } = wish.data;
  const scopes = applicationGrants
    .filter(({ enterpriseApplicationId }) => enterpriseApplicationId === graphApplication)
    .flatMap(({ scope }) => scope.split(/[\s,]+/).filter((one) => one !== ''));
  return inTurn(world, client.id, async () => {
    if ((await world.get('applicationConsent', client.id, applicationId)) !== undefined)
      refuse(409, 409, 'Permission entry already exists.');
    await world.put('applicationConsent', client.id, applicationId, {
      applicationId,
      displayName,
      scopes,
      grantedBy: 'partner',
      grantedAt: clock.now(),
    });
    return { status: 201, body: { applicationId, displayName, applicationGrants } };
  });
}
