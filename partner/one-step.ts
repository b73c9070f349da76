import { PartnerError } from './errors.ts';
import type { Finding, StepDefinition, Work } from './operation-kinds.ts';
import type { JsonObject } from './operations.ts';

/**
 * A step whose effect can be seen at Microsoft: done when `isDone` says so, after the call too. Fails with
 * `not-visible-yet` until then, so it is looked for again; `write` must be one that does no harm twice.
 */
export function visibleStep(definition: {
  id: string;
  optional?: true;
  isDone(work: Work): Promise<boolean>;
  write(work: Work): Promise<void>;
}): StepDefinition {
  const { id, optional, isDone, write } = definition;
  return {
    id,
    ...(optional ? { optional } : {}),
    async run(work): Promise<JsonObject> {
      await write(work);
      if (!(await isDone(work))) throw new PartnerError('not-visible-yet');
      return {};
    },
    async find(work): Promise<Finding> {
      return (await isDone(work)) ? { happened: true, result: {} } : { happened: false };
    },
  };
}
