import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Knex } from 'knex';
import knexModule from 'knex';
import type { SealedHead } from '../../storage/audit-chain.ts';
import { type ChainedRow, createHeadSeal, hashOf } from '../../storage/audit-hash.ts';
import { loggedHead, verifyHistory } from '../../storage/audit-verification.ts';
import { createStorage } from '../../storage/create-storage.ts';
import type { Storage } from '../../storage/storage.ts';
import { deed, lan, lanAccount, minh, operation, person } from './samples.ts';

/** The database of an attacker: everything is allowed, and the triggers are gone. */
async function attack(file: string, change: (knex: Knex) => Promise<unknown>): Promise<void> {
  const knex = knexModule.knex({
    ...{ client: 'sqlite3', connection: { filename: file }, useNullAsDefault: true },
    pool: { min: 1, max: 1 },
  });
  const triggers: { name: string }[] = await knex('sqlite_master').where({ type: 'trigger' });
  for (const { name } of triggers) await knex.raw(`drop trigger ${name}`);
  await change(knex);
  await knex.destroy();
}

/** Makes the chain of a company anew from this number on, as somebody would who has read our code and not our key. */
async function rebuild(knex: Knex, company: string, from: number): Promise<void> {
  const rows: ChainedRow[] = await knex('audit_rows').where({ company }).orderBy('number');
  let previous = rows[from - 2]?.hash ?? '0'.repeat(64);
  for (const row of rows.slice(from - 1)) {
    const hash = hashOf({ ...row, previous });
    await knex('audit_rows').where({ id: row.id }).update({ previous, hash });
    previous = hash;
  }
  await knex('audit_heads').where({ company }).update({ hash: previous, count: rows.length });
}

describe('the verification of the history', () => {
  const vaultKey = randomBytes(32);
  const seal = createHeadSeal(vaultKey);
  let directory: string;
  let whole: string;
  let file: string;
  /** Heads as they went into the log. */
  const logged: SealedHead[] = [];
  let storage: Storage;

  const open = (key = vaultKey) =>
    createStorage({
      ...{ file: whole, vaultKey: key },
      log: {
        info: (facts) => void logged.push(...[loggedHead(JSON.stringify(facts))].filter((each) => !!each)),
        warn: () => undefined,
        error: () => undefined,
      },
    });
  const about = (id: string) =>
    operation(id, { kind: 'block-user', args: { userId: 'u', signInName: `${id}@x`, displayName: 'Ngọc' } });

  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'partner-bot-history-'));
    whole = join(directory, 'whole.sqlite');
    storage = await open();
    for (const id of ['1', '2', '3', '4']) await storage.commit({ operations: [{ add: about(id) }] });
    await storage.commit({ operations: [{ save: { ...about('2'), status: 'done' } }], deeds: [deed(9)] });
    await storage.commit({ deeds: [deed(10, { tenantId: 'tenant-2', objectId: 'ana' })] });
    await storage.close();
  });
  after(() => rm(directory, { recursive: true }));
  beforeEach(async () => {
    file = join(directory, 'attacked.sqlite');
    await rm(file, { force: true });
    await copyFile(whole, file);
  });

  const verify = (more: { logged?: SealedHead[]; seal?: typeof seal } = {}) =>
    verifyHistory({ file }, { seal, ...more });
  async function faults(more: { logged?: SealedHead[] } = {}): Promise<string[]> {
    const verified = await verify(more);
    return verified.flatMap((each) =>
      each.faults.map(({ what, number }) => `${each.company} ${what} ${number}`),
    );
  }

  it('finds nothing where nothing was done, and says how far each company goes', async () => {
    const found = await verify({ logged });
    assert.deepEqual(
      found.map(({ company, rows, head, faults: wrong }) => [company, rows, head?.count, wrong]),
      [
        ['tenant-1', 6, 6, []],
        ['tenant-2', 1, 1, []],
      ],
    );
    assert.equal(logged.length, 6);
    assert.deepEqual(logged.at(-1), found[1]?.head);
  });

  it('finds a change of each column of a row', async () => {
    const columns: Record<keyof ChainedRow, unknown> = {
      ...{ company: 'tenant-2', number: 33, id: 'x', at: 1, operation_id: 'x', actor_key: 'tenant-1/other' },
      ...{ client: 'x', verb: 'x', object: 'x', object_folded: 'x', outcome: 'done', continues: 1 },
      ...{ details: '{}', commitment: 'x', previous: 'x', hash: 'x' },
    };
    for (const [column, value] of Object.entries(columns)) {
      await copyFile(whole, file);
      await attack(file, (knex) =>
        knex('audit_rows')
          .where({ number: 3 })
          .update({ [column]: value }),
      );
      assert.notDeepEqual(await faults(), [], column);
    }
    await copyFile(whole, file);
    const knex = knexModule.knex({
      client: 'sqlite3',
      connection: { filename: file },
      useNullAsDefault: true,
    });
    assert.deepEqual(Object.keys(await knex('audit_rows').columnInfo()).sort(), Object.keys(columns).sort());
    await knex.destroy();
  });

  it('says which row was changed, removed, moved or put in', async () => {
    const row = (number: number) => ({ company: 'tenant-1', number });
    await attack(file, (knex) => knex('audit_rows').where(row(3)).update({ verb: 'unblock-user' }));
    assert.deepEqual(await faults(), ['tenant-1 changed 3']);

    await copyFile(whole, file);
    await attack(file, async (knex) => {
      const found: ChainedRow = await knex('audit_rows').where(row(3)).first();
      const changed = { ...found, verb: 'unblock-user' };
      await knex('audit_rows')
        .where(row(3))
        .update({ ...changed, hash: hashOf(changed) });
    });
    assert.deepEqual(await faults(), ['tenant-1 does-not-follow 4']);

    await copyFile(whole, file);
    await attack(file, (knex) => knex('audit_rows').where(row(3)).del());
    assert.deepEqual(await faults(), ['tenant-1 missing 3']);

    await copyFile(whole, file);
    await attack(file, async (knex) => {
      await knex('audit_rows').where(row(3)).update({ number: 99 });
      await knex('audit_rows').where(row(2)).update({ number: 3 });
      await knex('audit_rows').where(row(99)).update({ number: 2 });
    });
    assert.deepEqual(await faults(), [
      ...['tenant-1 does-not-follow 2', 'tenant-1 changed 2', 'tenant-1 does-not-follow 3'],
      ...['tenant-1 changed 3', 'tenant-1 does-not-follow 4'],
    ]);

    await copyFile(whole, file);
    await attack(file, async (knex) => {
      const last: ChainedRow = await knex('audit_rows').where(row(6)).first();
      const added = { ...last, number: 7, id: 'put in', commitment: '', previous: last.hash };
      await knex('audit_rows').insert({ ...added, hash: hashOf(added) });
    });
    assert.deepEqual(await faults(), ['tenant-1 after-head 7']);
  });

  it('finds a second row of one number where even the key of the table is gone', async () => {
    await attack(file, async (knex) => {
      await knex.raw('create table copied as select * from audit_rows');
      await knex.schema.dropTable('audit_rows');
      await knex.raw('alter table copied rename to audit_rows');
      const found: ChainedRow = await knex('audit_rows').where({ company: 'tenant-1', number: 3 }).first();
      await knex('audit_rows').insert({ ...found, id: 'zzz' });
    });
    assert.ok((await faults()).includes('tenant-1 inserted 3'));
  });

  it('finds it too where more rows are read than at a time', async () => {
    const many = join(directory, 'many.sqlite');
    const filled = await createStorage({ file: many, vaultKey });
    await filled.commit({ deeds: Array.from({ length: 1_002 }, (_, at) => deed(at)) });
    await filled.close();
    await attack(many, async (knex) => {
      await knex.raw('create table copied as select * from audit_rows');
      await knex.schema.dropTable('audit_rows');
      await knex.raw('alter table copied rename to audit_rows');
      const found: ChainedRow = await knex('audit_rows').where({ number: 1_000 }).first();
      await knex('audit_rows').insert({ ...found, id: 'zzz' });
      await knex('audit_rows').where({ number: 1_002 }).update({ verb: 'x' });
    });
    const [found] = await verifyHistory({ file: many }, { seal });
    assert.deepEqual(
      [found?.rows, found?.faults.map(({ what, number }) => [what, number])],
      [
        1_003,
        [
          ['inserted', 1_000],
          ['changed', 1_000],
          ['changed', 1_002],
        ],
      ],
    );
  });

  it('finds a tail that was cut, without the log and with an old head put back', async () => {
    const cut = (knex: Knex) =>
      knex('audit_rows').where({ company: 'tenant-1' }).where('number', '>', 3).del();
    await attack(file, cut);
    assert.deepEqual(await faults(), ['tenant-1 cut 4']);

    await copyFile(whole, file);
    const old = logged.find(({ company, count }) => company === 'tenant-1' && count === 3) ?? assert.fail();
    await attack(file, async (knex) => {
      await cut(knex);
      await knex('audit_heads').where({ company: 'tenant-1' }).update(old);
    });
    // Here the database is as it once was; only what lies outside it knows better.
    assert.deepEqual(await faults(), []);
    assert.deepEqual(await faults({ logged }), ['tenant-1 cut-since-log 4']);
  });

  it('finds a chain made anew, with any head but one of ours', async () => {
    const forge = async (knex: Knex) => {
      await knex('audit_rows').where({ company: 'tenant-1', number: 3 }).update({ verb: 'unblock-user' });
      const { hash, count } = await knex('audit_heads').where({ company: 'tenant-1' }).first();
      await rebuild(knex, 'tenant-1', 3);
      return { hash, count };
    };
    await attack(file, forge);
    assert.deepEqual(await faults(), ['tenant-1 head-forged 6']);
    assert.deepEqual(
      (await faults({ logged })).filter((each) => each.includes('not-as-logged')),
      [3, 4, 6].map((number) => `tenant-1 not-as-logged ${number}`),
    );

    await copyFile(whole, file);
    await attack(file, async (knex) => {
      const before = await forge(knex);
      await knex('audit_heads').where({ company: 'tenant-1' }).update(before);
    });
    assert.deepEqual(await faults(), ['tenant-1 rebuilt 6']);
  });

  it('finds a head that is gone, forged, or of another company, and a company that only the log knows', async () => {
    const heads = (change: object) => (knex: Knex) =>
      knex('audit_heads').where({ company: 'tenant-1' }).update(change);
    const wrongs: [string, (knex: Knex) => Promise<unknown>][] = [
      ['tenant-1 head-missing 6', (knex) => knex('audit_heads').where({ company: 'tenant-1' }).del()],
      ['tenant-1 head-forged 6', heads({ mac: 'ab'.repeat(32) })],
      ['tenant-1 head-forged 6', heads({ mac: 'no hex' })],
      ['tenant-1 head-unsealed 6', heads({ mac: '' })],
      ['tenant-1 head-forged 6', heads({ chained_later: 6 })],
      ['tenant-1 head-forged 6', heads({ mac: logged.at(-1)?.mac })],
    ];
    for (const [fault, change] of wrongs) {
      await copyFile(whole, file);
      await attack(file, change);
      assert.deepEqual(await faults(), [fault]);
    }
    await copyFile(whole, file);
    await attack(file, async (knex) => {
      for (const table of ['audit_rows', 'audit_heads'])
        await knex(table).where({ company: 'tenant-2' }).del();
    });
    assert.deepEqual(await faults(), []);
    assert.deepEqual(await faults({ logged }), ['tenant-2 head-missing 0', 'tenant-2 cut-since-log 1']);
  });

  it('believes no head without the key, nor a line of the log that it did not make', async () => {
    const other = createHeadSeal(randomBytes(32));
    const [first] = await verify({ seal: other });
    assert.deepEqual(first?.faults, [{ what: 'head-forged', number: 6 }]);
    const [after] = await verify({ seal: createHeadSeal(randomBytes(32), [vaultKey]) });
    assert.deepEqual(after?.faults, []);
    const forged = { ...(logged[0] ?? assert.fail()), hash: 'ab'.repeat(32) };
    assert.deepEqual(await faults({ logged: [forged] }), ['tenant-1 log-forged 1']);
    assert.equal(loggedHead('{"auditHead":{"company":"x"}}'), undefined);
    assert.equal(loggedHead('"auditHead" in no JSON'), undefined);
  });

  it('tells a personal text that was changed or removed from one that was erased by request', async () => {
    const text = (change: object) => (knex: Knex) =>
      knex('audit_texts')
        .whereIn('id', knex('audit_rows').where({ company: 'tenant-1', number: 3 }).select('id'))
        .update(change);
    const wrongs: [string, object][] = [
      ['text-changed', { text: '{"object":"other@x"}' }],
      ['text-changed', { folded: 'other@x' }],
      ['text-changed', { salt: 'ab' }],
      ['text-changed', { salt: null }],
      ['text-removed', { text: null }],
      ['text-removed', { text: null, salt: null, folded: '' }],
    ];
    for (const [fault, change] of wrongs) {
      await copyFile(whole, file);
      await attack(file, text(change));
      assert.deepEqual(await faults(), [`tenant-1 ${fault} 3`], JSON.stringify(change));
    }
    await copyFile(whole, file);
    await attack(file, (knex) => knex('audit_texts').del());
    assert.deepEqual(
      await faults(),
      [1, 2, 3, 4, 5].map((number) => `tenant-1 text-removed ${number}`),
    );
  });

  it('holds after somebody was forgotten, and says how many texts went', async () => {
    const forgetting = await createStorage({ file, vaultKey });
    const mail = { to: lanAccount.signInName, subject: '', text: '', html: '', about: { what: 'offer' } };
    await forgetting.commit({
      operations: [
        { add: operation('mail', { kind: 'send-mail', actor: minh, args: mail, status: 'done' }) },
      ],
      people: [person('lan', { account: lan })],
    });
    await forgetting.commit({
      forgotten: [
        {
          account: lanAccount,
          chats: [{ personKey: 'lan', version: 1, conversationKey: 'c' }],
          running: ['1', '3', '4'].map((id) => ({ id, version: 0 })),
          answering: { activityId: 'a', message: 'm' },
        },
      ],
    });
    const acts = await forgetting.audit.ofCompany('tenant-1', { limit: 9 });
    await forgetting.close();
    const [forgotten, mailed] = acts;
    assert.deepEqual(
      [forgotten?.verb, forgotten?.actor, forgotten?.details],
      ['forget-me', lan, { erased: [7] }],
    );
    assert.deepEqual(
      [mailed?.verb, mailed?.personal, mailed?.details['args']],
      [...['send-mail', null, { about: { what: 'offer' } }]],
    );
    const [found] = await verify();
    assert.deepEqual([found?.faults, found?.erased, found?.rows], [[], 1, 8]);
    // The row that says so is part of the chain: without it, or with another number in it, the text was removed.
    await attack(file, (knex) =>
      knex('audit_rows').where({ number: 8 }).update({ details: '{"erased":[]}' }),
    );
    assert.deepEqual(await faults(), ['tenant-1 changed 8', 'tenant-1 text-removed 7']);
  });

  it('goes on being found after the bot has written more to a chain that does not hold', async () => {
    await attack(file, async (knex) => {
      await knex('audit_rows').where({ company: 'tenant-1', number: 3 }).update({ verb: 'unblock-user' });
      await rebuild(knex, 'tenant-1', 3);
    });
    const errors: string[] = [];
    const log = {
      info: () => undefined,
      warn: () => undefined,
      error: (_facts: object, said: string) => void errors.push(said),
    };
    const unaware = await createStorage({ file, vaultKey, log });
    await unaware.commit({ deeds: [deed(20)] });
    await unaware.commit({ deeds: [deed(21)] });
    await unaware.close();
    assert.deepEqual(errors, Array(2).fill('the head of a history does not hold'));
    assert.deepEqual(await faults(), ['tenant-1 head-unsealed 8']);
  });

  it('writes nothing, and makes no database where there is none', async () => {
    const before = await readFile(file);
    await verify({ logged });
    assert.deepEqual(await readFile(file), before);
    await assert.rejects(verifyHistory({ file: `${file}.not-there` }, { seal }), /SQLITE_CANTOPEN/);
  });

  it('is kept by the database itself from being changed', async () => {
    const knex = knexModule.knex({
      client: 'sqlite3',
      connection: { filename: file },
      useNullAsDefault: true,
    });
    const refused: [string, Promise<unknown>][] = [
      ['a row is changed', knex('audit_rows').update({ verb: 'x' })],
      ['a row is deleted', knex('audit_rows').where({ number: 6 }).del()],
      ['a head goes back', knex('audit_heads').where({ company: 'tenant-1' }).update({ count: 3 })],
      ['a head is changed', knex('audit_heads').where({ company: 'tenant-1' }).update({ hash: 'x' })],
      ['a head is deleted', knex('audit_heads').del()],
      ['a text is changed', knex('audit_texts').update({ text: '{}' })],
      ['a text is deleted', knex('audit_texts').del()],
    ];
    for (const [what, change] of refused) await assert.rejects(change, /the history is only added to/, what);
    await knex.destroy();
    assert.deepEqual(await faults({ logged }), []);
  });
});
