import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { operationCardFor } from '../../cards/operation-views.ts';
import { createWords } from '../../locales/words.ts';
import type { Operation } from '../../partner/operations.ts';
import { hanoi } from '../helpers/zones.ts';
import { lanAccount } from '../storage/samples.ts';
import { delegateStage } from './delegate-stage.ts';
import { handlerOf, retry, stored } from './fake-orders.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

describe('delegated administration that waits for the client to approve', () => {
  const stage = delegateStage();
  const { begin, delegation, timeline, current, carryOn, atStep, approved } = stage;

  it('looks after 1, 2, 5 and 15 minutes, then every hour, and says once whose turn it is', async () => {
    await begin();
    const shown: Operation[] = [];
    const run = handlerOf(stage.storage, stage.microsoft, shown);
    await carryOn(run, atStep('approved'));
    const first = { code: (await current())?.error?.code, turn: (await current())?.error?.details['turn'] };
    const start = Date.now();
    mock.timers.setTime(start + minute);
    const pauses = await carryOn(run, async () => Date.now() - start > 5 * day);
    assert.deepEqual(first, { code: 'approval-waiting', turn: 'client' });
    assert.deepEqual(
      pauses.slice(0, 5).map((ms) => ms / minute),
      [2, 5, 15, 60, 60],
    );
    assert.ok(pauses.slice(4).every((ms) => ms === hour));
    assert.equal(shown.length, 1);
    assert.deepEqual([...stage.microsoft.state.readers], ['partner', 'lan']);
  });

  it('reads as the partner while it waits, and needs the sign-in again only to write', async () => {
    await begin();
    await carryOn(handlerOf(stage.storage, stage.microsoft), atStep('approved'));
    let isSignedIn = false;
    const run = handlerOf(stage.storage, { ...stage.microsoft, isSignedIn: () => isSignedIn });
    stage.microsoft.state.readers.clear();
    assert.notEqual(await run(), 'done');
    assert.deepEqual(
      [(await stored(stage.storage)).status, ...stage.microsoft.state.readers],
      ['running', 'partner'],
    );
    stage.microsoft.approve();
    await carryOn(run);
    const { status } = await stored(stage.storage);
    assert.deepEqual(
      [status, (await current())?.id, (await delegation()).state],
      ['waiting-sign-in', 'access', 'active'],
    );
    isSignedIn = true;
    await stage.storage.commit({
      operations: [{ save: { ...(await stored(stage.storage)), status: 'running' } }],
    });
    await carryOn(run);
    assert.equal((await delegation()).state, 'usable');
  });

  it('reads as the person where Microsoft does not let the partner', async () => {
    stage.microsoft.state.partnerMay = false;
    await begin();
    const run = handlerOf(stage.storage, stage.microsoft);
    await approved(run);
    await carryOn(run);
    assert.equal((await delegation()).state, 'usable');
  });

  it('goes on with what was approved while the bot was down', async () => {
    await begin();
    await approved(handlerOf(stage.storage, stage.microsoft));
    mock.timers.setTime(Date.now() + 7 * day);
    await carryOn(handlerOf(stage.storage, stage.microsoft));
    assert.deepEqual([(await stored(stage.storage)).status, (await delegation()).state], ['done', 'usable']);
  });

  it('hands the approval page over, in words for the client', async () => {
    await begin();
    await carryOn(handlerOf(stage.storage, stage.microsoft), atStep('approved'));
    const place = { revealAddress: undefined, language: 'vi', nonceFor: () => 'nonce' } as const;
    const card = operationCardFor(createWords('vi', hanoi), lanAccount, await stored(stage.storage), place);
    assert.ok(JSON.stringify(card).includes('https://admin.microsoft.example/approve/relationship-1'));
  });

  it('ends with what Microsoft says when nobody approves for 90 days', async () => {
    await begin();
    const run = handlerOf(stage.storage, stage.microsoft);
    await carryOn(run, atStep('approved'));
    mock.timers.setTime(Date.now() + 90 * day);
    assert.notEqual(await run(), 'done');
    stage.microsoft.dies();
    // Gone is what it is only when it stays so.
    assert.notEqual(await run(), 'done');
    mock.timers.setTime(Date.now() + 15 * minute);
    assert.equal(await run(), 'done');
    assert.equal((await current())?.error?.code, 'delegation-unapproved');
    assert.deepEqual(
      [(await delegation()).state, await timeline()],
      ['unapproved', ['delegation-unapproved']],
    );
    const place = { revealAddress: undefined, language: 'vi', nonceFor: () => 'nonce' } as const;
    const card = JSON.stringify(
      operationCardFor(createWords('vi', hanoi), lanAccount, await stored(stage.storage), place),
    );
    // The same again would find the same; a new request does not.
    assert.match(card, /delegation-again/);
    assert.doesNotMatch(card, /operation-retry/);
  });

  it('takes one look that finds nothing, after weeks of waiting, for no end', async () => {
    await begin();
    const run = handlerOf(stage.storage, stage.microsoft);
    await carryOn(run, atStep('approved'));
    mock.timers.setTime(Date.now() + 30 * day);
    assert.notEqual(await run(), 'done');
    stage.microsoft.state.isHidden = true;
    assert.notEqual(await run(), 'done');
    stage.microsoft.state.isHidden = false;
    stage.microsoft.approve();
    await carryOn(run);
    assert.equal((await delegation()).state, 'usable');
  });

  it('was approved, when it was ended between two looks', async () => {
    await begin();
    const run = handlerOf(stage.storage, stage.microsoft);
    await carryOn(run, atStep('approved'));
    const endsAt = new Date(Date.now() + 365 * day).toISOString();
    Object.assign(stage.microsoft.state.relationships[0] ?? {}, { status: 'terminated', endsAt });
    await carryOn(run);
    assert.equal((await current())?.error?.code, 'delegation-ended');
    assert.deepEqual([(await delegation()).state, await timeline()], ['ended', ['delegation-ended']]);
  });

  it('ends at once when Microsoft says that the time for an approval is over', async () => {
    await begin();
    const run = handlerOf(stage.storage, stage.microsoft);
    await carryOn(run, atStep('approved'));
    stage.microsoft.statusBecomes('expired');
    await carryOn(run);
    assert.equal((await current())?.error?.code, 'delegation-unapproved');
    assert.equal((await delegation()).state, 'unapproved');
  });

  it('goes on waiting for an approval as long as before, whatever comes in between', async () => {
    await begin();
    const run = handlerOf(stage.storage, stage.microsoft);
    await carryOn(run, atStep('approved'));
    mock.timers.setTime(Date.now() + 60 * day);
    stage.microsoft.state.isHidden = true;
    assert.notEqual(await run(), 'done');
    stage.microsoft.state.isHidden = false;
    assert.notEqual(await run(), 'done');
    mock.timers.setTime(Date.now() + 32 * day);
    assert.equal(await run(), 'done');
    assert.equal((await current())?.error?.code, 'approval-waiting');
  });

  it('gives up on a request that Microsoft keeps for longer than it says, without saying that it ended', async () => {
    await begin();
    const run = handlerOf(stage.storage, stage.microsoft);
    await carryOn(run, atStep('approved'));
    mock.timers.setTime(Date.now() + 92 * day);
    assert.equal(await run(), 'done');
    assert.equal((await current())?.error?.code, 'approval-waiting');
    assert.equal((await delegation()).state, 'failed');
    stage.microsoft.approve();
    await retry(stage.storage);
    await carryOn(run);
    assert.equal((await delegation()).state, 'usable');
  });
});
