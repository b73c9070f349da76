import { z } from 'zod';
import type { Cloud } from '../clouds.ts';
import type { Graph } from './client.ts';
import { readAll } from './paging.ts';

const contract = z.object({ customerId: z.string() });

/**
 * How many companies are our clients; one may have several contracts.
 * https://learn.microsoft.com/graph/api/contract-list
 */
export async function countClients(from: { graph: Graph; cloud: Cloud }): Promise<number> {
  const query = { $select: 'customerId', $top: '999' };
  const contracts = await readAll(from, { path: '/contracts', query, item: contract });
  return new Set(contracts.map(({ customerId }) => customerId.toLowerCase())).size;
}
