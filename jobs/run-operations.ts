import { isConflict } from '../partner/again-on-conflict.ts';
import type { Directories } from '../partner/directory.ts';
import { type ErrorCode, PartnerError } from '../partner/errors.ts';
import type { Log } from '../partner/log.ts';
import type { OperationKind, StepDefinition, Work } from '../partner/operation-kinds.ts';
import {
  begunAgain,
  currentStep,
  isWaiting,
  type JsonObject,
  mayHaveHappened,
  type Operation,
  passwordKey,
  type Step,
  withStep,
} from '../partner/operations.ts';
import type { Changes } from '../storage/changes.ts';
import type { Storage } from '../storage/storage.ts';
import { createFollowing } from './follow-operations.ts';
import type { FollowingDeps } from './following.ts';
import { withdrawWorkOf } from './leavers-work.ts';
import { drawnFor, nothingDrawn, type Presenter } from './presenter.ts';
import { backOffMs, type JobHandler, type JobOutcome } from './runner.ts';
import { type Judgement, judge, type Showing } from './step-failures.ts';
import { createStepRights, type StepRightsDeps } from './step-rights.ts';
import { createStepWork, type StepWorkDeps } from './step-work.ts';

/** Commits of one step that may lose against changes of others; afterwards it is looked up instead. */
const mostSaves = 5;
/** Runs in a row of one operation that may end in a fault of our own before the person is told. */
const mostBugs = 3;

export const operationJob = (operationId: string, now: number) => ({
  key: `operation:${operationId}`,
  kind: 'run-operation',
  args: { operationId },
  dueAt: now,
  clock: 'real' as const,
});

interface Deps extends StepWorkDeps, StepRightsDeps, Pick<FollowingDeps, 'delegationMoved'> {
  storage: Storage;
  kinds: ReadonlyMap<string, OperationKind>;
  directories: Pick<Directories, 'as'>;
  presenter: Presenter;
  newId(): string;
  newReference(): string;
  log: Log;
}

/** One run of one operation. `operation` is what is stored, so nothing is decided on what somebody else has changed. */
interface Run {
  operation: Operation;
  /** The actor's sign-in when the run began; 0: none. */
  generation: number;
  /** Once a call of the step may have left: whether an earlier attempt had perhaps taken effect. */
  unclearBefore?: boolean | undefined;
}

/** What is committed with it. `obsolete`: why nothing was left to do, where it ends so. */
type Also = Changes & { obsolete?: ErrorCode };

/** What is stored of an operation as it is by then, and how that is shown. */
type After = (operation: Operation) => Promise<{ changed: Operation; showing: Showing; more?: Changes }>;

/** Carries an operation from step to step. Each result is stored before the next step starts. */
export function createRunOperations(deps: Deps): JobHandler {
  const { storage, kinds, directories, clock, log } = deps;
  const rights = createStepRights(deps);
  const workOf = createStepWork(deps);
  const following = createFollowing(deps);
  /** Faults of our own in a row, by operation. */
  const bugs = new Map<string, number>();

  async function save(run: Run, changed: Operation, showing: Showing, also: Also = {}): Promise<void> {
    const { obsolete, ...more } = also;
    const isUnasked = kinds.get(changed.kind)?.isUnasked?.(changed.args) === true;
    const isSilent =
      showing === 'silent' || (isUnasked && changed.drawn === 0 && changed.status !== 'failed');
    const drawn = isSilent ? changed : { ...changed, drawn: changed.drawn + 1 };
    const shown = isSilent ? nothingDrawn : await drawnFor(deps.presenter, drawn, showing === 'passing');
    const followed = await following.changes(drawn);
    await storage.commit({
      ...{ ...followed, ...more, cardActions: shown.cardActions },
      notices: [...shown.notices, ...(followed.notices ?? [])],
      operationCards: shown.operationCards ?? [],
      operations: [
        { save: drawn, ...(obsolete && { obsolete }) },
        ...(more.operations ?? []),
        ...(followed.operations ?? []),
      ],
      jobs: [...(more.jobs ?? []), ...(followed.jobs ?? [])],
      outbox: shown.outbox,
    });
    run.operation = { ...drawn, version: drawn.version + 1 };
  }

  /**
   * Stores what a call came to. Whatever somebody else changes meanwhile, be it only where the card stands, is no reason to
   * lose that: as long as the step is as this run left it, the result is written onto what is stored now.
   */
  async function saveResult(run: Run, { id }: Step, after: After): Promise<void> {
    run.unclearBefore = undefined;
    await saveOver(run, after, (now) => isSameStep(now, run.operation, id));
  }

  /** Saves once more, on what is stored by then, what lost against a change that is `harmless`. */
  async function saveOver(run: Run, after: After, harmless: (now: Operation) => boolean): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        const { changed, showing, more } = await after(run.operation);
        return await save(run, changed, showing, more);
      } catch (error) {
        if (!isConflict(error) || tries >= mostSaves) throw error;
        const now = await storage.operations.find(run.operation.id);
        if (now === undefined || !harmless(now)) throw error;
        run.operation = now;
      }
    }
  }

  /** Stores the intent; from here on a crash leaves a step whose outcome is looked up, never assumed. */
  async function intend(run: Run, step: Step, definition: StepDefinition, work: Work): Promise<void> {
    const { operation } = run;
    const key = passwordKey(operation.id);
    // A second attempt is the first one again: same proof that the work is ours, same secret while there is one.
    const isRepeat = step.before !== null && (await storage.vault.open(key, clock.now())) !== undefined;
    const intent = isRepeat ? undefined : await definition.before?.(work);
    const secret = intent?.secret;
    const started: Partial<Step> = {
      status: 'started',
      startedAt: step.startedAt ?? Date.now(),
      before: step.before ?? intent?.before ?? null,
      error: isWaiting(step) ? step.error : null,
      unclear: true,
    };
    const vault = secret && {
      put: { key, secret: secret.value, expiresAt: clock.now() + secret.lifetimeMs },
    };
    const showing = isWaiting(step) ? 'silent' : 'passing';
    const after: After = async (now) => ({
      ...{ changed: withStep(now, step.id, started), showing },
      more: vault ? { vault: [vault] } : {},
    });
    // Only where its card stands may have changed: what was asked about rights holds for nothing else.
    await saveOver(run, after, ({ version }) => version === run.operation.version);
    run.unclearBefore = mayHaveHappened(step);
  }

  async function runStep(run: Run, step: Step, kind: OperationKind): Promise<void> {
    const { operation } = run;
    const definition = kind.steps[step.id];
    if (definition === undefined) throw new PartnerError('after-upgrade');
    const directory = directories.as(operation.actor);
    const work = (now: Operation): Work => workOf(now, step, directory);
    const situation = await rights.requireRights(kind, definition, work(operation));
    await following.check(operation);
    // Before rights and guard are asked about a write: what our own earlier attempt did is refused by neither.
    if (step.status !== 'todo') {
      const finding = await definition.find(work(operation));
      if (finding.happened === 'cannot-tell') {
        throw new PartnerError(definition.unclear ?? 'microsoft-unknown-outcome');
      }
      if (finding.happened) return finish(run, step, finding.result);
    }
    await rights.requireWritable(kind, definition, work(operation), situation);
    await intend(run, step, definition, work(operation));
    await finish(run, step, await definition.run(work(run.operation)));
  }

  async function finish(run: Run, step: Step, result: JsonObject): Promise<void> {
    await saveResult(run, step, async (operation) => {
      const done = withStep(operation, step.id, { status: 'done', result, error: null, waits: null });
      // Called off meanwhile: what the step came to is kept, and it stays so.
      const isLast = currentStep(done) === undefined && operation.status === 'running';
      if (!isLast) return { changed: done, showing: 'passing' };
      return { changed: { ...done, status: 'done' }, showing: 'told', more: await leaversWork(done) };
    });
  }

  async function leaversWork(operation: Operation): Promise<Changes> {
    const { actor, company, kind } = operation;
    const leaver = kinds.get(kind)?.leaver?.(operation.args);
    if (leaver === undefined) return {};
    const gone = { tenantId: company, objectId: leaver };
    return withdrawWorkOf({ ...storage, following, kinds }, gone, actor, clock.now());
  }

  /** Tells and decides: wait for the person, come back later, or end with a reference. */
  async function failed(run: Run, error: PartnerError): Promise<JobOutcome> {
    const { operation, unclearBefore } = run;
    const step = currentStep(operation);
    if (step === undefined) return 'done';
    const reference = deps.newReference();
    const { code, requestId } = error;
    const facts = { operation: operation.id, step: step.id, code, reference, requestId };
    log.warn({ ...facts, attempts: step.attempts }, 'a step did not succeed');
    if (kinds.get(operation.kind)?.isObsolete?.(operation.args, code)) return dropped(run, code);
    const definition = kinds.get(operation.kind)?.steps[step.id];
    const now = { real: Date.now(), domain: clock.now() };
    return settle(run, step, judge({ error, step, definition, unclearBefore, reference, now }));
  }

  /** Ends without having been done: the history says so, and the card of who asked for it anew. */
  async function dropped(run: Run, obsolete: ErrorCode): Promise<JobOutcome> {
    await save(run, { ...run.operation, status: 'cancelled' }, 'told', { obsolete });
    return 'done';
  }

  async function settle(run: Run, step: Step, judged: Judgement): Promise<JobOutcome> {
    await saveResult(run, step, async (operation) => {
      const after = withStep(operation, step.id, judged.step);
      if (operation.status !== 'running') return { changed: after, showing: 'told' };
      switch (judged.what) {
        case 'sign-in': {
          // Who signs in at this very moment is seen by the look at what waits (`hand-over`).
          const waiting = { status: 'waiting-sign-in', refusedGeneration: run.generation } as const;
          return { changed: { ...after, ...waiting }, showing: 'told' };
        }
        case 'wait':
          // What is told, is told in every chat, also where cards cannot be redrawn.
          return { changed: after, showing: judged.showing };
        case 'again': {
          const { from, before, step: kept } = judged;
          const anew = begunAgain(operation, { from, before: before(deps.newId) });
          return { changed: withStep(anew, step.id, kept), showing: 'passing' };
        }
        case 'end':
          return { changed: { ...after, status: 'failed' }, showing: 'told' };
      }
    });
    if (run.operation.status !== 'running' || judged.what === 'end' || judged.what === 'sign-in')
      return 'done';
    return { againAt: Date.now() + (judged.what === 'wait' ? judged.waitMs : 0), clock: 'real' };
  }

  async function carryOn(run: Run): Promise<JobOutcome> {
    const { id } = run.operation;
    try {
      while (run.operation.status === 'running') {
        const step = currentStep(run.operation);
        const kind = kinds.get(run.operation.kind);
        if (kind === undefined || kind.schema !== run.operation.schema)
          throw new PartnerError('after-upgrade');
        if (step === undefined) return 'done';
        await runStep(run, step, kind);
      }
      bugs.delete(id);
      return 'done';
    } catch (error) {
      if (isConflict(error)) throw error;
      if (error instanceof PartnerError) {
        bugs.delete(id);
        return failed(run, error);
      }
      // Not the tries of the job, which may have waited for days: one fault then is no reason to give up.
      const faults = (bugs.get(id) ?? 0) + 1;
      bugs.set(id, faults);
      if (faults < mostBugs) throw error;
      bugs.delete(id);
      log.error({ err: error, operation: id }, 'an operation was given up after repeated faults');
      return failed(run, new PartnerError('unexpected', { cause: error }));
    }
  }

  return async (job) => {
    const operation = await storage.operations.find(String(job.args['operationId']));
    if (operation === undefined) return 'done';
    const generation = (await storage.tokens.load(operation.actor))?.generation ?? 0;
    try {
      return await carryOn({ operation, generation });
    } catch (error) {
      if (!isConflict(error)) throw error;
      // A person or another process has changed it: what is stored now decides how it goes on.
      log.info({ operation: operation.id }, 'an operation was changed while it ran');
      return { againAt: Date.now() + backOffMs(job.attempts - 1), clock: 'real' };
    }
  };
}

/** Whether nobody has touched this step since; whatever else changed, what a call of it came to still belongs there. */
function isSameStep(now: Operation, known: Operation, id: string): boolean {
  const stepOf = ({ steps }: Operation) => JSON.stringify(steps.find((step) => step.id === id));
  return stepOf(now) === stepOf(known);
}
