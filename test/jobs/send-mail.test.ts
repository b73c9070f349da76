import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { PartnerError } from '../../partner/errors.ts';
import { sendMailKind } from '../../partner/send-mail.ts';
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
    const args = { ...mail, about: { what: 'offer', offerId: 'offer-1' } };
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
});
