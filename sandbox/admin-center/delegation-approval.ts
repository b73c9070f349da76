import type { Cloud } from '../../microsoft/clouds.ts';
import { approved } from '../delegation/deeds.ts';
import { statusOf } from '../delegation/life.ts';
import type { Times } from '../delegation/times.ts';
import { inTurn } from '../graph/writes.ts';
import { form, fromAnotherSite, type HttpAnswer, json, redirect, type SandboxRequest } from '../http.ts';
import { choicePage } from './choice-page.ts';
import { type Asked, approvalPage, approvalTitle, mayAnswer, unknownPage } from './delegation-page.ts';
import { cloudOfAdminCenter } from './hosts.ts';
import { choices, type Visitor, visitorOf } from './visitors.ts';

/**
 * The page on which a client's Global administrator approves delegated administration, declines it or leaves it.
 * https://learn.microsoft.com/partner-center/customers/gdap-customer-approval
 */
export function createDelegationApproval(
  times: Times,
): (request: SandboxRequest, id: string) => Promise<HttpAnswer> {
  const { world } = times;

  async function find(cloud: Cloud, id: string): Promise<Asked | undefined> {
    for (const partner of await world.tenants()) {
      const relationship = await world.get('relationship', partner.id, id);
      const status = relationship && statusOf(times, relationship);
      if (relationship === undefined || status === undefined) continue;
      // Before the partner asks there is nothing to see for a client.
      return partner.cloud === cloud.name && relationship.isLocked
        ? { relationship, partner, status }
        : undefined;
    }
    return undefined;
  }

  /** Asked again in turn: whoever answered meanwhile was first. */
  async function answer(cloud: Cloud, id: string, visitor: Visitor, says: string | null): Promise<boolean> {
    const asked = await find(cloud, id);
    if (asked === undefined || !mayAnswer(asked, visitor)) return false;
    const { relationship, partner } = asked;
    const written =
      says === 'approve'
        ? await approved(times, relationship, visitor.tenant)
        : // Microsoft knows no status for a refusal: nothing changes that the partner could read.
          { ...relationship, isDeclined: true };
    await world.put('relationship', partner.id, id, written);
    return true;
  }

  return async (request, id) => {
    const cloud = cloudOfAdminCenter(request.host);
    const asked = cloud && (await find(cloud, id));
    if (cloud === undefined || asked === undefined) return unknownPage(request);
    if (request.method === 'POST') {
      if (fromAnotherSite(request)) return json(403, { error: 'The form came from another site.' });
      const sent = form(request);
      const says = sent.get('answer');
      const visitor = await visitorOf(world, cloud, sent.get('account') ?? '');
      if (visitor === undefined || (says !== 'approve' && says !== 'decline')) return unknownPage(request);
      const isDone = await inTurn(world, asked.partner.id, () => answer(cloud, id, visitor, says));
      if (!isDone) return approvalPage(request, asked, visitor, 403);
      const query = new URLSearchParams(request.query);
      query.set('account', visitor.account);
      return redirect(`/${request.host}${request.path}?${query.toString()}`);
    }
    const account = request.query.get('account');
    const visitor = account === null ? undefined : await visitorOf(world, cloud, account);
    if (visitor !== undefined) return approvalPage(request, asked, visitor);
    const client = asked.relationship.customer?.tenantId;
    return choicePage(request, approvalTitle(request, asked), await choices(world, cloud, request, client));
  };
}
