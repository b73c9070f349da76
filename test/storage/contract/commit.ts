import assert from 'node:assert/strict';
import { type Changes, ConflictError } from '../../../storage/changes.ts';
import type { Storage } from '../../../storage/storage.ts';
import {
  acceptance,
  approval,
  cardAction,
  colleague,
  confirmation,
  deed,
  delegation,
  job,
  keySetup,
  lan,
  lanAccount,
  message,
  minh,
  notice,
  offer,
  offerEvent,
  offerVersion,
  operation,
  person,
  signIn,
  statement,
  zoneStatement,
} from '../samples.ts';
import type { Opened } from '../storage-contract.ts';

/** All or nothing, and nothing lost. */
export function commitContract(storage: Opened): void {
  describe('commit', () => {
    it('loses no update of 40 concurrent ones that retry on conflict', async () => {
      let conflicts = 0;
      const increment = async (): Promise<void> => {
        const { version, body } = (await storage().state.find('k')) ?? { version: 0, body: { count: 0 } };
        const count = Number(body['count']) + 1;
        try {
          await storage().commit({ state: [{ key: 'k', version, schema: 1, body: { count } }] });
        } catch (error) {
          assert.ok(error instanceof ConflictError);
          assert.match(error.message, /etag conflict/);
          conflicts += 1;
          await increment();
        }
      };
      await Promise.all(Array.from({ length: 40 }, increment));
      const end = await storage().state.find('k');
      assert.deepEqual(end, { key: 'k', version: 40, schema: 1, body: { count: 40 } });
      assert.ok(conflicts > 0, 'none of them raced');
    });

    for (const [guard, lost] of Object.entries(lostRaces)) {
      it(`leaves nothing of mixed changes when ${guard}`, async () => {
        await storage().commit(before);
        const told: Changes[] = [];
        storage().onCommitted((changes) => told.push(changes));

        await assert.rejects(storage().commit({ ...mixed, ...lost }), ConflictError);

        assert.deepEqual(await tracesOfMixed(storage()), {});
        assert.deepEqual(told, []);
        await storage().commit(mixed);
        assert.equal(Object.keys(await tracesOfMixed(storage())).length, Object.keys(mixed).length);
      });
    }

    it('takes more rows than fit one statement', async () => {
      const keys = Array.from({ length: 1200 }, (_, index) => `m${index}`);
      await storage().commit({
        outbox: keys.map((key) => message(key, { conversationKey: key })),
        cardActions: keys.map((nonce) => ({ add: cardAction(nonce) })),
      });
      const due = await storage().outbox.claim(0, { owner: 'me', until: 1 }, { limit: 5000 });
      assert.deepEqual(
        due.map(({ key }) => key),
        keys,
      );
      assert.ok(await storage().cardActions.find('m1199'));
    });

    it('of nothing is fine', async () => {
      await storage().commit({});
      await storage().commit({ state: [], outbox: [] });
      assert.equal(await storage().outbox.nextDue(), undefined);
    });

    it('tells listeners once what was added, when it can be read', async () => {
      const told: Changes[] = [];
      storage().onCommitted((changes) => told.push(changes));
      const withMessage = { outbox: [message('m')] };
      const withJob = { jobs: [job('j')] };
      await storage().commit(withMessage);
      await storage().commit({ people: [person('p')] });
      await storage().commit(withJob);
      assert.deepEqual(told, [withMessage, withJob]);

      const found = new Promise((resolve) => {
        storage().onCommitted(() => resolve(storage().outbox.find('later')));
      });
      await storage().commit({ outbox: [message('later')] });
      assert.ok(await found);
    });
  });
}

const before: Changes = {
  state: [{ key: 'taken', version: 0, schema: 1, body: {} }],
  inbound: [{ conversationKey: 'c', activityId: 'taken', answer: null, at: 1 }],
  signIns: [{ add: signIn('taken', { status: 'finished' }) }],
  outbox: [message('taken', { conversationKey: 'other' })],
  cardActions: [{ add: cardAction('taken', { usedAt: 5 }) }],
  operations: [{ add: operation('taken', { version: 7 }) }],
  approvals: [{ add: approval('taken', { status: 'declined', operationId: 'other' }) }],
  offers: [{ add: offer('taken', { rev: 7 }) }],
  offerVersions: [offerVersion('taken')],
  acceptances: [{ add: acceptance('taken', { company: 'tenant-2', rev: 7 }) }],
  delegations: [{ add: delegation('taken', { company: 'tenant-2', rev: 7, relationshipId: 'r' }) }],
  keySetups: [{ add: keySetup('taken', { rev: 7 }) }],
  offerEvents: [offerEvent('taken', { offerId: 'other' })],
  people: [person('taken')],
};

const mixed = {
  state: [{ key: 'k', version: 0, schema: 1, body: {} }],
  inbound: [{ conversationKey: 'c', activityId: 'a', answer: null, at: 1 }],
  people: [person('p')],
  accounts: [lanAccount],
  signIns: [{ add: signIn('s') }],
  outbox: [message('m')],
  cardActions: [{ add: cardAction('n') }],
  operations: [{ add: operation('o') }],
  approvals: [{ add: approval('a') }],
  deeds: [deed(7)],
  jobs: [job('j')],
  vault: [{ put: { key: 'v', secret: 'a secret', expiresAt: null } }],
  confirmations: [confirmation()],
  statements: [statement()],
  companyZones: [{ state: zoneStatement() }],
  colleagues: [colleague()],
  opinions: [{ topic: 'roles', thumb: 'up' }],
  offers: [{ add: offer('f') }],
  offerVersions: [offerVersion('f')],
  acceptances: [{ add: acceptance('c') }],
  delegations: [{ add: delegation('d') }],
  keySetups: [{ add: keySetup('ks') }],
  notices: [{ add: notice('n') }],
  offerEvents: [offerEvent('e')],
  signOuts: [{ account: minh, at: 5, keepsName: true }],
  tokens: [{ signedIn: lan, secret: 'tokens' }],
  operationCards: [{ place: { operationId: 'o', personKey: 'p', cardKey: 'moved' } }],
  attempts: [{ add: { id: 't', what: 'code', who: 'lan', at: 5 } }],
} satisfies Required<Omit<Changes, 'offerGuards' | 'forgotten'>>;

/** Each fails one guard after other rows of the same kind went through. */
const lostRaces: Record<string, Changes> = {
  'the state was written first': {
    state: [...mixed.state, { key: 'taken', version: 0, schema: 1, body: {} }],
  },
  'the state has moved on': { state: [...mixed.state, { key: 'taken', version: 2, schema: 1, body: {} }] },
  'the state is gone': { state: [...mixed.state, { key: 'gone', version: 1, schema: 1, body: {} }] },
  'the activity is answered': {
    inbound: [...mixed.inbound, { conversationKey: 'c', activityId: 'taken', answer: null, at: 2 }],
  },
  'the sign-in has another status': {
    signIns: [...mixed.signIns, { update: signIn('taken'), from: 'open' }],
  },
  'the sign-in is there': { signIns: [...mixed.signIns, { add: signIn('taken') }] },
  'the nonce is used': { cardActions: [...mixed.cardActions, { use: 'taken', at: 6 }] },
  'the nonce is unknown': { cardActions: [...mixed.cardActions, { use: 'unknown', at: 6 }] },
  'the operation is not as it was read': {
    operations: [...mixed.operations, { same: { id: 'taken', version: 6 } }],
  },
  'the card has moved': {
    operationCards: [
      ...mixed.operationCards,
      { same: { operationId: 'taken', personKey: 'msteams/lan', cardKey: 'elsewhere' } },
    ],
  },
  'the operation has moved on': {
    operations: [...mixed.operations, { save: operation('taken', { version: 6 }) }],
  },
  'the operation is there': { operations: [...mixed.operations, { add: operation('taken') }] },
  'the approval is decided': {
    approvals: [...mixed.approvals, { decide: { id: 'taken', status: 'approved', by: lan, at: 6 } }],
  },
  'the approval is unknown': {
    approvals: [...mixed.approvals, { decide: { id: 'unknown', status: 'approved', by: lan, at: 6 } }],
  },
  'the approval is there': { approvals: [...mixed.approvals, { add: approval('taken') }] },
  'the offer has moved on': { offers: [...mixed.offers, { save: offer('taken', { rev: 6 }) }] },
  'the offer is unknown': { offers: [...mixed.offers, { save: offer('unknown') }] },
  'the guarded offer has moved on': {
    offerGuards: [
      { id: 'taken', rev: 7 },
      { id: 'taken', rev: 6 },
    ],
  },
  'the guarded offer is unknown': { offerGuards: [{ id: 'unknown', rev: 1 }] },
  'the code is there': { offers: [...mixed.offers, { add: offer('new', { code: 'code of taken' }) }] },
  'the version is published': { offerVersions: [...mixed.offerVersions, offerVersion('taken')] },
  'the acceptance has moved on': {
    acceptances: [...mixed.acceptances, { save: acceptance('taken', { rev: 6 }) }],
  },
  'the acceptance is unknown': { acceptances: [...mixed.acceptances, { save: acceptance('unknown') }] },
  'the client has one of the offer': {
    acceptances: [
      ...mixed.acceptances,
      { add: { ...acceptance('new'), client: acceptance('taken').client } },
    ],
  },
  'the delegation has moved on': {
    delegations: [...mixed.delegations, { save: delegation('taken', { rev: 6, relationshipId: 'r' }) }],
  },
  'the delegation is unknown': { delegations: [...mixed.delegations, { save: delegation('unknown') }] },
  'the client answered for this offer': {
    delegations: [
      ...mixed.delegations,
      { add: { ...delegation('new'), client: delegation('taken').client } },
    ],
  },
  'the relationship is another one’s': {
    delegations: [
      ...mixed.delegations,
      { add: delegation('new', { company: 'tenant-2', relationshipId: 'r' }) },
    ],
  },
  'the key set-up has moved on': {
    keySetups: [...mixed.keySetups, { save: keySetup('taken', { rev: 6 }), by: lan }],
  },
  'the key set-up is unknown': { keySetups: [...mixed.keySetups, { save: keySetup('unknown'), by: lan }] },
  'the key set-up is there': { keySetups: [...mixed.keySetups, { add: keySetup('taken') }] },
  'the event is there': { offerEvents: [...mixed.offerEvents, offerEvent('taken')] },
  'the person was written first': { people: [...mixed.people, person('taken')] },
  'the person has moved on': { people: [...mixed.people, person('taken', { version: 2 })] },
  'the message is there': { outbox: [...mixed.outbox, message('taken')] },
};

async function tracesOfMixed(storage: Storage): Promise<Partial<Record<keyof Changes, unknown>>> {
  const traces = {
    state: await storage.state.find('k'),
    inbound: await storage.inbound.find('c', 'a'),
    people: await storage.people.find('p'),
    accounts: await storage.accounts.find(lan),
    signIns: await storage.signIns.find('s'),
    outbox: await storage.outbox.find('m'),
    cardActions: await storage.cardActions.find('n'),
    operations: await storage.operations.find('o'),
    operationCards: (await storage.operations.find('o'))?.cardKey,
    deeds: (await storage.audit.ofCompany('tenant-1', { limit: 99 })).find(({ at }) => at === 7),
    jobs: (await storage.jobs.nextDue()).real,
    vault: await storage.vault.open('v', 0),
    approvals: await storage.approvals.find('a'),
    confirmations: await storage.confirmations.find('tenant-1'),
    statements: (await storage.statements.of('tenant-1')).at(0),
    companyZones: await storage.companyZones.find('tenant-1'),
    colleagues: await storage.colleagues.find('tenant-1'),
    opinions: (await storage.opinions.counts()).at(0),
    offers: await storage.offers.find('f'),
    offerVersions: await storage.offers.version('f', 1),
    acceptances: await storage.acceptances.find('c'),
    delegations: await storage.delegations.find('d'),
    keySetups: await storage.keySetups.find('ks'),
    notices: await storage.notices.find('n'),
    offerEvents: (await storage.offerEvents.ofOffer('offer-1', 1)).at(0),
    signOuts: await storage.signOuts.last(minh),
    tokens: await storage.tokens.load(lan),
    attempts: (await storage.attempts.count({ what: 'code', who: 'lan' }, 0)) || undefined,
  } satisfies Record<keyof typeof mixed, unknown>;
  return Object.fromEntries(Object.entries(traces).filter(([, trace]) => trace !== undefined));
}
