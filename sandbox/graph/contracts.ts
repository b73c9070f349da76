import type { Answer } from '../graph-answer.ts';
import { type Call, param } from './call.ts';
import { collection, entity, type Resource } from './collection.ts';
import type { Item } from './filter.ts';
import { refuseAsMissing } from './refusal.ts';

const properties = ['id', 'contractType', 'customerId', 'defaultDomainName', 'displayName'] as const;

const contractResource: Resource = {
  set: 'contracts',
  type: 'Contract',
  properties,
  defaults: properties,
  strings: ['id', 'customerId', 'defaultDomainName', 'displayName'],
  booleans: [],
  endsWith: [],
  searchable: [],
  orderable: [],
  options: ['$filter', '$top', '$skiptoken'],
};

/** The partner's clients, one contract each. https://learn.microsoft.com/graph/api/contract-list */
export async function listContracts(call: Call): Promise<Answer> {
  const contracts = await call.world.all('contract', call.caller.tenantId);
  const items = contracts.map((one): Item => ({ ...one }));
  return collection(call, contractResource, items, '/contracts');
}

/** https://learn.microsoft.com/graph/api/contract-get */
export async function getContract(call: Call): Promise<Answer> {
  const id = param(call, 'id');
  const contract = await call.world.get('contract', call.caller.tenantId, id.toLowerCase());
  return entity(call, contractResource, { ...(contract ?? refuseAsMissing(id)) });
}
