import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { PartnerError } from '../../partner/errors.ts';
import { type Operation, withStep } from '../../partner/operations.ts';
import { sendMailKind } from '../../partner/send-mail.ts';
import type { Changes } from '../../storage/changes.ts';
import type { Storage } from '../../storage/storage.ts';
import { memoryStorage } from '../helpers/storage.ts';
import { operation } from '../storage/samples.ts';
import { type End, fakeMicrosoft, handlerOf, Killed, retry, stored } from './fake-orders.ts';

const mail = {
  ...{ to: 'minh@fabrikam.example', subject: 'Thư chào hàng', text: 'Chào anh', html: '<p>Chào anh</p>' },
};

describe('sending a mail', () => {
  let storage: Storage;
  beforeEach(async () => {
    mock.timers.enable({ apis: ['Date'], now: 1_760_000_000_000 });
    storage = await memoryStorage();
    const args = { ...mail, about: { what: 'try' } };
    const { kind, schema, plan } = sendMailKind;
    await storage.commit({
      operations: [{ add: operation('o', { kind, schema, args, steps: plan(args) }) }],
    });
  });
  afterEach(async () => {
    mock.timers.reset();
    await storage.close();
  });

  function microsoftThat(...ends: End[]) {
    const microsoft = fakeMicrosoft();
    microsoft.state.ends = ends;
    return microsoft;
  }
  const step = async () => (await stored(storage)).steps[0];
  const auditOf = async () => (await storage.audit.ofOperation('o')).map(({ outcome }) => outcome);

  it('sends it as it was previewed', async () => {
    const microsoft = microsoftThat();
    assert.equal(await handlerOf(storage, microsoft)(), 'done');
    assert.deepEqual([(await stored(storage)).status, microsoft.state.mails], ['done', [mail]]);
  });

  it('sends it a little later when Microsoft is busy', async () => {
    const microsoft = microsoftThat('busy');
    const run = handlerOf(storage, microsoft);
    assert.notEqual(await run(), 'done');
    assert.equal(await run(), 'done');
    assert.deepEqual([(await stored(storage)).status, microsoft.state.mails.length], ['done', 1]);
  });

  for (const end of ['lost-before', 'lost-after', 'killed-before', 'killed-after'] as const) {
    it(`${end}: asks a person and is not sent again by itself`, async () => {
      const microsoft = microsoftThat(end);
      if (end.startsWith('killed')) await assert.rejects(handlerOf(storage, microsoft), Killed);
      assert.equal(await handlerOf(storage, microsoft)(), 'done');
      const asked = await step();
      assert.deepEqual([asked?.status, asked?.error?.code], ['asked', 'mail-unknown']);
      assert.deepEqual([microsoft.state.calls, await auditOf()], [['mail'], ['intended', 'unknown']]);
    });
  }

  it('is sent once more when a person has looked and wants that', async () => {
    const microsoft = microsoftThat('lost-before');
    const run = handlerOf(storage, microsoft);
    await run();
    await retry(storage);
    assert.equal(await run(), 'done');
    assert.deepEqual([(await stored(storage)).status, microsoft.state.mails.length], ['done', 1]);
  });

  it('that was plainly refused can be tried again', async () => {
    const microsoft = microsoftThat();
    const { send } = microsoft.mailbox;
    microsoft.mailbox.send = () => Promise.reject(new PartnerError('microsoft-refused'));
    const run = handlerOf(storage, microsoft);
    await run();
    assert.deepEqual([(await step())?.status, await auditOf()], ['failed', ['intended', 'failed']]);
    microsoft.mailbox.send = send;
    await retry(storage);
    await run();
    assert.deepEqual([(await stored(storage)).status, microsoft.state.mails.length], ['done', 1]);
  });

  /** What somebody does at the very moment at which the mail leaves. */
  function whileItLeaves(does: (operation: Operation) => Changes, ...ends: End[]) {
    const microsoft = microsoftThat(...ends);
    const { send } = microsoft.mailbox;
    microsoft.mailbox.send = async (one) => {
      await storage.commit(does(await stored(storage)));
      await send(one);
    };
    return microsoft;
  }
  const elsewhere = { operationId: 'o', personKey: 'elsewhere', cardKey: 'newer' };

  for (const [what, does] of Object.entries<(operation: Operation) => Changes>({
    'its card moves': () => ({ operationCards: [{ place: elsewhere }] }),
    'it is saved as it is': (operation) => ({ operations: [{ save: operation }] }),
  })) {
    it(`knows that it left when ${what} meanwhile`, async () => {
      const microsoft = whileItLeaves(does);
      const shown: Operation[] = [];
      assert.equal(await handlerOf(storage, microsoft, shown)(), 'done');
      assert.deepEqual([(await stored(storage)).status, microsoft.state.mails.length], ['done', 1]);
      assert.deepEqual(await auditOf(), ['intended', 'done']);
      const { cardKey } = await stored(storage);
      assert.equal(shown.at(-1)?.cardKey, cardKey, 'the last word is drawn where the card stands');
    });

    it(`knows how it was refused when ${what} meanwhile`, async () => {
      const microsoft = whileItLeaves(does, 'busy');
      const run = handlerOf(storage, microsoft);
      assert.notEqual(await run(), 'done');
      assert.deepEqual([(await step())?.unclear, (await step())?.error?.code], [false, 'microsoft-busy']);
      assert.equal(await run(), 'done');
      assert.deepEqual([(await stored(storage)).status, microsoft.state.mails.length], ['done', 1]);
    });
  }

  it('keeps that it was called off meanwhile, and what the step came to', async () => {
    const off = (operation: Operation) => ({
      operations: [{ save: { ...operation, status: 'cancelled' as const } }],
    });
    const microsoft = whileItLeaves(off, 'busy');
    assert.equal(await handlerOf(storage, microsoft)(), 'done');
    const { status } = await stored(storage);
    assert.deepEqual([status, (await step())?.error?.code], ['cancelled', 'microsoft-busy']);
  });

  it('leaves to whoever touched the step meanwhile what came of it', async () => {
    const touched = (operation: Operation) => ({
      operations: [{ save: withStep(operation, 'send', { status: 'asked' as const }) }],
    });
    const microsoft = whileItLeaves(touched);
    assert.notEqual(await handlerOf(storage, microsoft)(), 'done');
    assert.deepEqual([(await step())?.status, microsoft.state.mails.length], ['asked', 1]);
  });

  it('is sent at once when its card moves before it leaves', async () => {
    const microsoft = microsoftThat();
    let moves = 1;
    const atIntent: Storage = {
      ...storage,
      async commit(changes) {
        if (moves-- > 0) await storage.commit({ operationCards: [{ place: elsewhere }] });
        return storage.commit(changes);
      },
    };
    assert.equal(await handlerOf(atIntent, microsoft)(), 'done');
    assert.deepEqual([(await stored(storage)).status, microsoft.state.mails.length], ['done', 1]);
  });
});
