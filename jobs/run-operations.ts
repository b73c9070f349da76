import { readSituation, requireAll, type SituationSources } from '../partner/authorise.ts';
import type { Clock } from '../partner/clock.ts';
import type { CompanyRecords } from '../partner/company.ts';
import type { Directories } from '../partner/directory.ts';
import { PartnerError } from '../partner/errors.ts';
import type { Log } from '../partner/log.ts';
import type { OperationKind, StepDefinition, Work } from '../partner/operation-kinds.ts';
import {
  currentStep,
  type JsonObject,
  type Operation,
  passwordKey,
  type Step,
  withStep,
} from '../partner/operations.ts';
import type { AuditRow, Changes, Job } from '../storage/changes.ts';
import type { Storage } from '../storage/storage.ts';
import { passes, quiet, waitsForPerson } from './failure-codes.ts';
import { withdrawWorkOf } from './leavers-work.ts';
import { drawnFor, type Presenter } from './presenter.ts';
import { backOffMs, type JobHandler, type JobOutcome } from './runner.ts';

const mostAttempts = 6;
/** Runs of one job that may end in a fault of our own before the person is told. */
const mostBugs = 3;

export const operationJob = (operationId: string, now: number) => ({
  key: `operation:${operationId}`,
  kind: 'run-operation',
  args: { operationId },
  dueAt: now,
  clock: 'real' as const,
});

interface Deps {
  storage: Storage;
  kinds: ReadonlyMap<string, OperationKind>;
  randomBelow(bound: number): number;
  directories: Directories;
  companyRecords: CompanyRecords;
  situations: SituationSources;
  presenter: Presenter;
  /** Whether a second person said yes to exactly this; who is on the operation, unless told. */
  isApproved?(operation: Operation): Promise<boolean>;
  clock: Clock;
  newId(): string;
  newReference(): string;
  log: Log;
}

/** One run of one operation. `operation` is what is stored, so nothing is decided on what somebody else has changed. */
interface Run {
  operation: Operation;
  /** The actor's stored tokens when the run began; another text means another sign-in or a refresh. */
  tokens: string | undefined;
}

/** Carries an operation from step to step. Each result is stored before the next step starts. */
export function createRunOperations(deps: Deps): JobHandler {
  const { storage, kinds, directories, companyRecords, situations, clock, log } = deps;
  const { isApproved = async ({ approvedBy }: Operation) => approvedBy !== null } = deps;

  async function save(run: Run, changed: Operation, passing: boolean, more: Changes = {}): Promise<void> {
    const drawn = { ...changed, drawn: changed.drawn + 1 };
    const outbox = await drawnFor(deps.presenter, drawn, passing);
    await storage.commit({
      ...more,
      operations: [{ save: drawn }, ...(more.operations ?? [])],
      outbox,
    });
    run.operation = { ...drawn, version: drawn.version + 1 };
  }

  function auditRow(operation: Operation, outcome: AuditRow['outcome'], details: JsonObject): AuditRow {
    return {
      id: deps.newId(),
      at: clock.now(),
      operationId: operation.id,
      actor: operation.actor,
      company: operation.company,
      verb: operation.kind,
      object: kinds.get(operation.kind)?.object(operation.args) ?? '',
      outcome,
      details,
    };
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
      error: null,
    };
    const vault = secret && {
      put: { key, secret: secret.value, expiresAt: clock.now() + secret.lifetimeMs },
    };
    await save(run, withStep(operation, step.id, started), true, vault ? { vault: [vault] } : {});
  }

  async function runStep(run: Run, step: Step, kind: OperationKind): Promise<void> {
    const { operation } = run;
    const definition = kind.steps[step.id];
    if (definition === undefined) throw new PartnerError('after-upgrade');
    const directory = directories.as(operation.actor);
    const work = (now: Operation): Work => ({
      directory,
      get company() {
        return companyRecords.as(operation.actor);
      },
      operation: now,
      step: now.steps.find((candidate) => candidate.id === step.id) ?? step,
      again: step.startedAt !== null,
      now: () => clock.now(),
      randomBelow: deps.randomBelow,
      secret: async () => {
        const secret = await storage.vault.open(passwordKey(operation.id), clock.now());
        // Nothing was sent with it: the next attempt looks, finds nothing, and makes a new one.
        if (secret === undefined) throw new PartnerError('microsoft-unknown-outcome');
        return secret;
      },
    });
    const situation = await readSituation(directory, operation.actor, situations);
    requireAll(kind.needs(operation.args), situation, { approved: await isApproved(operation) });
    const isFirst = step.status === 'todo' && step.id === operation.steps[0]?.id;
    if (isFirst) await kind.guard?.(work(operation));
    if (step.status !== 'todo') {
      const finding = await definition.find(work(operation));
      if (finding.happened === 'cannot-tell') throw new PartnerError('ambiguous-user');
      if (finding.happened) return finish(run, step, finding.result);
    }
    await intend(run, step, definition, work(operation));
    await finish(run, step, await definition.run(work(run.operation)));
  }

  async function finish(run: Run, step: Step, result: JsonObject): Promise<void> {
    const done = withStep(run.operation, step.id, { status: 'done', result, error: null });
    if (currentStep(done) !== undefined) return save(run, done, true);
    await save(run, { ...done, status: 'done' }, false, {
      audit: [auditRow(done, 'done', {})],
      ...(await leaversWork(done)),
    });
  }

  async function leaversWork(operation: Operation): Promise<Changes> {
    const { actor, company, kind } = operation;
    const leaver = kinds.get(kind)?.leaver?.(operation.args);
    if (leaver === undefined) return {};
    return withdrawWorkOf(storage, { tenantId: company, objectId: leaver }, actor, clock.now());
  }

  /** Tells and decides: wait for the person, come back later, or end with a reference. */
  async function failed(run: Run, error: PartnerError): Promise<JobOutcome> {
    const { operation } = run;
    const step = currentStep(operation);
    if (step === undefined) return 'done';
    const reference = deps.newReference();
    // Counted here and not when it starts: reading the rights or looking for an outcome may fail for good too.
    const attempts = step.attempts + 1;
    const facts = { operation: operation.id, step: step.id, code: error.code, reference };
    log.warn({ ...facts, requestId: error.requestId, attempts }, 'a step did not succeed');
    const stored = { code: error.code, details: error.details, reference };
    const told = (change: Partial<Step>) =>
      withStep(operation, step.id, { attempts, error: stored, ...change });
    if (waitsForPerson.includes(error.code)) {
      await save(run, { ...told({ attempts: step.attempts }), status: 'waiting-sign-in' }, false);
      return signedInMeanwhile(run);
    }
    if (passes.includes(error.code) && attempts < mostAttempts) {
      const waitMs =
        error.retryAfterSeconds === undefined ? backOffMs(attempts) : error.retryAfterSeconds * 1000;
      const details = { ...stored.details, seconds: Math.ceil(waitMs / 1000) };
      // Told in every chat, also where cards cannot be redrawn.
      await save(run, told({ error: { ...stored, details } }), quiet.includes(error.code));
      return { againAt: Date.now() + waitMs, clock: 'real' };
    }
    const isUnclear = error.code === 'ambiguous-user';
    const ended: Operation = { ...told({ status: isUnclear ? 'asked' : 'failed' }), status: 'failed' };
    const { step: at, code } = facts;
    await save(run, ended, false, {
      audit: [auditRow(ended, isUnclear ? 'unknown' : 'failed', { step: at, code, reference })],
    });
    return 'done';
  }

  /** Who signed in after the call failed and before that was stored has found no operation to wake. */
  async function signedInMeanwhile({ operation, tokens }: Run): Promise<JobOutcome> {
    const now = await storage.tokens.load(operation.actor);
    if (now === undefined || now === tokens) return 'done';
    await storage.commit({ operations: [{ save: { ...operation, status: 'running' } }] });
    return { againAt: Date.now(), clock: 'real' };
  }

  async function carryOn(run: Run, job: Job): Promise<JobOutcome> {
    try {
      while (run.operation.status === 'running') {
        const step = currentStep(run.operation);
        const kind = kinds.get(run.operation.kind);
        if (kind === undefined || kind.schema !== run.operation.schema)
          throw new PartnerError('after-upgrade');
        if (step === undefined) return 'done';
        await runStep(run, step, kind);
      }
      return 'done';
    } catch (error) {
      if (isConflict(error)) throw error;
      if (error instanceof PartnerError) return failed(run, error);
      if (job.attempts < mostBugs) throw error;
      log.error(
        { err: error, operation: run.operation.id },
        'an operation was given up after repeated faults',
      );
      return failed(run, new PartnerError('unexpected', { cause: error }));
    }
  }

  return async (job) => {
    const operation = await storage.operations.find(String(job.args['operationId']));
    if (operation === undefined) return 'done';
    const tokens = await storage.tokens.load(operation.actor);
    try {
      return await carryOn({ operation, tokens }, job);
    } catch (error) {
      if (!isConflict(error)) throw error;
      // A person or another process has changed it: what is stored now decides how it goes on.
      log.info({ operation: operation.id }, 'an operation was changed while it ran');
      return { againAt: Date.now() + backOffMs(job.attempts - 1), clock: 'real' };
    }
  };
}

/** By name: jobs know storage by its types only. */
const isConflict = (error: unknown) => error instanceof Error && error.name === 'ConflictError';
