import assert from 'node:assert/strict';
import type { Activity } from 'botframework-schema';
import fc from 'fast-check';
import { toFormSubmit } from '../../bot/inbound-form-submit.ts';

const submit = (value: unknown, text?: string) =>
  toFormSubmit({ type: 'message', value, text } as unknown as Activity);
const execute = (value: unknown) =>
  toFormSubmit({ type: 'invoke', name: 'adaptiveCard/action', value } as unknown as Activity);

describe('toFormSubmit', () => {
  it('makes the same of a submit and an execute', () => {
    const data = { nonce: 'n-1', familyName: 'Nguyễn', seats: '5' };
    const fromSubmit = submit({ verb: 'add-user', ...data });
    const fromExecute = execute({ action: { type: 'Action.Execute', verb: 'add-user', data } });
    assert.deepEqual(fromSubmit, {
      verb: 'add-user',
      nonce: 'n-1',
      inputs: { familyName: 'Nguyễn', seats: '5' },
      via: 'submit',
    });
    assert.deepEqual(fromExecute, { ...fromSubmit, via: 'execute' });
  });

  it('takes the verb of an execute from its data where the action names none', () => {
    assert.equal(execute({ action: { data: { verb: 'help' } } })?.verb, 'help');
  });

  it('is nothing when a person typed something, or named no verb', () => {
    assert.equal(submit({ verb: 'add-user' }, 'hello'), undefined);
    assert.equal(submit({ verb: 'add-user' }, '  ')?.verb, 'add-user');
    for (const value of [
      undefined,
      null,
      'add-user',
      ['add-user'],
      {},
      { verb: 3 },
      { verb: '' },
      { verb: 'a b' },
    ])
      assert.equal(submit(value), undefined, JSON.stringify(value));
    assert.equal(toFormSubmit({ type: 'event', value: { verb: 'x' } } as unknown as Activity), undefined);
  });

  it('survives a malformed execute', () => {
    for (const value of [
      undefined,
      null,
      'x',
      {},
      { action: null },
      { action: 'x' },
      { action: { data: 'x' } },
    ])
      assert.equal(execute(value), undefined, JSON.stringify(value));
  });

  it('takes no nonce that is not one', () => {
    for (const nonce of [5, {}, '', 'a b', 'x'.repeat(201)])
      assert.equal(submit({ verb: 'v', nonce })?.nonce, undefined);
  });

  it('drops keys that reach a prototype, the client’s own keys, and what is too deep or too large', () => {
    const value: unknown = JSON.parse(
      `{"verb":"v","msteams":{"type":"x"},"__proto__":{"polluted":1},"constructor":"x","ok":{"__proto__":{"a":1},"b":1},
        "deep":{"a":{"a":{"a":{"a":{"a":1}}}}},"wide":${JSON.stringify(Array.from({ length: 600 }, () => 1))}}`,
    );
    assert.deepEqual(submit(value)?.inputs, { ok: { b: 1 } });
  });

  it('keeps a field of 5,000 characters for the form to refuse', () => {
    assert.equal(submit({ verb: 'v', name: 'a'.repeat(5000) })?.inputs['name'], 'a'.repeat(5000));
  });

  it('keeps at most 200 inputs', () => {
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`i${i}`, i]));
    assert.equal(Object.keys(submit({ verb: 'v', ...many })?.inputs ?? {}).length, 200);
  });

  it('throws at nothing that JSON can hold', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        for (const got of [submit(value), execute(value), execute({ action: value })]) {
          if (got !== undefined) assert.equal(typeof got.verb, 'string');
        }
      }),
    );
  });
});
