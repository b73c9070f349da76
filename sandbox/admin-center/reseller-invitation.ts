import { role } from '../graph/rights.ts';
import { inTurn } from '../graph/writes.ts';
import { form, fromAnotherSite, type HttpAnswer, json, redirect, type SandboxRequest } from '../http.ts';
import { isReseller } from '../partner-center/account.ts';
import { customerAgreement } from '../partner-center/agreements.ts';
import { guidFor } from '../seed/identifiers.ts';
import { findCandidates } from '../sign-in/candidates.ts';
import { findPerson, rolesOf } from '../sign-in/people.ts';
import type { SandboxClock, SandboxTenant, World } from '../world.ts';
import { choicePage } from './choice-page.ts';
import { cloudOfAdminCenter } from './hosts.ts';
import { type Client, invalidPage, invitationPage, invitationTitle } from './invitation-page.ts';

/**
 * The page of Microsoft's admin center that a partner's link leads to: somebody of a company is picked instead of
 * signed in, and accepts the partner as reseller. https://learn.microsoft.com/partner-center/customers/request-a-relationship-with-a-customer
 */
export function createResellerInvitation({
  world,
  clock,
}: {
  world: World;
  clock: SandboxClock;
}): (request: SandboxRequest) => Promise<HttpAnswer> {
  async function partnerOf(request: SandboxRequest): Promise<SandboxTenant | undefined> {
    const id = request.query.get('partnerId')?.toLowerCase() ?? '';
    const isInvitation =
      request.path.toLowerCase() === '/adminportal/home' &&
      request.query.get('invType') === 'ResellerRelationship';
    const partner = isInvitation ? await world.get('tenant', id, id) : undefined;
    const isHere = partner !== undefined && partner.cloud === cloudOfAdminCenter(request.host)?.name;
    return isHere && isReseller(partner) ? partner : undefined;
  }

  async function clientOf(partner: SandboxTenant, account: string): Promise<Client | undefined> {
    const [tenantId = '', objectId = ''] = account.split('/');
    const person = await findPerson(world, tenantId, objectId);
    if ('error' in person || person.tenant.cloud !== partner.cloud || person.tenant.id === partner.id)
      return undefined;
    const contracts = await world.all('contract', partner.id);
    const agreements = [
      ...(await world.all('agreement', tenantId)),
      ...(await world.all('agreement', partner.id)),
    ];
    return {
      ...person,
      account,
      mayAccept: (await rolesOf(world, tenantId, objectId)).includes(role.global),
      isCustomer: contracts.some(({ customerId }) => customerId === tenantId),
      hasAgreed: agreements.some(
        (one) => one.customerId === tenantId && one.templateId === customerAgreement.templateId,
      ),
    };
  }

  /** Adds what was agreed to and is not there yet; twice is once. */
  async function accept(partner: SandboxTenant, { tenant }: Client, signs: boolean): Promise<void> {
    const domains = await world.all('domain', tenant.id);
    const contracts = await world.all('contract', partner.id);
    if (!contracts.some(({ customerId }) => customerId === tenant.id)) {
      const id = guidFor(`contract:${partner.id}:${tenant.id}`);
      await world.put('contract', partner.id, id, {
        id,
        contractType: 'ResellerPartner',
        customerId: tenant.id,
        defaultDomainName: domains.find(({ isDefault }) => isDefault)?.id ?? '',
        displayName: tenant.displayName,
      });
    }
    if (!signs) return;
    await world.put('agreement', tenant.id, guidFor(`signed:${tenant.id}`), {
      customerId: tenant.id,
      templateId: customerAgreement.templateId,
      type: customerAgreement.agreementType,
      dateAgreed: new Date(clock.now()).toISOString(),
    });
  }

  return async (request) => {
    const partner = await partnerOf(request);
    if (partner === undefined) return invalidPage(request);
    if (request.method === 'POST') {
      if (fromAnotherSite(request)) return json(403, { error: 'The form came from another site.' });
      const sent = form(request);
      const client = await clientOf(partner, sent.get('account') ?? '');
      if (client === undefined || !client.mayAccept) return invalidPage(request);
      await inTurn(world, partner.id, () => accept(partner, client, sent.get('agreement') === 'yes'));
      const query = new URLSearchParams(request.query);
      query.set('account', client.account);
      return redirect(`/${request.host}${request.path}?${query.toString()}`);
    }
    const account = request.query.get('account');
    const client = account === null ? undefined : await clientOf(partner, account);
    if (client !== undefined) return invitationPage(request, partner, client);
    const search = request.query.get('q') ?? '';
    const found = await findCandidates(world, { cloud: partner.cloud, tenantId: undefined, search });
    const people = [...found.known, ...found.others].filter(({ tenant }) => tenant.role === 'client');
    return choicePage(request, invitationTitle(request, partner), { people, search });
  };
}
