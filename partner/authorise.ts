import type { AccountRef } from './accounts.ts';
import { type CapabilityId, decide, type Situation } from './capabilities.ts';
import { authorisationsOn, type CompanyAuthorisations, unreadOnes } from './company-authorisations.ts';
import type { Directory } from './directory.ts';
import { PartnerError, type Unread } from './errors.ts';

/** Which companies this deployment serves as partners, and in which cloud each lives. */
export interface PartnerCompanies {
  cloudOf(tenantId: string): 'worldwide' | '21vianet' | undefined;
}

export interface SituationSources {
  companies: PartnerCompanies;
  authorisations: CompanyAuthorisations;
}

/** Reads the actor's rights from Microsoft now; never from the token, which may be an hour old. */
export async function readSituation(
  directory: Directory,
  account: AccountRef,
  sources: SituationSources,
  signal?: AbortSignal,
): Promise<Situation> {
  const cloud = sources.companies.cloudOf(account.tenantId);
  if (cloud === undefined) {
    return { cloud: 'worldwide', staff: false, roles: [], support: [], authorisations: [] };
  }
  const [me, authorisations] = await Promise.all([
    directory.me(),
    sources.authorisations.of(account, signal === undefined ? {} : { signal }),
  ]);
  return {
    cloud,
    staff: true,
    roles: me.roles,
    support: me.support,
    authorisations: authorisationsOn(authorisations),
    unread: unreadOnes(authorisations),
  };
}

/** Throws as `requireCapability` does when one of these may not be done. */
export function requireAll(
  needs: readonly CapabilityId[],
  situation: Situation,
  options: { approved: boolean },
): void {
  for (const capability of needs) requireCapability(capability, situation, options);
}

/** Those of the needs for which somebody else has to say yes. Throws where that cannot be known now. */
export function needSecondPerson(needs: readonly CapabilityId[], situation: Situation): CapabilityId[] {
  return needs.filter((capability) => {
    const verdict = decide(capability, situation);
    if (!verdict.allowed && verdict.reason === 'unknown') throw cannotBeKnown(verdict.unread);
    return verdict.allowed && verdict.secondPerson;
  });
}

/** What is thrown where something could not be read just now. */
export function cannotBeKnown({ code, ...more }: Unread): PartnerError {
  return new PartnerError(code, more);
}

const codes = {
  'not-staff': 'not-staff',
  cloud: 'not-in-cloud',
  authorisation: 'not-allowed',
  role: 'not-allowed',
} as const;

/**
 * Throws PartnerError `not-staff`, `not-in-cloud`, `not-allowed`, or `needs-second-person` unless `approved`; why it
 * could not be read where it cannot be known now, which may pass.
 * The details name capability and reason, for words that say who can change it.
 */
export function requireCapability(
  capability: CapabilityId,
  situation: Situation,
  options: { approved: boolean } = { approved: false },
): void {
  const verdict = decide(capability, situation);
  if (!verdict.allowed) {
    const { reason } = verdict;
    if (reason === 'unknown') throw cannotBeKnown(verdict.unread);
    throw new PartnerError(codes[reason], { details: { capability, reason } });
  }
  if (verdict.secondPerson && !options.approved) {
    throw new PartnerError('needs-second-person', { details: { capability, reason: 'second-person' } });
  }
}
