import {
  createAssignment,
  deleteAssignment,
  listAssignments,
  updateAssignment,
} from './access-assignments.ts';
import { listDelegatedCustomers, listServices } from './delegated-customers.ts';
import {
  createRelationship,
  deleteRelationship,
  getRelationship,
  listRelationships,
  updateRelationship,
} from './delegated-relationships.ts';
import { getOperation, listOperations } from './relationship-operations.ts';
import { createRequest, listRequests } from './relationship-requests.ts';
import { route } from './route.ts';

const all = 'tenantRelationships/delegatedAdminRelationships';
const one = `${all}/:relationship`;
const assignment = `${one}/accessAssignments/:assignment`;
const customers = 'tenantRelationships/delegatedAdminCustomers';

/** Whether 21Vianet has them, Microsoft's pages disagree; the schema of that cloud does not. */
const more = { china: false };

/** Granular delegated administration: https://learn.microsoft.com/graph/api/resources/delegatedadminrelationships-api-overview */
export const delegationRoutes = [
  route('GET', all, listRelationships, more),
  route('POST', all, createRelationship, more),
  route('GET', one, getRelationship, more),
  route('PATCH', one, updateRelationship, more),
  route('DELETE', one, deleteRelationship, more),
  route('GET', `${one}/requests`, listRequests, more),
  route('POST', `${one}/requests`, createRequest, more),
  route('GET', `${one}/operations`, listOperations, more),
  route('GET', `${one}/operations/:operation`, getOperation, more),
  route('GET', `${one}/accessAssignments`, listAssignments, more),
  route('POST', `${one}/accessAssignments`, createAssignment, more),
  route('PATCH', assignment, updateAssignment, more),
  route('DELETE', assignment, deleteAssignment, more),
  route('GET', customers, listDelegatedCustomers, more),
  route('GET', `${customers}/:customer/serviceManagementDetails`, listServices, more),
];
