import type { Times } from '../delegation/times.ts';
import type { HttpAnswer, SandboxRequest } from '../http.ts';
import { createDelegationApproval } from './delegation-approval.ts';
import { fragmentPage, fragmentScript } from './fragment-page.ts';
import { createPartnerList } from './partner-list.ts';
import { createResellerInvitation } from './reseller-invitation.ts';

const home = '/adminportal/home';
const approval = `${home}/partners/invitation/granularadminrelationships/`;

/** The pages of Microsoft's admin center that a client of a partner is sent to. */
export function createAdminCenter(times: Times): (request: SandboxRequest) => Promise<HttpAnswer> {
  const resellerInvitation = createResellerInvitation(times);
  const delegationApproval = createDelegationApproval(times);
  const partnerList = createPartnerList(times);

  return async (request) => {
    const path = request.path.toLowerCase();
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (path.startsWith(approval)) return delegationApproval(request, path.slice(approval.length));
    if (path === `${home}/partners`) return partnerList(request);
    if (path === `${home}/fragment.js`) return fragmentScript();
    if (path === home && isRead && !request.query.has('invType')) return fragmentPage(request);
    return resellerInvitation(request);
  };
}
