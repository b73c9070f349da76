import { type ErrorCode, PartnerError, passingCodes } from '../partner/errors.ts';
import type { Patience, StepDefinition } from '../partner/operation-kinds.ts';
import type { JsonObject, Step, StoredError } from '../partner/operations.ts';
import { backOffMs } from './runner.ts';

const mostAttempts = 6;

/** Tried a few times: the same call may well end otherwise. While Microsoft is away it is time that is used up. */
const passes: readonly ErrorCode[] = ['microsoft-unknown-outcome', 'not-found', 'not-visible-yet'];

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;

/** Microsoft is away in a step that has no longer patience of its own. */
const outage: Patience = {
  forMs: 4 * hourMs,
  clock: 'real',
  turn: 'microsoft',
  pausesMs: [
    ...[2, 4, 8, 16, 32].map((seconds) => seconds * secondMs),
    ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * minuteMs),
  ],
  afterwards: 'microsoft-unavailable',
};

/** Nothing to tell while it lasts: Microsoft shows a change in all its places only after a while. */
const quiet: readonly ErrorCode[] = ['not-found', 'not-visible-yet'];

/** The operation stands until its person has signed in again. */
const waitsForPerson: readonly ErrorCode[] = ['sign-in-needed', 'sign-in-expired'];

/** Codes that do not say that nothing was done: the write may have been made, and what came after it failed. */
const saysNothing: readonly ErrorCode[] = [
  'microsoft-unknown-outcome',
  'microsoft-timeout',
  'microsoft-unavailable',
  'not-found',
  'not-visible-yet',
  'order-in-part',
  'unexpected',
];

/** How a failure is shown: in every chat; where cards can be redrawn; not at all, since it was told before. */
export type Showing = 'told' | 'passing' | 'silent';

/** What follows from the failure of a step: `step` is how it is stored. */
export type Judgement =
  | { what: 'sign-in'; step: Partial<Step> }
  | { what: 'wait'; step: Partial<Step>; waitMs: number; showing: Showing }
  | { what: 'again'; step: Partial<Step>; from: string; before(newId: () => string): JsonObject }
  | { what: 'end'; step: Partial<Step> };

export interface Failure {
  error: PartnerError;
  /** As it is stored. */
  step: Step;
  definition: StepDefinition | undefined;
  /** Whether an attempt before this one may have taken effect; undefined: no call of this one has left. */
  unclearBefore: boolean | undefined;
  reference: string;
  now: { real: number; domain: number };
}

/** Decides: wait for the person, for somebody else, come back later, go back to an earlier step, or end. */
export function judge(failure: Failure): Judgement {
  const { error, step, definition } = failure;
  const unclear = isUnclearNow(failure);
  const known = unclear === undefined ? {} : { unclear };
  if (waitsForPerson.includes(error.code)) {
    return { what: 'sign-in', step: { ...known, error: stored(failure) } };
  }
  const patience = patienceOf(definition, error.code);
  if (patience !== undefined) {
    const isPatient = waitedFor(failure, patience)[patience.clock] < patience.forMs;
    // However long the step has waited before: Microsoft gets some hours to come back.
    const isBrief = isAway(error.code) && failure.now.real - sinceAway(failure).real < outage.forMs;
    if (isPatient || isBrief) return waitPatiently(failure, patience, known);
    // What a wait would have come to is not known when Microsoft is away at its end.
    return end(failure, { ...known, waits: null }, isAway(error.code) ? error.code : patience.afterwards);
  }
  // Counted here and not when it starts: reading the rights or looking for an outcome may fail for good too.
  const attempts = step.attempts + 1;
  const anew = definition?.beginsAgain?.[error.code];
  if (anew !== undefined && unclear === false && attempts < mostAttempts)
    return { what: 'again', step: { attempts }, ...anew };
  if (!passes.includes(error.code) || attempts >= mostAttempts) {
    return end(failure, { ...known, attempts }, error.code);
  }
  const waitMs = error.retryAfterSeconds === undefined ? backOffMs(attempts) : error.retryAfterSeconds * 1000;
  const seconds = Math.ceil(waitMs / 1000);
  return {
    what: 'wait',
    step: { ...known, attempts, error: stored(failure, { seconds }) },
    waitMs,
    showing: quiet.includes(error.code) ? 'passing' : 'told',
  };
}

function isAway(code: ErrorCode): boolean {
  return passingCodes.includes(code);
}

/** While Microsoft is away a step waits as long as it waits at the longest, but for some hours at least. */
function patienceOf(definition: StepDefinition | undefined, code: ErrorCode): Patience | undefined {
  const { waitsFor = {} } = definition ?? {};
  if (!isAway(code)) return waitsFor[code];
  return Object.values(waitsFor).reduce(
    (longest, each) => (each.forMs > longest.forMs ? each : longest),
    outage,
  );
}

function stored({ error, reference }: Failure, more: StoredError['details'] = {}): StoredError {
  return { code: error.code, details: { ...error.details, ...more }, reference };
}

/** Undefined: as it was. A call that was plainly refused leaves the step as clear as it was before. */
function isUnclearNow({ error, definition, unclearBefore }: Failure): boolean | undefined {
  if (unclearBefore === undefined) return undefined;
  return unclearBefore || saysNothing.includes(error.code) || error.code === definition?.unclear;
}

type Waits = NonNullable<Step['waits']>;

/** Codes of one patience are one wait; it does not begin used up by another. */
function waitsOf(
  { step, definition }: Failure,
  isIt: (of: Patience | undefined) => boolean,
): [string, Waits[string]][] {
  return Object.entries(step.waits ?? {}).filter(([code]) => isIt(patienceOf(definition, code as ErrorCode)));
}

function since(failure: Failure, patience: Patience): Waits[string] {
  return earliest(
    failure,
    waitsOf(failure, (of) => of === patience),
  );
}

/** Since when Microsoft is away, whatever the step waited for before. */
function sinceAway(failure: Failure): Waits[string] {
  const waits = Object.entries(failure.step.waits ?? {});
  return earliest(
    failure,
    waits.filter(([code]) => isAway(code as ErrorCode)),
  );
}

function earliest({ now }: Failure, waits: readonly [string, Waits[string]][]): Waits[string] {
  return waits.reduce((first, [, each]) => (each.real < first.real ? each : first), now);
}

/**
 * A longer wait goes on through a shorter one, which it ends in its turn. An outage ends when Microsoft answers, and
 * what was waited for then begins anew.
 */
function waitsWith(failure: Failure, patience: Patience): Waits {
  const isOutage = isAway(failure.error.code);
  const going = waitsOf(failure, (of) => of !== undefined && of.forMs >= patience.forMs).filter(
    ([code]) => isOutage || !isAway(code as ErrorCode),
  );
  const began = isOutage ? sinceAway(failure) : since(failure, patience);
  return { ...Object.fromEntries(going), [failure.error.code]: began };
}

function waitedFor(failure: Failure, patience: Patience): { real: number; domain: number } {
  const { now } = failure;
  const { real, domain } = since(failure, patience);
  return { real: now.real - real, domain: now.domain - domain };
}

const shortestPauseMs = 5_000;
const longestPauseMs = hourMs;

/** As it was planned; where nothing was, often at first, then ever more rarely. */
function pauseAfter(waitedMs: number, { pausesMs = [] }: Patience): number {
  let plannedMs = 0;
  const next = pausesMs.find((pauseMs) => {
    plannedMs += pauseMs;
    return waitedMs < plannedMs;
  });
  const planned = next ?? pausesMs.at(-1);
  return planned ?? Math.min(longestPauseMs, Math.max(shortestPauseMs, Math.ceil(waitedMs / 4)));
}

/** Waiting uses up no attempts, and is told once; a card that shows something else by now is redrawn. */
function waitPatiently(failure: Failure, patience: Patience, known: Partial<Step>): Judgement {
  const { error, step } = failure;
  const wasTold = step.waits?.[error.code] !== undefined;
  const turn = isAway(error.code) ? 'outage' : patience.turn;
  const details = { ...detailsOf(failure, wasTold), turn };
  const isShown =
    step.error?.code === error.code &&
    step.error.details['turn'] === turn &&
    step.error.details['seconds'] === undefined;
  const pauseMs = pauseAfter(waitedFor(failure, patience).real, patience);
  return {
    what: 'wait',
    step: {
      ...known,
      attempts: isAway(error.code) ? step.attempts : 0,
      waits: waitsWith(failure, patience),
      error: wasTold && isShown ? step.error : stored(failure, details),
    },
    waitMs: Math.max(pauseMs, (error.retryAfterSeconds ?? 0) * 1000),
    showing: wasTold ? (isShown ? 'silent' : 'passing') : 'told',
  };
}

/** Of an outage: how long Microsoft said at first that it lasts, and the page that the client still needs. */
function detailsOf({ error, step }: Failure, wasTold: boolean): StoredError['details'] {
  if (!isAway(error.code)) return {};
  const { link } = step.error?.details ?? {};
  const seconds = wasTold ? undefined : error.retryAfterSeconds;
  return { ...(link === undefined ? {} : { link }), ...(seconds === undefined ? {} : { seconds }) };
}

/** A person must look where nobody can tell whether it happened: status `asked`. */
function end(failure: Failure, change: Partial<Step>, code: ErrorCode): Judgement {
  const { error, step, definition } = failure;
  const unclear = change.unclear ?? step.unclear ?? false;
  const isUnclear = definition?.unclear !== undefined && (code === definition.unclear || unclear);
  const told = new PartnerError(code, { details: error.details });
  return {
    what: 'end',
    step: {
      ...change,
      status: isUnclear ? 'asked' : 'failed',
      error: stored({ ...failure, error: told }),
    },
  };
}
