import { type AccountRef, accountKey } from './accounts.ts';
import {
  type Authorisation,
  type AuthorisationId,
  type Authorisations,
  type Detected,
  detect,
} from './authorisations.ts';
import type { Clock } from './clock.ts';
import { PartnerError, type Unread, unreadOf } from './errors.ts';
import type { Log } from './log.ts';

/** What a global administrator stated about an authorisation of the company. The last statement on each counts. */
export interface AuthorisationStatement {
  /** Tenant id. */
  company: string;
  authorisation: string;
  value: 'on' | 'off';
  /** Of the company's mailbox; left out elsewhere. */
  address?: string;
  by: AccountRef;
  byName: string;
  /** Domain time, ms. */
  at: number;
}

/** The authorisations of a company: what Microsoft shows, and where it shows nothing, what was stated. */
export interface CompanyAuthorisations {
  /** As this person can read them. What Microsoft does not show is unknown; what could not be read just now, `unread`. */
  of(account: AccountRef, options?: { signal?: AbortSignal; fresh?: boolean }): Promise<Authorisations>;
}

const rememberedMs = 10 * 60 * 1000;

interface Remembered {
  value: Authorisations;
  until: number;
  /** Who was asked: somebody with more rights may be told what the others were not. */
  asked: Set<string>;
}

/**
 * Remembers what was detected for ten minutes (real time) per company; statements are read each time. What one
 * person was not told does not hide what another one was.
 */
export function createCompanyAuthorisations(deps: {
  detected: Detected;
  statements(company: string): Promise<readonly AuthorisationStatement[]>;
  cloudOf(company: string): 'worldwide' | '21vianet' | undefined;
  clock: Clock;
  log: Log;
}): CompanyAuthorisations {
  const known = new Map<string, Remembered>();

  async function detectedOf(
    account: AccountRef,
    options: { signal?: AbortSignal; fresh?: boolean },
  ): Promise<Authorisations> {
    const entry = known.get(account.tenantId);
    const remembered = entry !== undefined && performance.now() < entry.until ? entry : undefined;
    const isEnough =
      remembered !== undefined && (remembered.asked.has(accountKey(account)) || isWhole(remembered.value));
    if (isEnough && options.fresh !== true) return remembered.value;
    try {
      const told = await deps.detected.as(account, options.signal ? { signal: options.signal } : {}).read();
      // Not remembered: the next one asks again. What was known before, however long ago, is still the best there is.
      if (!isAllRead(told)) return entry === undefined ? told : filledFrom(told, entry.value);
      const value = remembered === undefined ? told : filledFrom(told, remembered.value);
      const asked = (remembered?.asked ?? new Set()).add(accountKey(account));
      known.set(account.tenantId, { value, until: performance.now() + rememberedMs, asked });
      return value;
    } catch (error) {
      if (!(error instanceof PartnerError)) throw error;
      deps.log.warn({ err: error, company: account.tenantId }, 'authorisations could not be read');
      const cloud = deps.cloudOf(account.tenantId) ?? 'worldwide';
      const none = nothingRead(cloud, deps.clock.now(), unreadOf(error));
      return entry === undefined ? none : filledFrom(none, entry.value);
    }
  }

  return {
    async of(account, options = {}) {
      const [detected, statements] = await Promise.all([
        detectedOf(account, options),
        deps.statements(account.tenantId),
      ]);
      return withStatements(detected, statements);
    },
  };
}

/** A statement fills what Microsoft left unknown; what Microsoft shows is not overruled. */
export function withStatements(
  detected: Authorisations,
  statements: readonly AuthorisationStatement[],
): Authorisations {
  const stated = (id: AuthorisationId) => statements.find((statement) => statement.authorisation === id);
  const filled = <V extends string>(id: AuthorisationId, field: { value: V | 'unknown' }) => {
    const statement = field.value === 'unknown' ? stated(id) : undefined;
    return (
      statement && {
        value: statement.value,
        source: { kind: 'stated' as const, by: statement.by },
        at: statement.at,
      }
    );
  };
  const csp = filled('csp', detected.csp);
  return {
    deliverServices: filled('deliver-services', detected.deliverServices) ?? detected.deliverServices,
    delegatedAdministration:
      filled('delegated-administration', detected.delegatedAdministration) ??
      detected.delegatedAdministration,
    subscriptionAdvisor:
      filled('subscription-advisor', detected.subscriptionAdvisor) ?? detected.subscriptionAdvisor,
    csp: csp === undefined ? detected.csp : { ...csp, value: csp.value === 'on' ? 'indirect' : 'off' },
    cloud: detected.cloud,
  };
}

const fields = {
  'deliver-services': 'deliverServices',
  'delegated-administration': 'delegatedAdministration',
  'subscription-advisor': 'subscriptionAdvisor',
  csp: 'csp',
} as const satisfies Record<AuthorisationId, keyof Authorisations>;

/** In the order in which people read them. */
export const authorisationIds = Object.keys(fields) as readonly AuthorisationId[];

export function authorisationNamed(
  authorisations: Authorisations,
  id: AuthorisationId,
): Authorisation<string> {
  return authorisations[fields[id]];
}

/** Those that could not be read just now; nothing follows for them. */
export function unreadOnes(authorisations: Authorisations): Partial<Record<AuthorisationId, Unread>> {
  return Object.fromEntries(
    authorisationIds.flatMap((id) => {
      const { unread } = authorisationNamed(authorisations, id);
      return unread === undefined ? [] : [[id, unread]];
    }),
  );
}

/** Those that Microsoft does not show, so that a Global administrator may state them, or state them anew. */
export function statable(authorisations: Authorisations): AuthorisationId[] {
  return authorisationIds.filter((id) => {
    const { value, source, unread } = authorisationNamed(authorisations, id);
    return (value === 'unknown' && unread === undefined) || source?.kind === 'stated';
  });
}

/** Why this may not be stated: Microsoft shows it, or may show it later, or a partner would be reseller and advisor at once. */
export function statementProblem(
  authorisations: Authorisations,
  id: AuthorisationId,
  value: 'on' | 'off',
): 'advisor-and-csp' | 'shown-by-microsoft' | 'unread' | undefined {
  const on = authorisationsOn(authorisations);
  const excluded = { csp: 'subscription-advisor', 'subscription-advisor': 'csp' } as const;
  const other = id === 'csp' || id === 'subscription-advisor' ? excluded[id] : undefined;
  const unread = unreadOnes(authorisations);
  if (id in unread || (other !== undefined && other in unread)) return 'unread';
  if (value === 'on' && other !== undefined && on.includes(other)) return 'advisor-and-csp';
  return statable(authorisations).includes(id) ? undefined : 'shown-by-microsoft';
}

/** As they are once this statement counts. */
export function afterStatement(
  authorisations: Authorisations,
  statement: AuthorisationStatement & { authorisation: AuthorisationId },
): Authorisations {
  const open = { value: 'unknown', source: undefined, at: statement.at } as const;
  return withStatements({ ...authorisations, [fields[statement.authorisation]]: open }, [statement]);
}

function isWhole(authorisations: Authorisations): boolean {
  return authorisationIds.every((id) => authorisationNamed(authorisations, id).value !== 'unknown');
}

function isAllRead(authorisations: Authorisations): boolean {
  return authorisationIds.every((id) => authorisationNamed(authorisations, id).unread === undefined);
}

/** What was told now counts; what was not told now is as it was told before. */
function filledFrom(told: Authorisations, before: Authorisations): Authorisations {
  const filled = <V>(now: Authorisation<V>, earlier: Authorisation<V>) =>
    now.value === 'unknown' && earlier.value !== 'unknown' ? earlier : now;
  return {
    deliverServices: filled(told.deliverServices, before.deliverServices),
    delegatedAdministration: filled(told.delegatedAdministration, before.delegatedAdministration),
    subscriptionAdvisor: filled(told.subscriptionAdvisor, before.subscriptionAdvisor),
    csp: filled(told.csp, before.csp),
    cloud: told.cloud,
  };
}

/** Those that are on. */
export function authorisationsOn(authorisations: Authorisations): AuthorisationId[] {
  const { deliverServices, delegatedAdministration, subscriptionAdvisor, csp } = authorisations;
  return [
    ...(deliverServices.value === 'on' ? (['deliver-services'] as const) : []),
    ...(delegatedAdministration.value === 'on' ? (['delegated-administration'] as const) : []),
    ...(subscriptionAdvisor.value === 'on' ? (['subscription-advisor'] as const) : []),
    ...(csp.value === 'direct' || csp.value === 'indirect' ? (['csp'] as const) : []),
  ];
}

/** Microsoft was away; or, with nothing `unread`, it did not let this person see anything. */
function nothingRead(
  cloud: 'worldwide' | '21vianet',
  at: number,
  unread: Unread | undefined,
): Authorisations {
  const sign = unread === undefined ? 'unknown' : { unread };
  const partnerTenantType = unread && { unread };
  return detect({ cloud, partnerTenantType, partnerId: sign, agreementSigned: sign }, at);
}
