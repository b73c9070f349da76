import type { AddUserChoices, AddUserDetails } from '../cards/add-user.ts';
import { anyRoleOf } from '../cards/users.ts';
import { type CapabilityId, decide, may } from '../partner/capabilities.ts';
import { firstProposals } from '../partner/sign-in-names.ts';
import type { Turn } from './turn.ts';
import { whyNot } from './why-not.ts';

/** What this person may choose for a new user; what they may not is left out and said why. */
export async function choicesFor(turn: Turn, values: AddUserDetails): Promise<AddUserChoices> {
  const directory = turn.directory();
  const [domains, skus, situation] = await Promise.all([
    directory.domains(),
    directory.skus(),
    turn.situation(),
  ]);
  const proposals = firstProposals(values, 3);
  const taken = await directory.takenSignInNames(proposals.map((name) => `${name}@${values.domain}`));
  const support = [
    ...(may('support-limited', situation) ? (['none', 'limited'] as const) : []),
    ...(may('support-full', situation) ? (['full'] as const) : []),
  ];
  const asked: CapabilityId[] = ['assign-licences', 'grant-role', 'support-limited', 'support-full'];
  const cannot = asked.flatMap((capability) => {
    const verdict = decide(capability, situation);
    if (verdict.allowed) return [];
    if (verdict.reason === 'unknown') return [whyNot(turn, capability, situation)];
    return [lacksRole(turn, capability, verdict.whoCan)];
  });
  return {
    domains: domains.filter((domain) => domain.isVerified).map((domain) => domain.name),
    skus: skus.filter((sku) => sku.active),
    mayGiveLicences: may('assign-licences', situation),
    mayGrantRoles: may('grant-role', situation),
    support,
    free: proposals.filter((name) => !taken.includes(`${name}@${values.domain}`)),
    cannot,
  };
}

function lacksRole(turn: Turn, capability: CapabilityId, whoCan: readonly string[]): string {
  const roles = anyRoleOf(turn.chat.language, whoCan);
  return turn.words('capabilities.lacks-role', { capability: turn.words(`capability.${capability}`), roles });
}
