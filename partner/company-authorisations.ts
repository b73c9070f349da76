import type { AccountRef } from './accounts.ts';
import type { AuthorisationId, Authorisations, Detected } from './authorisations.ts';
import type { Clock } from './clock.ts';
import type { Log } from './log.ts';

/** What a global administrator stated about an authorisation of the company. The last statement on each counts. */
export interface AuthorisationStatement {
  /** Tenant id. */
  company: string;
  authorisation: string;
  value: 'on' | 'off';
  by: AccountRef;
  byName: string;
  /** Domain time, ms. */
  at: number;
}

/** The authorisations of a company: what Microsoft shows, and where it shows nothing, what was stated. */
export interface CompanyAuthorisations {
  /** As this person can read them. Never throws: what cannot be read is unknown. */
  of(account: AccountRef, options?: { signal?: AbortSignal; fresh?: boolean }): Promise<Authorisations>;
}

const rememberedMs = 10 * 60 * 1000;

/** Remembers what was detected for ten minutes (real time) per company; statements are read each time. */
export function createCompanyAuthorisations(deps: {
  detected: Detected;
  statements(company: string): Promise<readonly AuthorisationStatement[]>;
  cloudOf(company: string): 'worldwide' | '21vianet' | undefined;
  clock: Clock;
  log: Log;
}): CompanyAuthorisations {
  const known = new Map<string, { value: Authorisations; until: number }>();

  async function detectedOf(
    account: AccountRef,
    options: { signal?: AbortSignal; fresh?: boolean },
  ): Promise<Authorisations> {
    const remembered = known.get(account.tenantId);
    if (remembered !== undefined && options.fresh !== true && performance.now() < remembered.until)
      return remembered.value;
    try {
      const value = await deps.detected.as(account, options.signal ? { signal: options.signal } : {}).read();
      known.set(account.tenantId, { value, until: performance.now() + rememberedMs });
      return value;
    } catch (error) {
      deps.log.warn({ err: error, company: account.tenantId }, 'authorisations could not be read');
      return (
        remembered?.value ?? nothingKnown(deps.cloudOf(account.tenantId) ?? 'worldwide', deps.clock.now())
      );
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

function nothingKnown(cloud: 'worldwide' | '21vianet', at: number): Authorisations {
  const unknown = { value: 'unknown', source: undefined, at } as const;
  return {
    deliverServices: unknown,
    delegatedAdministration: unknown,
    subscriptionAdvisor: unknown,
    csp: unknown,
    cloud: { value: cloud, source: { kind: 'detected', how: 'cloud' }, at },
  };
}
