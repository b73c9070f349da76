import type { Finding, StepDefinition, Work } from './operation-kinds.ts';
import type { JsonObject } from './operations.ts';

/** A step whose effect can be seen in the directory: done when `isDone` says so, before and after the call. */
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
      return {};
    },
    async find(work): Promise<Finding> {
      return (await isDone(work)) ? { happened: true, result: {} } : { happened: false };
    },
  };
}
