import type { AccountRef } from '../../partner/accounts.ts';
import { PartnerError } from '../../partner/errors.ts';
import type { RelationshipDesks, Relationships } from '../../partner/relationships.ts';
import { clientPermissions } from '../client-permissions.ts';
import { onSandbox } from '../clouds.ts';
import { createHttp } from '../http.ts';
import { consentAtCustomer } from '../partner-center/application-consents.ts';
import { type ConnectionDependencies, createConnections } from '../partner-center/connection.ts';
import { assignAccess, readAssignments } from './access-assignments.ts';
import { createGraph } from './client.ts';
import { readsClient } from './client-probe.ts';
import { createGraphs } from './graphs.ts';
import { segment, withQuery } from './query.ts';
import {
  type RelationshipsOf,
  readRelationship,
  readRelationships,
  relationshipByName,
} from './relationship-reads.ts';
import {
  createRelationship,
  lockForApproval,
  removeRelationship,
  setAutoExtend,
  terminate,
} from './relationship-writes.ts';
import { findAgentGroups } from './support-groups.ts';

interface RelationshipDependencies extends ConnectionDependencies {
  /** Our application's, for which consent is given. */
  clientId: string;
  /** Where Microsoft sends an administrator who gave consent by hand: an address that is registered for it. */
  consentReturn: string;
}

type Read = ReturnType<RelationshipDesks['asPartner']>;

/**
 * Delegated administration between partner companies of one cloud and their clients, over Microsoft Graph v1.0.
 * https://learn.microsoft.com/graph/api/resources/delegatedadminrelationships-api-overview
 */
export function createRelationshipDesks(dependencies: RelationshipDependencies): RelationshipDesks {
  const { cloud, tokens, sandboxOrigin, timeoutMs, clientId, consentReturn, log } = dependencies;
  // Microsoft's pages contradict each other about 21Vianet, and its schema there has nothing of it.
  if (cloud.name === '21vianet') return { as: () => notHere, asPartner: () => notHere };

  const connect = createConnections(dependencies);
  const graphs = createGraphs(dependencies);
  const http = createHttp({ cloud, sandboxOrigin, timeoutMs, log });
  const here = (link: string) => (sandboxOrigin === undefined ? link : onSandbox(sandboxOrigin, link));

  const reading = (from: RelationshipsOf): Read => ({
    find: (id) => readRelationship(from, id),
    list: () => readRelationships(from),
    assignments: (id) => readAssignments(from, id),
    // The page overview calls what stands in this address the request; it is the relationship.
    approvalLink: (id) => here(`${cloud.adminCenter}/AdminPortal/Home${approvalPage}/${segment(id)}`),
    // https://learn.microsoft.com/entra/identity-platform/v2-admin-consent
    consentLink: (tenantId) => {
      const scope = clientPermissions.map((each) => `${cloud.graph}/${each}`).join(' ');
      const asked = { client_id: clientId, scope, redirect_uri: consentReturn };
      return here(withQuery(`${cloud.login}/${segment(tenantId)}/v2.0/adminconsent`, asked));
    },
  });

  function relationshipsOf(account: AccountRef, signal: AbortSignal | undefined): Relationships {
    const from = connect(account, signal);
    return {
      ...reading(from),
      create: (wanted) => createRelationship(from, wanted),
      byName: (name) => relationshipByName(from, name),
      lockForApproval: (id) => lockForApproval(from, id),
      terminate: (id) => terminate(from, id),
      remove: (id) => removeRelationship(from, id),
      setAutoExtend: (id, on) => setAutoExtend(from, id, on),
      assign: (id, groupId, roles) => assignAccess(from, id, { groupId, roles }),
      async groupOf(level) {
        const group = (await findAgentGroups(from)).get(level);
        if (group === undefined) throw new PartnerError('not-found');
        return group;
      },
      consent: (tenantId) => consentAtCustomer(from.partnerCenter, tenantId, clientId),
      probe: (tenantId) => {
        const token = () => tokens.forAccount(account, 'graph', { tenantId, fresh: true });
        const graphWith = (found: string) =>
          createGraph({ cloud, http, signal, timeoutMs, token: async () => found });
        return readsClient({ token, graphWith }, tenantId);
      },
    };
  }

  return {
    as: (account, options) => relationshipsOf(account, options?.signal),
    asPartner: (company) => reading({ graph: graphs.asApplication(company), cloud }),
  };
}

const approvalPage = '#/partners/invitation/granularAdminRelationships';

const refuse = async (): Promise<never> => {
  throw new PartnerError('not-in-cloud');
};
const noPage = (): never => {
  throw new PartnerError('not-in-cloud');
};

/** Of a cloud that has no delegated administration of this kind. */
const notHere: Relationships = {
  create: refuse,
  find: refuse,
  byName: refuse,
  list: refuse,
  lockForApproval: refuse,
  terminate: refuse,
  remove: refuse,
  setAutoExtend: refuse,
  assignments: refuse,
  assign: refuse,
  groupOf: refuse,
  approvalLink: noPage,
  consent: refuse,
  consentLink: noPage,
  probe: refuse,
};
