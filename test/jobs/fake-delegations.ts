import { delegateKind } from '../../partner/delegate.ts';
import type { DelegateWish } from '../../partner/delegate-wish.ts';
import { nameFor } from '../../partner/delegation-names.ts';
import { termsFor } from '../../partner/delegation-terms.ts';
import type { Delegation } from '../../partner/delegations.ts';
import { PartnerError } from '../../partner/errors.ts';
import type { Operation } from '../../partner/operations.ts';
import type {
  AccessAssignment,
  NewRelationship,
  Relationship,
  RelationshipDesks,
  Relationships,
} from '../../partner/relationships.ts';
import { delegation, operation } from '../storage/samples.ts';
import { type End, fakeMicrosoft, faultyWrites } from './fake-orders.ts';

export const client = { tenantId: 'client of d', name: 'Công ty Fabrikam' };

interface Kept extends Relationship {
  visibleAt: number;
  activeAt: number;
}

/** Of another client, made by somebody else. */
const foreign: Relationship = {
  ...{ id: 'foreign', name: '', status: 'active', client: { tenantId: 'adatum', name: 'Adatum' } },
  ...{ roles: [], durationDays: 1, autoExtend: false, etag: '1' },
  ...{ createdAt: undefined, activatedAt: undefined, endsAt: undefined },
};

/** Microsoft as far as a delegation meets it, with what went on there. */
export function fakeDelegations() {
  const state = {
    relationships: [] as Kept[],
    assignments: [] as (AccessAssignment & { activeAt: number })[],
    consents: 0,
    probes: 0,
    /** How long a new relationship stays unseen, and how long Microsoft sets up what was approved, ms. */
    lateMs: 0,
    setUpMs: 0,
    /** Since when calls at the client work; undefined: as soon as there is consent. */
    worksFrom: undefined as number | undefined,
    mayConsent: true,
    /** No look finds anything. */
    isHidden: false,
    /** The application may read by itself. */
    partnerMay: true,
    /** Somebody else has this name. */
    takenName: '',
    ends: [] as End[],
    calls: [] as string[],
    /** Who reads: the partner itself, or Lan. */
    readers: new Set<'partner' | 'lan'>(),
  };

  const write = faultyWrites(state);

  function create({ name, clientTenantId, roles, durationDays, autoExtend }: NewRelationship): Relationship {
    const isTaken = name === state.takenName || state.relationships.some((each) => each.name === name);
    if (isTaken) throw new PartnerError('relationship-name-taken');
    const made: Kept = {
      ...{ id: `relationship-${state.relationships.length + 1}`, name, status: 'created' },
      client: { tenantId: clientTenantId, name: 'Fabrikam' },
      ...{ roles: [...roles], durationDays, autoExtend, etag: '1' },
      ...{ createdAt: new Date().toISOString(), activatedAt: undefined, endsAt: undefined },
      ...{ visibleAt: Date.now() + state.lateMs, activeAt: 0 },
    };
    state.relationships.push(made);
    return made;
  }

  /** What Microsoft shows now; its own clockwork goes on meanwhile. */
  function visible(): Kept[] {
    for (const each of state.relationships) {
      if (each.status !== 'approved' || each.activeAt > Date.now()) continue;
      each.status = 'active';
      each.endsAt = new Date(each.activeAt + each.durationDays * 86_400_000).toISOString();
    }
    return state.relationships.filter(({ visibleAt }) => !state.isHidden && visibleAt <= Date.now());
  }
  const find = async (id: string) => structuredClone(visible().find((each) => each.id === id));

  function needVisible(id: string): Kept {
    const found = visible().find((each) => each.id === id);
    if (found === undefined) throw new PartnerError('not-found');
    return found;
  }

  function works(): boolean {
    const isAssigned = state.assignments.some(({ activeAt }) => activeAt <= Date.now());
    const isActive = visible().some(({ status }) => status === 'active');
    return isAssigned && isActive && state.consents > 0 && (state.worksFrom ?? 0) <= Date.now();
  }

  const asLan: Relationships = {
    create: (wanted) => write('create', () => create(wanted)),
    find,
    async byName(name) {
      if (name === state.takenName) return { ...foreign, name };
      return structuredClone(visible().find((each) => each.name === name));
    },
    list: async () => structuredClone(visible()),
    lockForApproval: (id) =>
      write('lock', () => {
        const found = needVisible(id);
        if (found.status === 'created') found.status = 'approvalPending';
      }),
    terminate: (id) =>
      write('terminate', () => void Object.assign(needVisible(id), { status: 'terminated' })),
    remove: (id) =>
      write('remove', () => {
        state.relationships = state.relationships.filter((each) => each.id !== id);
      }),
    setAutoExtend: (id, on) => write('extend', () => void Object.assign(needVisible(id), { autoExtend: on })),
    async assignments() {
      return state.assignments.map(({ activeAt, ...each }) => ({
        ...each,
        status: activeAt <= Date.now() ? 'active' : 'pending',
      }));
    },
    assign: (id, groupId, roles) =>
      write('assign', () => {
        if (needVisible(id).status !== 'active') throw new PartnerError('relationship-refused');
        if (state.assignments.some((each) => each.groupId === groupId)) return;
        const activeAt = Date.now() + state.setUpMs;
        state.assignments.push({ id: groupId, groupId, roles: [...roles], status: 'pending', activeAt });
      }),
    groupOf: async (level) => `${level} group`,
    approvalLink: (id) => `https://admin.microsoft.example/approve/${id}`,
    consent: () =>
      write('consent', () => {
        if (!state.mayConsent) throw new PartnerError('not-allowed');
        state.consents += 1;
      }),
    consentLink: (tenantId) => `https://login.microsoft.example/${tenantId}/adminconsent`,
    async probe() {
      state.probes += 1;
      return works();
    },
  };
  function readBy<T>(who: 'partner' | 'lan', read: (id: string) => Promise<T>) {
    return async (id: string) => {
      if (who === 'partner' && !state.partnerMay) throw new PartnerError('not-allowed');
      state.readers.add(who);
      return read(id);
    };
  }
  const desks: RelationshipDesks = {
    as: () => ({ ...asLan, find: readBy('lan', find) }),
    asPartner: () => ({ ...asLan, find: readBy('partner', find) }),
  };
  const first = () => state.relationships[0] ?? new Error('no relationship');

  return {
    ...fakeMicrosoft(),
    state,
    desks,
    /** What the client's Global administrator does on Microsoft's page. */
    approve() {
      Object.assign(first(), { status: 'approved', activeAt: Date.now() + state.setUpMs });
    },
    statusBecomes: (status: string) => void Object.assign(first(), { status }),
    dies: () => void state.relationships.splice(0),
  };
}

export const terms = termsFor('limited', { days: 365, autoExtend: false });
const id = '0198a7c1-0000-7000-8000-00000000000d';

/** What the client allowed a moment ago. */
export function allowed(more: Partial<Delegation> = {}): Delegation {
  return delegation('d', { id, terms, operationId: 'o', ...more });
}

export const wish: DelegateWish = {
  ...{ delegationId: id, offerId: 'offer-1', client, name: nameFor({ client, id }) },
  ...{ level: terms.level, roles: terms.roles, days: terms.days, autoExtend: terms.autoExtend },
};

export function delegating(more: Partial<DelegateWish> = {}, operationId = 'o'): Operation {
  const args = { ...wish, ...more } as DelegateWish;
  const { kind, schema, plan } = delegateKind;
  return operation(operationId, { kind, schema, args, steps: plan(args), createdAt: Date.now() });
}
