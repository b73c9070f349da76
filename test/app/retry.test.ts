import assert from 'node:assert/strict';
import { newStep, type Operation } from '../../partner/operations.ts';
import { startTestBot, type TestBot } from '../helpers/app.ts';
import { type Desk, sitDown, usersNamed } from '../helpers/desk.ts';
import type { Received } from '../helpers/fake-channel.ts';
import { waitUntil } from '../helpers/wait-until.ts';

describe('a step that failed after its call had gone out', () => {
  const name = 'Lâm Thử Lại';
  let bot: TestBot;
  let desk: Desk;
  let id: string;
  before(async () => {
    bot = await startTestBot();
    desk = await sitDown(bot);
    await desk.confirm(name);
    await desk.see(/Done: add a user/);
    const card = desk.person.received().findLast((each) => JSON.stringify(each).includes('/passwords/'));
    id = /passwords\/([\w-]+)/.exec(JSON.stringify(card))?.[1] ?? '';
  });
  after(() => bot.stop());

  async function stored(): Promise<Operation> {
    const operation = await bot.app.storage.operations.find(id);
    assert.ok(operation);
    return operation;
  }

  /** As if nobody could be asked what became of the first call until the bot gave up. */
  async function forget(): Promise<void> {
    const operation = await stored();
    const error = { code: 'microsoft-unavailable' as const, details: {}, reference: 'REFERENCE' };
    const [create, ...others] = operation.steps;
    assert.ok(create);
    const steps = [
      { ...create, status: 'failed' as const, result: null, attempts: 0, error },
      ...others.map((step) => newStep(step.id)),
    ];
    await bot.app.storage.commit({ operations: [{ save: { ...operation, status: 'failed', steps } }] });
  }

  /** The card of the operation, drawn anew. */
  async function drawn(): Promise<Received> {
    await desk.person.submit({ verb: 'operation-show', operation: id });
    return desk.see(/Not finished: add a user/);
  }

  it('is looked up when the person tries again, and not done a second time', async () => {
    await forget();
    // The password of the first attempt is gone by then.
    await bot.sandbox.clock.advance(11 * 60_000);
    await desk.press(await drawn(), 'Try again');
    await desk.see(/Done: add a user/);
    assert.equal((await usersNamed(bot, name)).length, 1);
  });

  it('tried again five times at once goes on once', async () => {
    await forget();
    const cards = [await drawn(), await drawn()];
    const { version } = await stored();
    const presses = [0, 1, 0, 1, 0].map((index) => cards[index] ?? assert.fail());
    await Promise.all(presses.map((card) => desk.press(card, 'Try again')));
    const done = await waitUntil(
      async () => {
        const operation = await stored();
        return operation.status === 'done' ? operation : undefined;
      },
      { what: 'the end of the operation' },
    );
    // One save by the press and, as each step is, one or two by the runner.
    assert.ok(done.version - version <= 1 + 2 * done.steps.length, `${done.version - version} saves`);
    assert.equal((await usersNamed(bot, name)).length, 1);
    const outcomes = (await bot.app.storage.audit.ofOperation(id)).map(({ outcome }) => outcome);
    assert.equal(outcomes.filter((outcome) => outcome === 'done').length, 3);
  });
});
