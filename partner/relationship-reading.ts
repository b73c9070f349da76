import { asEither } from './as-either.ts';
import { PartnerError } from './errors.ts';
import type { Patience, Work } from './operation-kinds.ts';
import type { JsonObject } from './operations.ts';
import type { AccessAssignment, ReadRelationship, Relationship, Relationships } from './relationships.ts';

const minuteMs = 60 * 1000;

/** Microsoft shows in all its places what is new after some minutes. */
export const soon = {
  forMs: 15 * minuteMs,
  clock: 'real',
  turn: 'microsoft',
} as const satisfies Partial<Patience>;

const over: readonly string[] = ['expired', 'terminationRequested', 'terminating', 'terminated'];

/** Whether it has ended, or nothing can keep it from that. */
export function hasEnded({ status }: Pick<Relationship, 'status'>): boolean {
  return over.includes(status);
}

/** Whether Microsoft made it by itself for the partner; such ones are left alone. */
export function isMicrosofts({ name }: Pick<Relationship, 'name'>): boolean {
  return name.startsWith('MLT_');
}

/** Whether this assignment lets a group in, or is about to. */
export function givesAccess({ status }: Pick<AccessAssignment, 'status'>): boolean {
  return status === 'active' || status === 'pending';
}

/** The relationship as it is now; undefined only when both ways of looking say that it is gone. */
export async function lookUp(
  reader: Pick<Relationships, 'find' | 'list'>,
  id: string,
): Promise<Relationship | undefined> {
  return (await reader.find(id)) ?? (await reader.list()).find((each) => each.id === id);
}

/** Throws `delegation-ended` for one that is over; `not-found` for one that is not there, perhaps not yet. */
export async function requireAlive(
  reader: Pick<Relationships, 'find' | 'list'>,
  id: string,
): Promise<Relationship> {
  const relationship = await lookUp(reader, id);
  if (relationship === undefined) throw new PartnerError('not-found');
  if (hasEnded(relationship)) throw new PartnerError('delegation-ended');
  return relationship;
}

/** Reads as the partner itself, and as the person who confirmed where Microsoft does not let the partner. */
export function eitherReader(work: Work): Pick<Relationships, 'find' | 'list'> {
  return {
    find: (id) =>
      asEither(
        () => work.asPartner.find(id),
        () => work.relationships.find(id),
      ),
    list: () =>
      asEither(
        () => work.asPartner.list(),
        () => work.relationships.list(),
      ),
  };
}

/** As a step keeps it. */
export function keptOf({ id, status, endsAt, autoExtend }: ReadRelationship): JsonObject {
  return { id, status, endsAt: endsAt ?? '', autoExtend };
}

/** What `keptOf` kept; undefined where a step has kept none. */
export function readFrom(kept: unknown): ReadRelationship | undefined {
  if (typeof kept !== 'object' || kept === null) return undefined;
  const { id, status, endsAt, autoExtend } = kept as JsonObject;
  if (typeof id !== 'string' || typeof status !== 'string') return undefined;
  const isKnown = typeof endsAt === 'string' && endsAt !== '';
  return { id, status, endsAt: isKnown ? endsAt : undefined, autoExtend: autoExtend === true };
}
