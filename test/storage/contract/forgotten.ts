import assert from 'node:assert/strict';
import type { AccountRef } from '../../../partner/accounts.ts';
import { passwordKey } from '../../../partner/operations.ts';
import { handOverKey, waitingAnswersOf } from '../../../partner/sealed-keys.ts';
import { type Changes, ConflictError } from '../../../storage/changes.ts';
import type { Forgotten } from '../../../storage/sign-in-changes.ts';
import {
  acceptance,
  approval,
  cardAction,
  colleague,
  confirmation,
  delegation,
  keySetup,
  lan,
  lanAccount,
  message,
  minh,
  offer,
  offerEvent,
  offerVersion,
  operation,
  person,
  signIn,
  statement,
  terms,
  zoneStatement,
} from '../samples.ts';
import type { Opened } from '../storage-contract.ts';

const { displayName, signInName } = lanAccount;
const isOne = { name: displayName, signInName, objectId: lan.objectId };
/** Arguments of a mail. */
export const mailTo = (to: string) => ({ to, subject: 's', text: 't', html: 'h', about: { what: 'offer' } });

/** The person whom this contract is about, with one chat. */
export function forgotten(more: Partial<Forgotten> = {}): Forgotten {
  return {
    account: { ...lan, displayName, signInName },
    chats: [{ personKey: 'lan', version: 1, conversationKey: 'c-lan' }],
    running: [],
    answering: { activityId: 'this', message: 'review' },
    ...more,
  };
}

/** Chats and work of this account; `name` tells the two apart. */
function chatOf(account: AccountRef, name: string): Changes {
  const mail = { kind: 'send-mail', actor: account, personKey: name };
  return {
    accounts: [{ ...lanAccount, ...account }],
    people: [person(name, { account })],
    tokens: [{ signedIn: account, secret: name }],
    state: [{ key: `c-${name}`, version: 0, schema: 1, body: {} }],
    inbound: ['earlier', 'this'].map((activityId) => ({
      ...{ conversationKey: `c-${name}`, activityId, answer: null, at: 1 },
    })),
    outbox: [
      message(`said to ${name}`, { conversationKey: `c-${name}` }),
      message(`kept for ${name}`, { conversationKey: '', forAccount: `tenant-1/${account.objectId}` }),
    ],
    cardActions: [
      { add: cardAction(`here ${name}`, { personKey: name, accountKey: null }) },
      { add: cardAction(`anywhere ${name}`, { personKey: '', accountKey: `tenant-1/${account.objectId}` }) },
    ],
    signIns: [{ add: signIn(`begun ${name}`, { personKey: name }) }],
    vault: [handOverKey(`begun ${name}`), passwordKey(`sent ${name}`), `${waitingAnswersOf(account)}x`].map(
      (key) => ({ put: { key, secret: 's', expiresAt: null } }),
    ),
    operations: [
      {
        add: operation(`sent ${name}`, { ...mail, status: 'done', args: mailTo('client@fabrikam.example') }),
      },
    ],
    approvals: [{ add: approval(`asked ${name}`, { requester: account, requesterPersonKey: name }) }],
  };
}

export function forgottenContract(storage: Opened): void {
  describe('forgetting somebody', () => {
    const open = (key: string) => storage().vault.open(key, 0);

    it('takes chats, sign-ins, secrets and words of this one, and nothing of another', async () => {
      await storage().commit(chatOf(lan, 'lan'));
      await storage().commit(chatOf(minh, 'minh'));
      const minhs = () => tracesOf('minh', minh);
      const before = await minhs();
      await storage().commit({
        forgotten: [forgotten()],
        outbox: [message('last', { conversationKey: 'c-lan' })],
      });
      assert.deepEqual(await minhs(), before);
      assert.ok(before.every((each) => each !== undefined && each !== ''));
      assert.deepEqual(
        (await tracesOf('lan', lan)).filter((each) => each !== undefined && each !== ''),
        [],
      );
      assert.ok(await storage().inbound.find('c-lan', 'this'));
      assert.ok(await storage().outbox.find('last'));
      assert.equal((await storage().operations.find('sent lan'))?.personKey, '');
      // It was on its way when its row was taken out.
      await storage().outbox.sent('said to lan', 'me', 'id');
    });

    async function tracesOf(name: string, account: AccountRef): Promise<unknown[]> {
      const kept = storage();
      return Promise.all([
        kept.people.find(name),
        kept.accounts.find(account),
        kept.state.find(`c-${name}`),
        kept.inbound.find(`c-${name}`, 'earlier'),
        kept.outbox.find(`said to ${name}`),
        kept.outbox.find(`kept for ${name}`),
        kept.cardActions.find(`here ${name}`),
        kept.cardActions.find(`anywhere ${name}`),
        kept.signIns.find(`begun ${name}`),
        open(handOverKey(`begun ${name}`)),
        open(passwordKey(`sent ${name}`)),
        open(`${waitingAnswersOf(account)}x`),
        kept.operations.find(`sent ${name}`).then((found) => found?.args['text']),
        kept.approvals.find(`asked ${name}`).then((found) => found?.reason),
        kept.approvals.find(`asked ${name}`).then((found) => found?.requesterPersonKey),
      ]);
    }

    it('of a chat without an account leaves accounts alone', async () => {
      await storage().commit(chatOf(lan, 'lan'));
      await storage().commit({
        people: [person('nobody', { account: null })],
        state: [{ key: 'c-nobody', version: 0, schema: 1, body: {} }],
      });
      const chats = [{ personKey: 'nobody', version: 1, conversationKey: 'c-nobody' }];
      await storage().commit({ forgotten: [forgotten({ account: null, chats })] });
      assert.equal(await storage().people.find('nobody'), undefined);
      assert.equal(await storage().state.find('c-nobody'), undefined);
      assert.ok(await storage().accounts.find(lan));
      assert.ok(await storage().people.find('lan'));
    });

    it('takes names out of what a company keeps; ids, and what others did, stay', async () => {
      const by = { by: lan, byName: displayName };
      const other = { by: minh, byName: 'Minh' };
      const done = (who: typeof by) => ({ ...who, at: 1 });
      const recipient = { ...terms.recipient, mail: signInName.toUpperCase(), person: displayName };
      await storage().commit({
        people: [person('lan')],
        confirmations: [confirmation(by)],
        statements: [statement(by), statement({ ...other, authorisation: 'advisor' })],
        companyZones: [{ state: zoneStatement(by) }],
        colleagues: [colleague({ account: lan, name: displayName })],
        offers: [
          { add: offer('of lan') },
          { add: offer('to lan', { maker: minh, makerName: 'Minh', draft: { ...terms, recipient } }) },
        ],
        offerVersions: [offerVersion('of lan')],
        offerEvents: [
          offerEvent('published', { client: null, kind: 'published', ...by, details: { version: 1 } }),
          offerEvent('answered', {
            ...by,
            kind: 'answered',
            details: { question: 'q', text: 'words', to: 'x@y' },
          }),
          offerEvent('to her', { ...other, client: null, kind: 'handed-over', details: { to: displayName } }),
          offerEvent('to a namesake', {
            ...{ ...other, client: null, kind: 'handed-over', details: { to: displayName, toId: 'another' } },
          }),
          offerEvent('of minh', { ...other, kind: 'answered', details: { text: 'words' } }),
          offerEvent('by the clock', { client: null, kind: 'expired', byName: '', details: {} }),
        ],
        keySetups: [
          {
            add: keySetup('ks', {
              done: { keys: done(by), redeemed: done(other) },
              reported: { partnerId: '1', reportedBy: 'Ana', on: '2026-01-01', noted: done(by) },
            }),
          },
        ],
      });
      await storage().commit({ forgotten: [forgotten()] });
      assert.deepEqual(await storage().confirmations.find('tenant-1'), confirmation({ by: lan, byName: '' }));
      assert.deepEqual(
        (await storage().statements.of('tenant-1')).map(({ byName }) => byName),
        ['Minh', ''],
      );
      const { stated } = (await storage().companyZones.find('tenant-1')) ?? {};
      assert.deepEqual(stated, zoneStatement({ by: lan, byName: '' }));
      assert.equal(await storage().colleagues.find('tenant-1'), undefined);
      const own = await storage().offers.find('of lan');
      assert.deepEqual([own?.maker, own?.makerName, own?.draft?.note], [lan, '', '']);
      const to = (await storage().offers.find('to lan'))?.draft;
      assert.deepEqual([to?.recipient.mail, to?.recipient.person, to?.note], ['', '', terms.note]);
      assert.deepEqual(await storage().offers.version('of lan', 1), offerVersion('of lan'));
      const events = await storage().offerEvents.ofOffer('offer-1', 9);
      assert.deepEqual(
        events.toReversed().map(({ id, by: who, byName, details }) => [id, who?.objectId, byName, details]),
        [
          ['published', 'lan', '', { version: 1 }],
          ['answered', 'lan', '', { question: 'q', to: 'x@y' }],
          ['to her', 'minh', 'Minh', {}],
          ['to a namesake', 'minh', 'Minh', { to: displayName, toId: 'another' }],
          ['of minh', 'minh', 'Minh', { text: 'words' }],
          ['by the clock', undefined, '', {}],
        ],
      );
      const setup = await storage().keySetups.find('ks');
      assert.equal(setup?.createdByName, '');
      assert.deepEqual(
        [setup?.done.keys?.byName, setup?.done.redeemed?.byName, setup?.reported?.noted.byName],
        ['', 'Minh', ''],
      );
    });

    it('keeps who bound the company of a client, and no other visit, question or no', async () => {
      const client = { tenantId: lan.tenantId, name: 'Fabrikam', domain: 'fabrikam.example' };
      const answered = (
        id: string,
        state: 'viewed' | 'accepted' | 'declined' | 'ordered',
        objectId = 'lan',
      ) => ({
        add: acceptance(id, {
          ...{ offerId: id, client, state, reason: state === 'declined' ? 'words' : '' },
          person: { ...isOne, objectId },
        }),
      });
      const said = { client: lan.tenantId, by: lan, byName: displayName };
      const nameless = { objectId: 'lan', name: '', signInName: '' };
      await storage().commit({
        people: [person('lan')],
        acceptances: [
          answered('viewed', 'viewed'),
          answered('accepted', 'accepted'),
          answered('ordered', 'ordered'),
          answered('declined', 'declined'),
          answered('another', 'declined', 'another'),
        ],
        delegations: [
          { add: delegation('no', { offerId: 'no', client, person: isOne, state: 'declined' }) },
          { add: delegation('yes', { offerId: 'yes', client, person: isOne, state: 'usable' }) },
        ],
        offerEvents: [
          offerEvent('accepted', { ...said, details: { signInName, seats: [1] } }),
          offerEvent('asked', { ...said, kind: 'asked', details: { signInName, text: 'words' } }),
          // From before ids were kept.
          offerEvent('old', {
            ...said,
            by: null,
            kind: 'declined',
            details: { signInName, reason: 'words' },
          }),
        ],
        operations: [
          ...(['done', 'failed', 'running'] as const).map((status) => ({
            add: operation(status, { kind: 'send-mail', actor: minh, status, args: mailTo(signInName) }),
          })),
          {
            add: operation('to others', {
              kind: 'send-mail',
              actor: minh,
              status: 'done',
              args: mailTo('x@y.z'),
            }),
          },
        ],
      });
      await storage().commit({ forgotten: [forgotten()] });
      const people = await Promise.all(
        ['viewed', 'accepted', 'ordered', 'declined', 'another'].map(storage().acceptances.find),
      );
      assert.deepEqual(
        people.map((each) => [each?.person, each?.reason]),
        [
          [nameless, ''],
          [isOne, ''],
          [isOne, ''],
          [nameless, ''],
          [{ ...isOne, objectId: 'another' }, 'words'],
        ],
      );
      assert.deepEqual((await storage().delegations.find('no'))?.person, nameless);
      assert.deepEqual((await storage().delegations.find('yes'))?.person, isOne);
      assert.deepEqual(
        (await storage().offerEvents.ofOffer('offer-1', 9)).map(({ id, byName, details }) => [
          id,
          byName,
          details,
        ]),
        [
          ['old', '', {}],
          ['asked', '', {}],
          ['accepted', displayName, { signInName, seats: [1] }],
        ],
      );
      const mails = await Promise.all(
        ['done', 'failed', 'running', 'to others'].map((id) => storage().operations.find(id)),
      );
      assert.deepEqual(
        mails.map((each) => [each?.status, each?.args['to'], each?.args['text']]),
        [
          ['done', '–', ''],
          ['cancelled', '–', ''],
          // It is not cut; its words go a month after it has ended.
          ['running', signInName, 't'],
          ['done', 'x@y.z', 't'],
        ],
      );
    });

    const races: Record<string, Partial<Forgotten>> = {
      'the person wrote meanwhile': { chats: [{ personKey: 'lan', version: 2, conversationKey: 'c-lan' }] },
      'the account has signed in to one more chat': { chats: [] },
      'a step has begun meanwhile': { running: [{ id: 'on its way', version: 4 }] },
      'work has begun meanwhile': { running: [] },
    };
    for (const [race, more] of Object.entries(races)) {
      it(`is a conflict, and changes nothing, when ${race}`, async () => {
        const running = operation('on its way', { status: 'running', version: 3 });
        await storage().commit({ ...chatOf(lan, 'lan'), operations: [{ add: running }] });
        const asRead = { running: [{ id: 'on its way', version: 3 }] };
        await assert.rejects(
          storage().commit({ forgotten: [forgotten({ ...asRead, ...more })] }),
          ConflictError,
        );
        assert.ok(await storage().people.find('lan'));
        assert.ok(await storage().state.find('c-lan'));
        await storage().commit({ forgotten: [forgotten(asRead)] });
        assert.equal(await storage().people.find('lan'), undefined);
        assert.equal((await storage().operations.find('on its way'))?.status, 'running');
      });
    }

    it('is a conflict for a turn of another chat that knew the account', async () => {
      await storage().commit(chatOf(lan, 'lan'));
      await storage().commit({ forgotten: [forgotten()] });
      const late = storage().commit({ state: [{ key: 'c-lan', version: 1, schema: 1, body: {} }] });
      await assert.rejects(late, ConflictError);
    });
  });
}
