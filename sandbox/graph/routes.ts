import type { Answer } from '../graph-answer.ts';
import { answerBatch } from './batch.ts';
import type { Call, GraphRequest, Handler } from './call.ts';
import { getContract, listContracts } from './contracts.ts';
import { delegationRoutes } from './delegation-routes.ts';
import { listDeletedUsers, restoreUser } from './deleted-items.ts';
import {
  addMember,
  countMembers,
  deleteMemberItself,
  getGroup,
  listGroups,
  listMembers,
  listUserMembers,
  removeMember,
} from './groups.ts';
import { assignLicence, listSkus } from './licences.ts';
import { sendMail } from './mail.ts';
import { countMemberOf, countMemberOfType, listMemberOf, listMemberOfType } from './member-of.ts';
import { getOrganization, listDomains, listOrganization, updateOrganization } from './organization.ts';
import { Refusal, refuse, refuseAsForbidden } from './refusal.ts';
import {
  createRoleAssignment,
  deleteRoleAssignment,
  getRoleAssignment,
  getRoleDefinition,
  listRoleAssignments,
  listRoleDefinitions,
} from './roles.ts';
import { decoded, findRoute, type Route, route } from './route.ts';
import { listSubscriptions } from './subscriptions.ts';
import { findTenantByDomain, findTenantById } from './tenants.ts';
import {
  countUsers,
  createUser,
  deleteUser,
  getUser,
  listUsers,
  revokeSessions,
  updateUser,
} from './users.ts';
import { inTurn } from './writes.ts';

export type { GraphRequest } from './call.ts';

/** `:name` stands for any value, also inside a segment; a route with fixed words wins by coming first. */
const routes: readonly Route[] = [
  route('GET', 'organization', listOrganization),
  route('GET', 'organization/:id', getOrganization),
  route('PATCH', 'organization/:id', updateOrganization),
  route('GET', 'domains', listDomains),
  route('GET', 'subscribedSkus', listSkus),
  route('GET', 'directory/subscriptions', listSubscriptions),
  route('GET', 'contracts', listContracts),
  route('GET', 'contracts/:id', getContract),
  route('GET', 'users', listUsers),
  route('POST', 'users', createUser),
  route('GET', 'users/$count', countUsers),
  route('GET', 'users/:user', getUser),
  route('PATCH', 'users/:user', updateUser),
  route('DELETE', 'users/:user', deleteUser),
  route('POST', 'users/:user/assignLicense', assignLicence),
  route('POST', 'users/:user/revokeSignInSessions', revokeSessions),
  route('POST', 'users/:user/sendMail', sendMail),
  ...['memberOf', 'transitiveMemberOf'].flatMap((relation) => [
    route('GET', `users/:user/${relation}`, withRelation(relation, listMemberOf)),
    route('GET', `users/:user/${relation}/$count`, withRelation(relation, countMemberOf)),
    route('GET', `users/:user/${relation}/:type`, withRelation(relation, listMemberOfType)),
    route('GET', `users/:user/${relation}/:type/$count`, withRelation(relation, countMemberOfType)),
  ]),
  route('GET', 'directory/deletedItems/microsoft.graph.user', listDeletedUsers),
  route('POST', 'directory/deletedItems/:id/restore', restoreUser),
  route('GET', 'roleManagement/directory/roleDefinitions', listRoleDefinitions),
  route('GET', 'roleManagement/directory/roleDefinitions/:id', getRoleDefinition),
  route('GET', 'roleManagement/directory/roleAssignments', listRoleAssignments),
  route('POST', 'roleManagement/directory/roleAssignments', createRoleAssignment),
  route('GET', 'roleManagement/directory/roleAssignments/:id', getRoleAssignment),
  route('DELETE', 'roleManagement/directory/roleAssignments/:id', deleteRoleAssignment),
  route('GET', "tenantRelationships/findTenantInformationByTenantId(tenantId=':value')", findTenantById),
  route(
    'GET',
    "tenantRelationships/findTenantInformationByDomainName(domainName=':value')",
    findTenantByDomain,
  ),
  ...delegationRoutes,
  route('GET', 'groups', listGroups),
  route('GET', 'groups/:group', getGroup),
  route('GET', 'groups/:group/members', listMembers),
  route('GET', 'groups/:group/members/$count', countMembers),
  route('GET', 'groups/:group/members/microsoft.graph.user', listUserMembers),
  route('POST', 'groups/:group/members/$ref', addMember),
  route('DELETE', 'groups/:group/members/:user/$ref', removeMember),
  route('DELETE', 'groups/:group/members/:user', deleteMemberItself),
  route('POST', '$batch', (call) => answerBatch(call, answerGraph)),
];

/** What the sandbox serves, as `GET users/:user`; the contract test calls each of them. */
export const served: readonly string[] = routes.map(
  ({ method, pattern }) => `${method} ${pattern.join('/')}`,
);

function withRelation(relation: string, handle: Handler): Handler {
  return (call) => handle({ ...call, params: { ...call.params, relation } });
}

/**
 * Answers one request to Microsoft Graph v1.0 from the world, with the statuses and errors that Microsoft
 * documents. Never throws for what a caller sent; writes of one tenant happen one after another.
 */
export async function answerGraph(request: GraphRequest): Promise<Answer> {
  try {
    return await answerOrThrow(request);
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    throw error;
  }
}

async function answerOrThrow(request: GraphRequest): Promise<Answer> {
  const segments = ownSegments(request, decoded(request.path));
  const { route: found, params } = findRoute(routes, request, segments);
  const isBatch = segments[0] === '$batch';
  const isWrite = request.method !== 'GET' && !isBatch;

  const handle = async () => {
    // Asked again in turn: the caller may have been blocked by the write before.
    const me = await callingUser(request);
    const call: Call = { ...request, hidden: (id) => request.hidden(id), params, me };
    // An application of ours writes nothing but mails.
    if (isWrite && me === undefined && found.handle !== sendMail) refuseAsForbidden();
    // Everybody may look around at home; in a client's directory only by a role that was delegated.
    if (request.caller.homeTenantId !== undefined && request.caller.roles.length === 0) refuseAsForbidden();
    if (me?.userType === 'Guest' && !isBatch && !isOwn(call)) refuseAsForbidden();
    return found.handle(call);
  };
  return isWrite ? inTurn(request.world, request.caller.tenantId, handle) : handle();
}

/** The user behind the token; undefined for an application. 401 when the user is gone or blocked. */
async function callingUser({ world, caller }: GraphRequest): Promise<Call['me']> {
  if (caller.objectId === undefined) return undefined;
  const me = await world.get('user', caller.homeTenantId ?? caller.tenantId, caller.objectId);
  if (me?.accountEnabled) return me;
  return refuse(401, 'InvalidAuthenticationToken', 'The user account of this token is deleted or disabled.');
}

function isOwn(call: Call): boolean {
  return call.me !== undefined && call.params['user'] === call.me.id && call.method === 'GET';
}

/** `/me/…` is `/users/{own id}/…`. */
function ownSegments({ caller }: GraphRequest, segments: string[]): string[] {
  if (segments[0] !== 'me') return segments;
  if (caller.objectId === undefined) {
    refuse(400, 'BadRequest', '/me request is only valid with delegated authentication flow.');
  }
  return ['users', caller.objectId, ...segments.slice(1)];
}
