import type { SandboxRelationship } from '../delegation-kinds.ts';
import { bodyOf, type Call, isGuid } from './call.ts';
import { refuse } from './refusal.ts';
import { role } from './rights.ts';
import { roleDefinitions } from './role-definitions.ts';

type Wish = Pick<
  SandboxRelationship,
  'displayName' | 'duration' | 'days' | 'customer' | 'roles' | 'autoExtends'
>;

const longestName = 50;
const mostDays = 730;
const writable = ['displayName', 'duration', 'customer', 'accessDetails', 'autoExtendDuration'];

/** What a caller wants to write, each property checked by itself; 400 for what Microsoft does not take. */
export async function readRelationship(call: Call): Promise<Partial<Wish>> {
  const body = bodyOf(call);
  const strange = Object.keys(body).find((name) => !writable.includes(name) && !name.startsWith('@odata.'));
  if (strange !== undefined) refuseValue(strange);
  const { displayName, duration, customer, accessDetails, autoExtendDuration } = body;
  return {
    ...(displayName === undefined ? {} : { displayName: readName(displayName) }),
    ...(duration === undefined ? {} : readDuration(duration)),
    ...(customer === undefined ? {} : { customer: await readCustomer(call, customer) }),
    ...(accessDetails === undefined ? {} : { roles: readRoles(accessDetails) }),
    ...(autoExtendDuration === undefined ? {} : { autoExtends: readExtension(autoExtendDuration) }),
  };
}

/** 400 for two values that are fine by themselves and not together. */
export function demandTogether({ roles, autoExtends }: Pick<Wish, 'roles' | 'autoExtends'>): void {
  if (!autoExtends || !roles.includes(role.global)) return;
  const message = 'A relationship with the Global Administrator role cannot be extended automatically.';
  refuse(400, 'BadRequest', message);
}

/** https://learn.microsoft.com/graph/api/resources/delegatedadminaccessdetails: template ids, each once. */
export function readRoles(value: unknown): string[] {
  const list = fieldsOf('accessDetails', value)['unifiedRoles'];
  if (!Array.isArray(list) || list.length === 0) return refuseValue('unifiedRoles');
  const ids = list.map((one: unknown) => {
    const id = fieldsOf('unifiedRoles', one)['roleDefinitionId'];
    const known = isGuid(id) && roleDefinitions.some(({ templateId }) => templateId === id.toLowerCase());
    return known ? id.toLowerCase() : refuseValue('roleDefinitionId');
  });
  return [...new Set(ids)];
}

function readName(value: unknown): string {
  const fits = typeof value === 'string' && value.trim() !== '' && value.length <= longestName;
  return fits ? value : refuseValue('displayName');
}

/** ISO 8601 in years, months and days: from P1D to P2Y. */
function readDuration(value: unknown): { duration: string; days: number } {
  const parts = typeof value === 'string' ? /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?$/.exec(value) : null;
  if (typeof value !== 'string' || parts === null) return refuseValue('duration');
  const [, years = '0', months = '0', single = '0'] = parts;
  const days = Number(years) * 365 + Number(months) * 30 + Number(single);
  return days >= 1 && days <= mostDays ? { duration: value, days } : refuseValue('duration');
}

function readExtension(value: unknown): boolean {
  if (value === 'P180D') return true;
  return value === 'PT0S' || value === 'P0D' ? false : refuseValue('autoExtendDuration');
}

/** Another company of the same cloud; how Microsoft refuses an unknown one is not documented. */
async function readCustomer(
  { world, caller }: Call,
  value: unknown,
): Promise<SandboxRelationship['customer']> {
  const { tenantId, displayName = null } = fieldsOf('customer', value);
  if (!isGuid(tenantId)) return refuseValue('customer/tenantId');
  if (displayName !== null && typeof displayName !== 'string') return refuseValue('customer/displayName');
  const id = tenantId.toLowerCase();
  const partner = await world.get('tenant', caller.tenantId, caller.tenantId);
  const client = await world.get('tenant', id, id);
  if (client === undefined || client.id === caller.tenantId || client.cloud !== partner?.cloud)
    return refuse(400, 'BadRequest', `The customer tenant '${id}' is invalid.`);
  return { tenantId: id, displayName };
}

function fieldsOf(name: string, value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuseValue(name);
  return Object.fromEntries(Object.entries(value));
}

function refuseValue(property: string): never {
  refuse(400, 'BadRequest', `The value of the property '${property}' is invalid.`);
}
