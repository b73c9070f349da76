import { z } from 'zod';
import type { PeopleDesk } from '../../partner/directory.ts';
import type { Graph } from './client.ts';
import { segment, withQuery } from './query.ts';
import { orUndefined } from './unless-there.ts';
import { userProperties, userShape } from './users.ts';

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? undefined);
const more = z.object({ jobTitle: text, department: text, mobilePhone: text });
const detailsShape = z.intersection(userShape, more);
const $select = [userProperties, ...Object.keys(more.shape)].join(',');

/** A user with everything that can be changed of one. https://learn.microsoft.com/graph/api/user-get */
export async function readDetails(graph: Graph, userId: string): ReturnType<PeopleDesk['details']> {
  return orUndefined(graph.read(withQuery(`/users/${segment(userId)}`, { $select }), detailsShape));
}
