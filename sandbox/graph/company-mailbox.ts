import type { SandboxTenant, World } from '../world.ts';

/** Who a mail comes from. */
export interface Sender {
  name: string;
  address: string;
}

/**
 * The shared mailbox of a partner company, and the only one from which the application may send there: its Mail.Send is
 * limited by RBAC for Applications in Exchange Online. Who is no partner at Microsoft has none.
 * https://learn.microsoft.com/exchange/permissions-exo/application-rbac
 */
export async function companyMailboxOf(world: World, tenant: SandboxTenant): Promise<Sender | undefined> {
  if (tenant.role !== 'partner' || tenant.partnerTenantType === null) return undefined;
  const domains = await world.all('domain', tenant.id);
  const domain = domains.find(({ isDefault }) => isDefault)?.id;
  return domain === undefined ? undefined : { name: tenant.displayName, address: `thuchao@${domain}` };
}
