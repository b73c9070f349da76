import type { SupportGroup } from './directory.ts';
import { PartnerError } from './errors.ts';
import { visibleStep } from './one-step.ts';
import type { Aim, OperationKind } from './operation-kinds.ts';
import { type JsonObject, newStep } from './operations.ts';
import { type TargetUser, targetId, targetName } from './targets.ts';

export type SupportLevel = 'none' | 'limited' | 'full';

/** Administration of the companies we support, before and after. */
export interface ChangeSupportWish extends TargetUser {
  from: SupportLevel;
  to: SupportLevel;
  /** How many client companies it was said to apply to; null where that is not shown to whoever asked. */
  clients: number | null;
}

const wishOf = (args: JsonObject) => args as ChangeSupportWish;

export function supportLevel(groups: readonly SupportGroup[]): SupportLevel {
  if (groups.includes('full')) return 'full';
  return groups.includes('limited') ? 'limited' : 'none';
}

const levelNow = async (aim: Aim) => supportLevel(await aim.directory.supportOf(targetId(aim)));

/** Full, Limited or none. The new group is joined first, so that a break in between takes nobody's access away. */
export const changeSupportKind: OperationKind = {
  kind: 'change-support',
  schema: 1,
  needs(args) {
    const { from, to } = wishOf(args);
    if (to === 'full') return ['support-full'];
    return from === 'full' ? ['support-full-remove'] : ['support-limited'];
  },
  /** Who has got Full since the review loses it only by the hand of who may take it away. */
  async needsNow(aim) {
    const isTaken = wishOf(aim.operation.args).to !== 'full' && (await levelNow(aim)) === 'full';
    return isTaken ? ['support-full-remove'] : [];
  },
  plan(args) {
    const { from, to } = wishOf(args);
    return [...(to === 'none' ? [] : ['join']), ...(from === 'none' ? [] : ['leave'])].map(newStep);
  },
  steps: {
    join: visibleStep({
      id: 'join',
      async isDone(work) {
        const { to } = wishOf(work.operation.args);
        return to === 'none' || (await work.directory.supportOf(targetId(work))).includes(to);
      },
      async write(work) {
        const { to } = wishOf(work.operation.args);
        if (to !== 'none') await work.directory.addToSupportGroup(targetId(work), to);
      },
    }),
    leave: visibleStep({
      id: 'leave',
      isDone: async (work) => (await levelNow(work)) === wishOf(work.operation.args).to,
      async write(work) {
        const { to } = wishOf(work.operation.args);
        // A person may be in both groups; one that was left behind would still be access.
        for (const group of await work.directory.supportOf(targetId(work))) {
          if (group === 'sales' || group === to) continue;
          await work.directory.removeFromSupportGroup(targetId(work), group);
        }
      },
    }),
  },
  object: targetName,
  /** On the way from one to the other it is either of them; anything else was not on the review. */
  async guard(aim) {
    const { from, to } = wishOf(aim.operation.args);
    const now = await levelNow(aim);
    if (now !== from && now !== to) throw new PartnerError('changed-meanwhile');
  },
  undo(args) {
    const { from, to } = wishOf(args);
    return to === 'none' && from === 'limited'
      ? { kind: 'change-support', args: { ...args, from: to, to: from } }
      : undefined;
  },
};
