import type { AccountRef } from './accounts.ts';

/** What there is to do when a subscription is set up with product keys, in this order. */
export const keySteps = ['keys', 'partner-id', 'redeemed', 'subscription', 'delegation'] as const;
export type KeyStep = (typeof keySteps)[number];

/** Who said that something is done. `at`: domain time, ms. */
export interface KeyStepDone {
  by: AccountRef;
  byName: string;
  at: number;
}

/** Whom Microsoft has as partner of record, as somebody said: no interface tells it. */
export interface ReportedPartner {
  partnerId: string;
  /** Who said it, as it was written down. */
  reportedBy: string;
  /** `YYYY-MM-DD` on which they said it. */
  on: string;
  noted: KeyStepDone;
}

/**
 * A client's subscription that is set up with product keys. The keys themselves are never part of it: whoever redeems
 * types them on Microsoft's own page.
 */
export interface KeySetup {
  id: string;
  /** Tenant id of the partner. */
  company: string;
  /** Without tenant id: a company that has no directory yet, by its name alone. */
  client: { tenantId: string | null; name: string; domain: string | null };
  /** Who types the keys on Microsoft's page. */
  redeemer: 'client' | 'partner';
  /** What the keys are for, as it was written down; '' when nobody said. */
  product: string;
  /** To be named while it is set up; '' when it could not be read. */
  partnerId: string;
  done: Partial<Record<KeyStep, KeyStepDone>>;
  reported: ReportedPartner | null;
  status: 'open' | 'finished' | 'dropped';
  createdBy: AccountRef;
  createdByName: string;
  createdAt: number;
  /** Counts stored changes; a save with an old one is a conflict. */
  rev: number;
}

export function newKeySetup(
  begun: Pick<
    KeySetup,
    'id' | 'company' | 'client' | 'redeemer' | 'product' | 'partnerId' | 'createdBy' | 'createdByName'
  > & { now: number },
): KeySetup {
  const { now, ...known } = begun;
  return { ...known, done: {}, reported: null, status: 'open', createdAt: now, rev: 1 };
}

export type KeySetupMove =
  | { do: 'tick'; step: KeyStep; by: KeyStepDone }
  | { do: 'untick'; step: KeyStep }
  | { do: 'report'; reported: ReportedPartner }
  | { do: 'finish' }
  | { do: 'drop' };

/**
 * The set-up after one move, to be saved with the `rev` that it has; undefined where there is nothing to change. A tick
 * that is there stays whose it is. A set-up that has ended only takes reports.
 */
export function moveKeySetup(setup: KeySetup, move: KeySetupMove): KeySetup | undefined {
  if (move.do === 'report') return { ...setup, reported: move.reported };
  if (setup.status !== 'open') return undefined;
  switch (move.do) {
    case 'tick':
      if (setup.done[move.step] !== undefined) return undefined;
      return { ...setup, done: { ...setup.done, [move.step]: move.by } };
    case 'untick': {
      const { [move.step]: before, ...done } = setup.done;
      return before === undefined ? undefined : { ...setup, done };
    }
    case 'finish':
      return { ...setup, status: 'finished' };
    case 'drop':
      return { ...setup, status: 'dropped' };
  }
}

/** The first step that nobody has ticked. */
export function nextKeyStep({ done }: KeySetup): KeyStep | undefined {
  return keySteps.find((step) => done[step] === undefined);
}
