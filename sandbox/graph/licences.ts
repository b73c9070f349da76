import type { Answer } from '../graph-answer.ts';
import type { SandboxSku } from '../world.ts';
import { bodyOf, type Call, context, isGuid } from './call.ts';
import { collection, type Resource } from './collection.ts';
import type { Item } from './filter.ts';
import { refuse } from './refusal.ts';
import { heldLicences, userItem, userResource } from './resources.ts';
import { demand, role } from './rights.ts';
import { subscriptionsOf } from './subscriptions.ts';
import { findUser } from './users.ts';

const skuProperties = [
  'accountId',
  'accountName',
  'appliesTo',
  'capabilityStatus',
  'consumedUnits',
  'id',
  'skuId',
  'skuPartNumber',
  'subscriptionIds',
  'prepaidUnits',
  'servicePlans',
] as const;

const skuResource: Resource = {
  set: 'subscribedSkus',
  type: 'SubscribedSku',
  properties: skuProperties,
  defaults: skuProperties,
  strings: [],
  booleans: [],
  endsWith: [],
  searchable: [],
  orderable: [],
  options: [],
};

/** What the company has bought, with the units that its users take up. */
export async function listSkus(call: Call): Promise<Answer> {
  const { tenantId } = call.caller;
  const users = await call.world.all('user', tenantId);
  const tenant = (await call.world.tenants()).find((one) => one.id === tenantId);
  const subscriptions = await subscriptionsOf(call.world, tenantId);
  const items = (await call.world.all('sku', tenantId)).map((sku): Item => {
    const isOn = sku.capabilityStatus === 'Enabled';
    const own = subscriptions.filter((one) => one.skuId === sku.skuId);
    const suspended = own.filter((one) => one.status === 'Suspended');
    return {
      accountId: tenantId,
      accountName: tenant?.displayName ?? null,
      appliesTo: 'User',
      capabilityStatus: sku.capabilityStatus,
      consumedUnits: users.filter((user) => heldLicences(user).includes(sku.skuId)).length,
      id: `${tenantId}_${sku.skuId}`,
      skuId: sku.skuId,
      skuPartNumber: sku.skuPartNumber,
      subscriptionIds: own.map((one) => one.id),
      prepaidUnits: {
        enabled: sku.capabilityStatus === 'Enabled' ? sku.enabled : 0,
        suspended: suspended.reduce((sum, one) => sum + one.totalLicenses, 0),
        warning: sku.capabilityStatus === 'Warning' ? sku.enabled : 0,
        lockedOut: sku.capabilityStatus === 'LockedOut' ? sku.enabled : 0,
      },
      // One plan per product, with the product's own id: the sandbox knows no parts of products.
      servicePlans: [
        {
          servicePlanId: sku.skuId,
          servicePlanName: sku.skuPartNumber,
          provisioningStatus: isOn ? 'Success' : 'Disabled',
          appliesTo: 'User',
        },
      ],
    };
  });
  return collection(call, skuResource, items, '/subscribedSkus');
}

const assigned = [...userResource.defaults, 'accountEnabled', 'assignedLicenses', 'assignedPlans', 'city'];
const assignedProperties = [...assigned, 'companyName', 'usageLocation'];

/**
 * https://learn.microsoft.com/graph/api/user-assignlicense . What comes from a group is taken by the group alone:
 * https://learn.microsoft.com/entra/identity/users/licensing-groups-resolve-problems
 */
export async function assignLicence(call: Call): Promise<Answer> {
  const user = await findUser(call);
  demand(call, role.license, role.user, role.global, role.directoryWriters);
  const { add, remove } = readLicenceChange(bodyOf(call));
  const missing = remove.find((skuId) => !user.licences.includes(skuId));
  if (missing !== undefined && heldLicences(user).includes(missing)) {
    const message =
      'User license is inherited from a group membership and it cannot be removed directly from the user.';
    refuse(400, 'Request_BadRequest', message);
  }
  if (missing !== undefined) {
    refuse(400, 'Request_BadRequest', `User does not have a corresponding license for SKU ${missing}.`);
  }
  const kept = user.licences.filter((skuId) => !remove.includes(skuId));
  const fresh = add.filter((skuId) => !kept.includes(skuId));
  if (fresh.length > 0) {
    if (user.usageLocation === null) {
      refuse(
        400,
        'Request_BadRequest',
        'License assignment cannot be done for user with invalid usage location.',
      );
    }
    await checkFree(call, user.id, fresh);
  }
  const licences = [...kept, ...fresh];
  // The first licence brings a mailbox; the sandbox does not tell products with mail from those without.
  const mail = user.mail ?? (licences.length > 0 ? user.userPrincipalName : null);
  const changed = { ...user, licences, mail };
  await call.world.put('user', call.caller.tenantId, user.id, changed);
  const item = userItem(changed);
  const given = Object.fromEntries(assignedProperties.map((name) => [name, item[name]]));
  return { status: 200, body: { '@odata.context': context(call, 'users/$entity'), ...given } };
}

async function checkFree(call: Call, userId: string, skuIds: readonly string[]): Promise<void> {
  const users = await call.world.all('user', call.caller.tenantId);
  const skus = await call.world.all('sku', call.caller.tenantId);
  for (const skuId of skuIds) {
    const sku = skus.find((one) => one.skuId.toLowerCase() === skuId);
    if (sku === undefined) {
      refuse(400, 'Request_BadRequest', `License ${skuId} does not correspond to a valid company License.`);
    }
    const used = users.filter((one) => one.id !== userId && heldLicences(one).includes(sku.skuId)).length;
    if (used >= unitsOf(sku)) {
      refuse(
        400,
        'Request_BadRequest',
        `Subscription with SKU ${sku.skuId} does not have any available licenses.`,
      );
    }
  }
}

/** Units can still be given during the days of grace after the end of a subscription. */
function unitsOf(sku: SandboxSku): number {
  return ['Enabled', 'Warning'].includes(sku.capabilityStatus) ? sku.enabled : 0;
}

function readLicenceChange(body: Record<string, unknown>): { add: string[]; remove: string[] } {
  const { addLicenses, removeLicenses } = body;
  const missing = [
    ...(Array.isArray(addLicenses) ? [] : ['addLicenses']),
    ...(Array.isArray(removeLicenses) ? [] : ['removeLicenses']),
  ];
  if (!Array.isArray(addLicenses) || !Array.isArray(removeLicenses)) {
    const message = `One or more parameters of the operation 'assignLicense' are missing from the request payload. The missing parameters are: ${missing.join(', ')}.`;
    return refuse(400, 'Request_BadRequest', message);
  }
  const add = addLicenses.map((one: unknown) => guid((one as { skuId?: unknown } | null)?.skuId));
  return { add, remove: removeLicenses.map(guid) };
}

function guid(value: unknown): string {
  if (isGuid(value)) return value.toLowerCase();
  const message =
    "Cannot convert a primitive value to the expected type 'Edm.Guid'. See the inner exception for more details.";
  return refuse(400, 'Request_BadRequest', message);
}
