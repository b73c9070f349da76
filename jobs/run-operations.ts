import { isConflict } from '../partner/again-on-conflict.ts';
import type { Directories } from '../partner/directory.ts';
import { PartnerError } from '../partner/errors.ts';
import type { Log } from '../partner/log.ts';
import type { OperationKind, StepDefinition, Work } from '../partner/operation-kinds.ts';
import {
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

/** Carries an operation from step to step. Each result is stored before the next step starts. */
export function createRunOperations(deps: Deps): JobHandler {
  const { storage, kinds, directories, clock, log } = deps;
  const rights = createStepRights(deps);
  const workOf = createStepWork(deps);
  const following = createFollowing(deps);
  /** Faults of our own in a row, by operation. */
  const bugs = new Map<string, number>();

  async function save(run: Run, changed: Operation, showing: Showing, more: Changes = {}): Promise<void> {
    const isSilent = showing === 'silent';
    const drawn = isSilent ? changed : { ...changed, drawn: changed.drawn + 1 };
    const shown = isSilent ? nothingDrawn : await drawnFor(deps.presenter, drawn, showing === 'passing');
    const followed = await following.changes(drawn);
    await storage.commit({
      ...{ ...followed, ...more, cardActions: shown.cardActions },
      operations: [{ save: drawn }, ...(more.operations ?? []), ...(followed.operations ?? [])],
      jobs: [...(more.jobs ?? []), ...(followed.jobs ?? [])],
      outbox: [...shown.outbox, ...(followed.outbox ?? [])],
    });
    run.operation = { ...drawn, version: drawn.version + 1 };
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
    await save(run, withStep(operation, step.id, started), showing, vault ? { vault: [vault] } : {});
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
    const done = withStep(run.operation, step.id, { status: 'done', result, error: null, waits: null });
    run.unclearBefore = undefined;
    if (currentStep(done) !== undefined) return save(run, done, 'passing');
    await save(run, { ...done, status: 'done' }, 'told', await leaversWork(done));
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
    const definition = kinds.get(operation.kind)?.steps[step.id];
    const now = { real: Date.now(), domain: clock.now() };
    return settle(run, step, judge({ error, step, definition, unclearBefore, reference, now }));
  }

  async function settle(run: Run, step: Step, judged: Judgement): Promise<JobOutcome> {
    const after = withStep(run.operation, step.id, judged.step);
    run.unclearBefore = undefined;
    switch (judged.what) {
      case 'sign-in':
        // Who signs in at this very moment is seen by the look at what waits (`hand-over`).
        await save(run, { ...after, status: 'waiting-sign-in', refusedGeneration: run.generation }, 'told');
        return 'done';
      case 'wait':
        // What is told, is told in every chat, also where cards cannot be redrawn.
        await save(run, after, judged.showing);
        return { againAt: Date.now() + judged.waitMs, clock: 'real' };
      case 'end':
        await save(run, { ...after, status: 'failed' }, 'told');
        return 'done';
    }
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
