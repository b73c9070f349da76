import type { World } from '../world.ts';

const queues = new WeakMap<World, Map<string, Promise<unknown>>>();

/**
 * Runs `write` after every earlier write of the same tenant, so that a check and the change it guards are one
 * step: of two users with one sign-in name asked for at once, exactly one is made.
 */
export function inTurn<T>(world: World, tenantId: string, write: () => Promise<T>): Promise<T> {
  const queue = queues.get(world) ?? new Map<string, Promise<unknown>>();
  queues.set(world, queue);
  const before = queue.get(tenantId) ?? Promise.resolve();
  const result = before.then(write, write);
  queue.set(
    tenantId,
    result.catch(() => undefined),
  );
  return result;
}
