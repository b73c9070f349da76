import type { AccountRef } from '../../partner/accounts.ts';
import type { Directories, Directory, PeopleDesk, PersonnelFile } from '../../partner/directory.ts';
import type { AccessTokens } from '../../partner/sign-in.ts';
import type { Cloud } from '../clouds.ts';
import { createHttp } from '../http.ts';
import type { Log } from '../log.ts';
import { createGraph, type Graph } from './client.ts';
import { readCompany, readDomains, readMe, readSkus } from './company.ts';
import { countClients } from './contracts.ts';
import { listDeletedUsers, restoreUser } from './deleted-users.ts';
import { changeLicences, groupNames } from './licences.ts';
import { readOwnSubscriptions } from './own-subscriptions.ts';
import { rightsOf } from './rights.ts';
import { holdersOf, rolesInUse } from './role-holders.ts';
import { grantRole, removeRole, rolesOf } from './roles.ts';
import {
  type AgentGroups,
  addToSupportGroup,
  findAgentGroups,
  membersOf,
  removeFromSupportGroup,
  supportOf,
} from './support-groups.ts';
import {
  createUser,
  deleteUser,
  revokeSessions,
  setAccountEnabled,
  setPassword,
  setUsageLocation,
  updateUser,
} from './user-changes.ts';
import { readDetails } from './user-details.ts';
import { findUser, listUsers, takenSignInNames } from './users.ts';

interface DirectoriesDependencies {
  cloud: Cloud;
  tokens: AccessTokens;
  /** `http://127.0.0.1:3979`; absent = Microsoft itself. */
  sandboxOrigin?: string | undefined;
  /** Per call, ms. */
  timeoutMs?: number | undefined;
  /** Users up to which a directory is read whole to find people without typing marks; at most 999. */
  wholeDirectoryUpTo?: number | undefined;
  log: Log;
}

const rememberedMs = 10 * 60_000;

/** Directories of partner companies in one cloud, over Microsoft Graph v1.0. */
export function createDirectories(dependencies: DirectoriesDependencies): Directories {
  const { cloud, tokens, sandboxOrigin, timeoutMs, wholeDirectoryUpTo, log } = dependencies;
  const http = createHttp({ cloud, sandboxOrigin, timeoutMs, log });
  /** Microsoft makes the groups at enrolment and keeps them: found per tenant, remembered when all are there. */
  const knownGroups = new Map<string, { groups: AgentGroups; until: number }>();

  async function agentGroupsOf(tenantId: string, from: { graph: Graph; cloud: Cloud }): Promise<AgentGroups> {
    const known = knownGroups.get(tenantId);
    if (known !== undefined && performance.now() < known.until) return known.groups;
    const groups = await findAgentGroups(from);
    if (groups.size === 3) knownGroups.set(tenantId, { groups, until: performance.now() + rememberedMs });
    return groups;
  }

  function personnelFileOf(company: string): PersonnelFile {
    const token = () => tokens.forApp(company, 'graph');
    const from = { graph: createGraph({ cloud, http, token, timeoutMs }), cloud };
    return {
      company: () => readCompany(from),
      userById: (id) => findUser(from, id),
      rolesOf: (userId) => rolesOf(from, userId),
      supportOf: async (userId) => supportOf(from, await agentGroupsOf(company, from), userId),
    };
  }

  function directoryOf(account: AccountRef, signal: AbortSignal | undefined): Directory & PeopleDesk {
    const token = (fresh: boolean) => tokens.forAccount(account, 'graph', { fresh });
    const graph = createGraph({ cloud, http, token, signal, timeoutMs });
    const from = { graph, cloud };
    const agentGroups = () => agentGroupsOf(account.tenantId, from);

    return {
      me: () => readMe(from, agentGroups),
      company: () => readCompany(from),
      domains: () => readDomains(from),
      skus: () => readSkus(from),
      users: (query) => listUsers(from, query, wholeDirectoryUpTo),
      userById: (id) => findUser(from, id),
      userBySignInName: (signInName) => findUser(from, signInName),
      takenSignInNames: (candidates) => takenSignInNames(from, candidates),
      rolesOf: (userId) => rolesOf(from, userId),
      supportOf: async (userId) => supportOf(from, await agentGroups(), userId),
      rightsOf: (userId) => rightsOf(from, userId, agentGroups),
      createUser: (user) => createUser(graph, user),
      setUsageLocation: (userId, countryCode) => setUsageLocation(graph, userId, countryCode),
      addLicences: (userId, skuIds) => changeLicences(from, userId, { add: skuIds, remove: [] }),
      setPassword: (userId, password) => setPassword(graph, userId, password),
      grantRole: (userId, roleTemplateId) => grantRole(from, userId, roleTemplateId),
      addToSupportGroup: async (userId, group) => addToSupportGroup(from, await agentGroups(), userId, group),

      details: (userId) => readDetails(graph, userId),
      updateUser: (userId, change) => updateUser(graph, userId, change),
      setAccountEnabled: (userId, enabled) => setAccountEnabled(graph, userId, enabled),
      revokeSessions: (userId) => revokeSessions(graph, userId),
      changeLicences: (userId, change) => changeLicences(from, userId, change),
      groupNames: (ids) => groupNames(from, ids),
      deleteUser: (userId) => deleteUser(graph, userId),
      deletedUsers: (query) => listDeletedUsers(from, query),
      restoreUser: (userId) => restoreUser(from, userId),
      removeRole: (userId, roleTemplateId) => removeRole(from, userId, roleTemplateId),
      removeFromSupportGroup: async (userId, group) =>
        removeFromSupportGroup(from, await agentGroups(), userId, group),
      holdersOf: (roleTemplateId) => holdersOf(from, roleTemplateId),
      rolesInUse: () => rolesInUse(from),
      membersOf: async (group) => membersOf(from, await agentGroups(), group),
      ownSubscriptions: () => readOwnSubscriptions(from),
      clientCount: () => countClients(from),
    };
  }

  return { as: (account, options) => directoryOf(account, options?.signal), asPartner: personnelFileOf };
}
