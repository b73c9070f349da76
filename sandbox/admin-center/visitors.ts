import type { Cloud } from '../../microsoft/clouds.ts';
import { role } from '../graph/rights.ts';
import type { SandboxRequest } from '../http.ts';
import { type Candidate, findCandidates } from '../sign-in/candidates.ts';
import { findPerson, type Person, rolesOf } from '../sign-in/people.ts';
import type { World } from '../world.ts';

/** Somebody of a client company who was picked on a page of the admin center. */
export interface Visitor extends Person {
  /** `<tenant>/<user>`. */
  account: string;
  isGlobalAdministrator: boolean;
}

/** The person behind `<tenant>/<user>`; undefined for one who may not sign in, or is of another cloud or a partner. */
export async function visitorOf(world: World, cloud: Cloud, account: string): Promise<Visitor | undefined> {
  const [tenantId = '', objectId = ''] = account.split('/');
  const person = await findPerson(world, tenantId, objectId);
  if ('error' in person || person.tenant.cloud !== cloud.name || person.tenant.role !== 'client')
    return undefined;
  const isGlobalAdministrator = (await rolesOf(world, tenantId, objectId)).includes(role.global);
  return { ...person, account, isGlobalAdministrator };
}

/** Who may be picked: people of one company, or, when something is searched, of all. */
export async function choices(
  world: World,
  cloud: Cloud,
  request: SandboxRequest,
  tenantId: string | undefined,
): Promise<{ people: Candidate[]; search: string }> {
  const search = (request.query.get('q') ?? '').trim().slice(0, 200);
  const first = search === '' ? tenantId : undefined;
  const { known, others } = await findCandidates(world, { cloud: cloud.name, tenantId: first, search });
  return { people: [...known, ...others].filter(({ tenant }) => tenant.role === 'client'), search };
}
