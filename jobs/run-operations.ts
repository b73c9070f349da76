import { type PartnerCompanies, readSituation } from '../partner/authorise.ts';
import type { Clock } from '../partner/clock.ts';
import type { Directories } from '../partner/directory.ts';
import { type ErrorCode, PartnerError } from '../partner/errors.ts';
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
import type { AuditRow, Changes, OutboxMessage } from '../storage/changes.ts';
import type { Storage } from '../storage/storage.ts';
import { backOffMs, type JobHandler, type JobOutcome } from './runner.ts';

/** Draws the card that shows how far an operation is; `passing` cards may be left out on the way. */
export interface Presenter {
  progress(operation: Operation, passing: boolean): Promise<OutboxMessage | undefined>;
}

/** Microsoft may well answer the same call later. */
const passes: readonly ErrorCode[] = [
  'microsoft-busy',
  'microsoft-unavailable',
  'microsoft-timeout',
  'microsoft-unreachable',
  'microsoft-unknown-outcome',
  'not-found',
];
const mostAttempts = 6;
/** Runs of one job that may end in a fault of our own before the person is told. */
const mostBugs = 3;
const waitsForPerson: readonly ErrorCode[] = ['sign-in-needed', 'sign-in-expired'];

export const operationJob = (operationId: string, now: number) => ({
  key: `operation:${operationId}`,
  kind: 'run-operation',
  args: { operationId },
  dueAt: now,
  clock: 'real' as const,
});

interface Deps {
  storage: Storage;
  kinds: Readonly<Record<string, OperationKind>>;
  directories: Directories;
  companies: PartnerCompanies;
  presenter: Presenter;
  clock: Clock;
  newId(): string;
  newReference(): string;
  log: Log;
}

/** Carries an operation from step to step. Each result is stored before the next step starts. */
export function createRunOperations(deps: Deps): JobHandler {
  const { storage, kinds, directories, companies, clock, log } = deps;

  async function save(operation: Operation, passing: boolean, more: Changes = {}): Promise<Operation> {
    const drawn = { ...operation, drawn: operation.drawn + 1 };
    const message = await deps.presenter.progress(drawn, passing);
    await storage.commit({
      ...more,
      operations: [{ save: drawn }],
      ...(message === undefined ? {} : { outbox: [message] }),
    });
    return { ...drawn, version: drawn.version + 1 };
  }

  function auditRow(operation: Operation, outcome: AuditRow['outcome'], details: JsonObject): AuditRow {
    return {
      id: deps.newId(),
      at: clock.now(),
      operationId: operation.id,
      actor: operation.actor,
      company: operation.company,
      verb: operation.kind,
      object: kinds[operation.kind]?.object(operation) ?? '',
      outcome,
      details,
    };
  }

  /** Stores the intent; from here on a crash leaves a step whose outcome is looked up, never assumed. */
  async function intend(
    operation: Operation,
    step: Step,
    definition: StepDefinition,
    work: Work,
  ): Promise<Operation> {
    const intent = await definition.before?.(work);
    const secret = intent?.secret;
    const started: Partial<Step> = {
      status: 'started',
      attempts: step.attempts + 1,
      startedAt: step.startedAt ?? Date.now(),
      before: intent?.before ?? step.before,
      error: null,
    };
    const vault = secret && {
      put: {
        key: passwordKey(operation.id),
        secret: secret.value,
        expiresAt: clock.now() + secret.lifetimeMs,
      },
    };
    return save(withStep(operation, step.id, started), true, vault ? { vault: [vault] } : {});
  }

  async function runStep(operation: Operation, step: Step, kind: OperationKind): Promise<Operation> {
    const definition = kind.steps[step.id];
    if (definition === undefined) throw new PartnerError('after-upgrade');
    const directory = directories.as(operation.actor);
    const work = (now: Operation): Work => ({
      directory,
      operation: now,
      step: now.steps.find((candidate) => candidate.id === step.id) ?? step,
      secret: async () => {
        const secret = await storage.vault.open(passwordKey(operation.id), clock.now());
        // Nothing was sent with it: the next attempt looks, finds nothing, and makes a new one.
        if (secret === undefined) throw new PartnerError('microsoft-unknown-outcome');
        return secret;
      },
    });
    kind.authorise(operation, await readSituation(directory, operation.company, companies));
    if (step.status !== 'todo') {
      const finding = await definition.find(work(operation));
      if (finding.happened === 'cannot-tell') throw new PartnerError('ambiguous-user');
      if (finding.happened) return finish(operation, step, finding.result);
    }
    const started = await intend(operation, step, definition, work(operation));
    return finish(started, step, await definition.run(work(started)));
  }

  function finish(operation: Operation, step: Step, result: JsonObject): Promise<Operation> {
    const done = withStep(operation, step.id, { status: 'done', result, error: null });
    if (currentStep(done) !== undefined) return save(done, true);
    return save({ ...done, status: 'done' }, false, { audit: [auditRow(done, 'done', {})] });
  }

  /** Tells and decides: wait for the person, come back later, or end with a reference. */
  async function failed(operationId: string, error: PartnerError): Promise<JobOutcome> {
    const operation = await storage.operations.find(operationId);
    const step = operation && currentStep(operation);
    if (operation === undefined || step === undefined) return 'done';
    const reference = deps.newReference();
    const stored = { code: error.code, details: error.details, reference };
    log.warn(
      {
        operation: operationId,
        step: step.id,
        code: error.code,
        reference,
        requestId: error.requestId,
        attempt: step.attempts,
      },
      'a step did not succeed',
    );
    const told = withStep(operation, step.id, { error: stored });
    if (waitsForPerson.includes(error.code)) {
      await save({ ...told, status: 'waiting-sign-in' }, false);
      return 'done';
    }
    if (passes.includes(error.code) && step.attempts < mostAttempts) {
      const waitMs =
        error.retryAfterSeconds === undefined ? backOffMs(step.attempts) : error.retryAfterSeconds * 1000;
      const seconds = Math.ceil(waitMs / 1000);
      await save(
        withStep(told, step.id, { error: { ...stored, details: { ...stored.details, seconds } } }),
        true,
      );
      return { againAt: Date.now() + waitMs, clock: 'real' };
    }
    const outcome = error.code === 'ambiguous-user' ? 'asked' : 'failed';
    const ended = withStep(told, step.id, { status: outcome });
    await save({ ...ended, status: 'failed' }, false, {
      audit: [
        auditRow(ended, outcome === 'asked' ? 'unknown' : 'failed', {
          step: step.id,
          code: error.code,
          reference,
        }),
      ],
    });
    return 'done';
  }

  return async (job) => {
    const operationId = String(job.args['operationId']);
    try {
      let operation = await storage.operations.find(operationId);
      while (operation !== undefined && operation.status === 'running') {
        const step = currentStep(operation);
        const kind = kinds[operation.kind];
        if (kind === undefined || kind.schema !== operation.schema) throw new PartnerError('after-upgrade');
        if (step === undefined) return 'done';
        operation = await runStep(operation, step, kind);
      }
      return 'done';
    } catch (error) {
      if (error instanceof PartnerError) return failed(operationId, error);
      if (job.attempts < mostBugs) throw error;
      log.error({ err: error, operation: operationId }, 'an operation was given up after repeated faults');
      return failed(operationId, new PartnerError('unexpected', { cause: error }));
    }
  };
}
