import type { AccountRef } from './accounts.ts';
import { type CapabilityId, decide, decideApproval, may, ruleOf, type Situation } from './capabilities.ts';
import { authorisationsOn, type CompanyAuthorisations, unreadOnes } from './company-authorisations.ts';
import type { Directory, PersonnelFile } from './directory.ts';
import { PartnerError, type Unread } from './errors.ts';
import type { Aim, OperationKind } from './operation-kinds.ts';

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

/**
 * Whether this person is let in at Microsoft and may do this, by their roles alone. Read now with the partner's own eyes,
 * so that it can be asked of whoever is signed in nowhere. Throws PartnerError where it cannot be read.
 */
export async function stillMay(
  file: PersonnelFile,
  { tenantId, objectId }: AccountRef,
  capability: CapabilityId,
  { cloudOf }: PartnerCompanies,
): Promise<boolean> {
  const cloud = cloudOf(tenantId);
  if (cloud === undefined) return false;
  const [user, roles, support] = await Promise.all([
    file.userById(objectId),
    file.rolesOf(objectId),
    file.supportOf(objectId),
  ]);
  const situation = { cloud, staff: true, roles, support, authorisations: [] };
  return user?.accountEnabled === true && may(capability, situation);
}

/** Throws as `requireCapability` does when one of these may not be done. */
export function requireAll(
  needs: readonly CapabilityId[],
  situation: Situation,
  options: { approved: boolean },
): void {
  for (const capability of needs) requireCapability(capability, situation, options);
}

/**
 * Throws PartnerError when this must not be written as things are now: what its kind looks at, and what it takes by then.
 */
export async function requireAsThingsAre(
  { needsNow, guard }: Pick<OperationKind, 'needsNow' | 'guard'>,
  aim: Aim,
  situation: Situation,
): Promise<void> {
  await guard?.(aim);
  requireAll((await needsNow?.(aim)) ?? [], situation, { approved: false });
}

/** Those of the needs for which somebody else has to say yes. Throws where that cannot be known now. */
export function needSecondPerson(needs: readonly CapabilityId[], situation: Situation): CapabilityId[] {
  return needs.filter((capability) => {
    const verdict = decide(capability, situation);
    if (!verdict.allowed && verdict.reason === 'unknown') throw cannotBeKnown(verdict.unread);
    return verdict.allowed && verdict.secondPerson;
  });
}

/** Whether this person may say yes to all of these. Throws where that cannot be known now. */
export function mayApproveAll(capabilities: readonly CapabilityId[], situation: Situation): boolean {
  return capabilities.every((capability) => {
    const verdict = decideApproval(capability, situation);
    if (!verdict.allowed && verdict.reason === 'unknown') throw cannotBeKnown(verdict.unread);
    return verdict.allowed;
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

/**
 * Throws as `requireCapability` does when this person may not say yes to one of these that takes a second person; the
 * details then say `approving`, since that may take another role than doing it.
 */
export function requireMayApprove(needs: readonly CapabilityId[], situation: Situation): void {
  for (const capability of needs) {
    if (ruleOf(capability).secondPerson === undefined) continue;
    const verdict = decideApproval(capability, situation);
    if (verdict.allowed) continue;
    const { reason } = verdict;
    if (reason === 'unknown') throw cannotBeKnown(verdict.unread);
    throw new PartnerError(codes[reason], { details: { capability, reason, approving: 'yes' } });
  }
}
