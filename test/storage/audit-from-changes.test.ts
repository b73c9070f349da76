import assert from 'node:assert/strict';
import type { AuditRow } from '../../partner/audit-row.ts';
import { offerEventKinds } from '../../partner/offers.ts';
import { newStep, type Operation } from '../../partner/operations.ts';
import type { Changes } from '../../storage/changes.ts';
import type { Storage } from '../../storage/storage.ts';
import { memoryStorage } from '../helpers/storage.ts';
import {
  approval,
  colleague,
  confirmation,
  delegation,
  keySetup,
  lan,
  minh,
  notice,
  offer,
  offerEvent,
  operation,
  statement,
  terms,
  zoneStatement,
} from './samples.ts';

describe('the history of what is committed', () => {
  let storage: Storage;
  let seen: number;
  beforeEach(async () => {
    storage = await memoryStorage();
    seen = 0;
  });
  afterEach(() => storage.close());

  /** The rows that this commit adds, in their order. */
  async function told(changes: Changes): Promise<AuditRow[]> {
    await storage.commit(changes);
    const acts = await storage.audit.ofCompany('tenant-1', { limit: 500 });
    const all = [...acts, ...acts.flatMap(({ ofOperation }) => ofOperation)];
    const byNumber = new Map(all.map((row) => [row.number, row]));
    const added = [...byNumber.values()].filter(({ number }) => number > seen);
    seen = Math.max(seen, ...byNumber.keys());
    return added.toSorted((one, other) => one.number - other.number);
  }
  const brief = (rows: readonly AuditRow[]) =>
    rows.map(({ verb, actor, outcome, details }) => [verb, actor?.objectId ?? null, outcome, details]);

  const args = { userId: 'u', signInName: 'duc@x', displayName: 'Đức', role: 'r' };
  const asked = (change: Partial<Operation> = {}) => operation('o', { kind: 'grant-role', args, ...change });
  /** Saves the operation as it is now, changed so. */
  async function saved(change: Partial<Operation>, more: Changes = {}, by = {}): Promise<AuditRow[]> {
    const now = (await storage.operations.find('o')) ?? assert.fail();
    return told({ operations: [{ save: { ...now, ...change }, ...by }], ...more });
  }

  it('has an operation as it is asked for, with what lasts and what can be erased apart', async () => {
    const [row] = await told({ operations: [{ add: asked() }] });
    const { verb, outcome, continues, details, personal, object, at } = row ?? assert.fail();
    assert.deepEqual(
      [verb, outcome, continues, object, at],
      ['grant-role', 'intended', false, '', asked().createdAt],
    );
    assert.deepEqual(details, { schema: 1, args: { userId: 'u', role: 'r' } });
    assert.deepEqual(personal, { object: 'duc@x', args: { signInName: 'duc@x', displayName: 'Đức' } });
  });

  it('has how an operation ended, and nothing of the steps on the way', async () => {
    await told({ operations: [{ add: asked() }] });
    assert.deepEqual(await saved({ drawn: 4 }), []);
    assert.deepEqual(await saved({ status: 'waiting-sign-in' }), []);
    assert.deepEqual(await saved({ status: 'running' }), []);
    const error = { code: 'microsoft-busy', details: {}, reference: 'ABCD2345' } as const;
    const at = (status: 'failed' | 'asked') => ({ ...newStep('grant'), status, error });
    const ended = { step: 'grant', code: 'microsoft-busy', reference: 'ABCD2345' };
    const failed = await saved({ status: 'failed', steps: [at('failed')] });
    assert.deepEqual(brief(failed), [['grant-role', 'lan', 'failed', ended]]);
    assert.deepEqual(brief(await saved({ status: 'running' })), [
      ['grant-role', 'lan', 'intended', { again: true }],
    ]);
    const unclear = await saved({ status: 'failed', steps: [at('asked')] });
    assert.deepEqual(brief(unclear), [['grant-role', 'lan', 'unknown', ended]]);
    const over = await saved({ status: 'running', actor: minh });
    assert.deepEqual(brief(over), [
      ['take-over', 'minh', 'done', { kind: 'grant-role' }],
      ['grant-role', 'minh', 'intended', { again: true }],
    ]);
    const done = await saved({ status: 'done', steps: [] });
    assert.deepEqual(brief(done), [['grant-role', 'minh', 'done', {}]]);
    assert.deepEqual(
      [...failed, ...unclear, ...done].map(({ continues }) => continues),
      [true, true, true],
    );
    assert.deepEqual(await saved({ drawn: 9 }), []);
  });

  it('has the number of whom a new user became', async () => {
    await told({ operations: [{ add: operation('o') }] });
    const create = { ...newStep('create'), status: 'done' as const, result: { userId: 'new' } };
    assert.deepEqual(brief(await saved({ status: 'done', steps: [create] })), [
      ['add-user', 'lan', 'done', { userId: 'new' }],
    ]);
  });

  it('has from which mailbox of the company a mail left, beside the chain', async () => {
    const to = { to: 'hoa@x' };
    await told({ operations: [{ add: asked({ kind: 'send-mail', args: to }) }] });
    const sent = { ...newStep('send-as-company'), status: 'done' as const, result: { from: 'offers@x' } };
    const rows = await saved({ status: 'done', steps: [sent] });
    assert.deepEqual(
      rows.map(({ outcome, details, personal }) => [outcome, details, personal]),
      [['done', {}, { object: 'hoa@x', args: { from: 'offers@x' } }]],
    );
  });

  it('has why an operation was not needed any more', async () => {
    await told({ operations: [{ add: asked({ steps: [newStep('grant')] }) }] });
    const rows = await saved({ status: 'cancelled' }, {}, { obsolete: 'mail-stopped' });
    assert.deepEqual(brief(rows), [
      ['grant-role', 'lan', 'obsolete', { step: 'grant', code: 'mail-stopped' }],
    ]);
  });

  it('has an operation that was called off as begun once more when a colleague takes it over', async () => {
    await told({ operations: [{ add: asked({ status: 'cancelled' }) }] });
    assert.deepEqual(brief(await saved({ status: 'running', actor: minh })), [
      ['take-over', 'minh', 'done', { kind: 'grant-role' }],
      ['grant-role', 'minh', 'intended', { again: true }],
    ]);
  });

  it('has nothing of what is only looked at, or of where a card stands', async () => {
    await told({ operations: [{ add: asked() }] });
    const card = { operationId: 'o', personKey: 'p', cardKey: 'moved' };
    const same = { id: 'o', version: 0 };
    assert.deepEqual(await told({ operations: [{ same }], operationCards: [{ place: card }] }), []);
  });

  it('has who called an operation off', async () => {
    await told({ operations: [{ add: asked() }] });
    assert.deepEqual(brief(await saved({ status: 'cancelled' }, {}, { by: minh })), [
      ['grant-role', 'minh', 'failed', { reason: 'called-off' }],
    ]);
  });

  const decisions = {
    approved: ['approve', 'minh', 'running', []],
    declined: ['decline', 'minh', 'cancelled', ['approval-declined']],
    withdrawn: ['withdraw', 'lan', 'cancelled', ['approval-withdrawn']],
    expired: [undefined, null, 'cancelled', ['approval-expired']],
  } as const;
  for (const [status, [verb, by, after, reasons]] of Object.entries(decisions)) {
    it(`has that a second person is asked, and that the request is ${status}`, async () => {
      const wish = approval('a', { operationId: 'o', verb: 'grant-role', object: 'duc@x' });
      const [, request] = await told({
        operations: [{ add: asked({ status: 'waiting-approval' }) }],
        approvals: [{ add: wish }],
      });
      assert.deepEqual(brief([request ?? assert.fail()]), [
        ['ask-approval', 'lan', 'done', { kind: 'grant-role' }],
      ]);
      const who = by === null ? null : { tenantId: 'tenant-1', objectId: by };
      const decide = { id: 'a', status: status as keyof typeof decisions, by: who, at: 7 };
      const rows = await saved({ status: after }, { approvals: [{ decide }] });
      const decided = rows.filter(({ verb: each }) => each !== 'grant-role');
      assert.deepEqual(
        brief(decided),
        verb === undefined ? [] : [[verb, by, 'done', { kind: 'grant-role' }]],
      );
      for (const row of decided)
        assert.deepEqual([row.personal, row.operationId, row.at], [{ object: 'duc@x' }, 'o', 7]);
      const ended = rows.filter(({ verb: each }) => each === 'grant-role');
      assert.deepEqual(
        ended.map(({ details }) => details['reason']),
        reasons,
      );
    });
  }

  it('has why a request was declined where that can be erased', async () => {
    const wish = approval('a', { operationId: 'o', verb: 'grant-role', object: 'duc@x' });
    await told({ operations: [{ add: asked() }], approvals: [{ add: wish }] });
    const decide = { id: 'a', status: 'declined', by: minh, answer: 'Sai người', at: 7 } as const;
    const [row] = await told({ approvals: [{ decide }] });
    assert.deepEqual(
      [row?.personal, row?.details],
      [{ object: 'duc@x', args: { answer: 'Sai người' } }, { kind: 'grant-role' }],
    );
  });

  it('has who says that the company’s details are wrong, and who answers, and nothing of other notices', async () => {
    const wrong = notice('w', { kind: 'company-wrong', by: lan, at: 3, details: { what: 'words' } });
    const [said, ...more] = await told({ notices: [{ add: wrong }, { add: notice('n') }] });
    assert.deepEqual(
      [said?.verb, said?.actor, said?.at, said?.personal, more],
      ['say-company-wrong', lan, 3, null, []],
    );
    const toldNow = await told({ notices: [{ save: { ...wrong, toldTo: ['tenant-1/minh'] } }] });
    const over = { status: 'over', rev: 2 } as const;
    const answered = await told({ notices: [{ save: { ...wrong, ...over }, by: minh }] });
    const taken = await told({ notices: [{ save: { ...notice('n'), status: 'over' }, by: minh }] });
    assert.deepEqual(
      [toldNow, brief(answered), taken],
      [[], [['answer-company-wrong', 'minh', 'done', {}]], []],
    );
  });

  it('has each act of an offer’s timeline once, with the client, and no look at it', async () => {
    const events = offerEventKinds.map((kind) => offerEvent(kind, { kind, by: lan, byName: 'Lan' }));
    const rows = await told({
      offers: [{ add: offer('offer-1', { draft: terms }) }],
      delegations: [
        { add: delegation('d', { client: { tenantId: 'fabrikam', name: 'Fabrikam', domain: 'f' } }) },
      ],
      offerEvents: events,
    });
    // What operations do, or Microsoft and the clock, is told by them.
    const silent = [
      ...['viewed', 'confirmed', 'ordered', 'provisioned', 'failed'],
      ...[
        'delegation-approved',
        'delegation-usable',
        'delegation-ended',
        'delegation-unapproved',
        'delegation-failed',
      ],
    ];
    const expected = offerEventKinds.filter((kind) => !silent.includes(kind));
    assert.deepEqual(
      rows.map(({ verb }) => verb),
      expected.map((kind) => (kind.startsWith('delegation-') ? kind : `offer-${kind}`)),
    );
    for (const { client, object, actor } of rows) {
      assert.deepEqual([client, object, actor], ['fabrikam', 'Fabrikam', lan]);
    }
    const byItself = await told({
      offerEvents: ['delegation-ended', 'ordered'].map((kind) =>
        offerEvent(`${kind} so`, {
          ...{ kind: kind as 'ordered', client: null, by: null, byName: '' },
          details: { byHand: kind === 'ordered' },
        }),
      ),
    });
    assert.deepEqual(
      byItself.map(({ verb, actor, client, object }) => [verb, actor, client, object]),
      [
        ['delegation-ended', null, '', 'Công ty Fabrikam'],
        ['offer-ordered', null, '', 'Công ty Fabrikam'],
      ],
    );
  });

  it('has who of a client did something beside the chain, and nothing of what they wrote', async () => {
    const by = { tenantId: 'fabrikam', objectId: 'ana' };
    const details = {
      version: 2,
      seats: [3],
      hash: 'h',
      signInName: 'ana@f',
      text: 'words',
      reason: 'words',
    };
    const said = (['accepted', 'declined', 'asked'] as const).map((kind) =>
      offerEvent(kind, { kind, by, byName: 'Ana', details }),
    );
    const rows = await told({ offerEvents: said });
    assert.deepEqual(
      rows.map(({ personal, details: kept }) => [personal, kept]),
      [
        [{ by: 'Ana' }, { offerId: 'offer-1', version: 2, seats: [3], hash: 'h' }],
        [{ by: 'Ana' }, { offerId: 'offer-1', version: 2 }],
        [{ by: 'Ana' }, { offerId: 'offer-1' }],
      ],
    );
  });

  it('has delegations that are recorded by hand, and who says that they ended', async () => {
    const byHand = { offerId: null, person: null, state: 'active', endsAt: 5 } as const;
    const recorded = await told({ delegations: [{ add: delegation('d', byHand) }] });
    assert.deepEqual(brief(recorded), [
      ['record-delegation', 'lan', 'done', { level: 'limited', days: 365, endsAt: 5 }],
    ]);
    const kept = delegation('d', { ...byHand, endsAt: 9 });
    assert.deepEqual(brief(await told({ delegations: [{ save: kept, by: minh }] })), [
      ['record-delegation', 'minh', 'done', { level: 'limited', days: 365, endsAt: 9 }],
    ]);
    const reminded = await told({ delegations: [{ save: { ...kept, rev: 2, reminded: [7] } }] });
    const ended = await told({ delegations: [{ save: { ...kept, rev: 3, state: 'ended' }, by: minh }] });
    assert.deepEqual([reminded, ended.map(({ verb }) => verb)], [[], ['record-delegation-end']]);
    const found = delegation('found', { offerId: null, maker: null, relationshipId: 'r' });
    assert.deepEqual(await told({ delegations: [{ add: found }, { add: delegation('asked') }] }), []);
  });

  it('has each move of a set-up with product keys', async () => {
    const done = { by: minh, byName: 'Minh', at: 1 };
    const reported = { partnerId: '7', reportedBy: 'Ana', on: '2026-01-01', noted: done };
    const moves = [
      { done: { keys: done } },
      { done: { keys: done }, reported },
      { done: {}, reported, product: 'E3' },
      { done: {}, reported, status: 'finished' as const },
    ];
    assert.deepEqual(brief(await told({ keySetups: [{ add: keySetup('k') }] })), [
      ['begin-keys', 'lan', 'done', { setup: 'k' }],
    ]);
    const rows: AuditRow[] = [];
    for (const [index, change] of moves.entries())
      rows.push(
        ...(await told({ keySetups: [{ save: keySetup('k', { ...change, rev: index + 1 }), by: minh }] })),
      );
    assert.deepEqual(brief(rows), [
      ['tick-keys', 'minh', 'done', { setup: 'k', step: 'keys' }],
      ['report-keys', 'minh', 'done', { setup: 'k', partnerId: '7' }],
      ['untick-keys', 'minh', 'done', { setup: 'k', step: 'keys' }],
      ['finish-keys', 'minh', 'done', { setup: 'k' }],
    ]);
  });

  it('has what staff say of the company, whom they choose, and that they signed out', async () => {
    const rows = await told({
      confirmations: [confirmation()],
      statements: [
        statement({ value: 'off' }),
        statement({ authorisation: 'company-mailbox', address: 'offers@x' }),
      ],
      companyZones: [
        { read: { company: 'tenant-1', country: 'VN', at: 1 } },
        { state: zoneStatement({ zone: 'Asia/Bangkok' }) },
      ],
      colleagues: [colleague()],
      deeds: [{ did: 'reveal-password', operation: asked(), by: lan, at: 2 }],
      signOuts: [
        { account: minh, at: 1, keepsName: true },
        { account: { tenantId: 'fabrikam', objectId: 'ana' }, at: 1, keepsName: false },
      ],
    });
    assert.deepEqual(
      rows.map(({ verb, object, personal }) => [verb, object, personal]),
      [
        ['confirm-company', '', null],
        ['state-authorisation-off', 'indirect-reseller', null],
        ['set-company-mailbox', '', { object: 'offers@x' }],
        ['state-zone', 'Asia/Bangkok', null],
        ['set-colleague', '', { object: 'Minh' }],
        ['reveal-password', '', { object: 'duc@x' }],
        ['sign-out', '', null],
      ],
    );
    assert.deepEqual(await storage.audit.ofCompany('fabrikam', { limit: 9 }), []);
  });
});
