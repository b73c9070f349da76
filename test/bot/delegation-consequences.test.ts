import assert from 'node:assert/strict';
import { createDelegationConsequences } from '../../bot/delegation-consequences.ts';
import { createOfferMails } from '../../bot/offer-mails.ts';
import type { CompanyMailbox } from '../../partner/company-mailbox.ts';
import { termsFor } from '../../partner/delegation-terms.ts';
import type { Delegation, DelegationState } from '../../partner/delegations.ts';
import type { OfferEvent, OfferEventKind } from '../../partner/offers.ts';
import type { Storage } from '../../storage/storage.ts';
import { aDelegation } from '../cards/delegation-staff-samples.ts';
import { memoryStorage } from '../helpers/storage.ts';
import { vietnameseZones } from '../helpers/zones.ts';
import { fabrikam, madeAt, publishedOffer } from '../partner/offer-record.ts';

const limited = termsFor('limited', { days: 365, autoExtend: true });

describe('what follows as a delegation moves', () => {
  let storage: Storage;
  const mailbox: CompanyMailbox | undefined = { address: 'thuchao@contoso.example', stated: undefined };
  let moved: ReturnType<typeof createDelegationConsequences>;
  const { offer, version } = publishedOffer({ kind: 'delegation', lines: [], delegation: limited });

  before(async () => {
    storage = await memoryStorage();
    await storage.commit({ offers: [{ add: offer }], offerVersions: [version] });
    let count = 0;
    moved = createDelegationConsequences({
      newId: () => `notice-${++count}`,
      mails: createOfferMails({
        ...{ storage, zones: vietnameseZones, clock: { now: () => madeAt }, newId: () => `id-${++count}` },
        companyMailboxes: { of: async () => mailbox },
        link: (code, language) => `https://bot.example/offers/${code}?lang=${language}`,
        operationJob: (operationId) => ({
          ...{ key: operationId, kind: 'run-operation', args: { operationId }, dueAt: 0, clock: 'real' },
        }),
      }),
      relationships: {
        asPartner: () => ({
          approvalLink: (id) => `https://admin.microsoft.com/approve#${id}`,
          consentLink: (tenantId) => `https://login.microsoftonline.com/consent#${tenantId}`,
        }),
      },
    });
  });
  after(() => storage.close());

  const ours = (state: DelegationState, change: Partial<Delegation> = {}) =>
    aDelegation({ state, terms: limited, offerId: offer.id, maker: offer.maker, ...change });

  const eventOf = (kind: OfferEventKind): OfferEvent => ({
    ...{ id: kind, offerId: offer.id, company: offer.company, client: fabrikam, at: madeAt, kind },
    ...{ by: null, byName: '', details: {} },
  });

  it('brings the client Microsoft’s page once, from the company’s mailbox', async () => {
    const before = ours('requested', { status: '' });
    const after = ours('waiting-for-approval', { status: 'approvalPending' });
    const { operations = [], jobs = [] } = await moved({ before, after, events: [] });
    assert.deepEqual([operations.length, jobs.length], [1, 1]);
    const [write] = operations;
    assert.ok(write !== undefined && 'add' in write);
    const { kind, actor, args } = write.add;
    assert.deepEqual([kind, actor, args['to']], ['send-mail', offer.maker, 'minh@fabrikam.vn']);
    assert.deepEqual(
      [args['from'], args['replyTo'], args['about']],
      [
        ...['company', version.contact.mail],
        {
          ...{ what: 'delegation', offerId: offer.id, delegationId: after.id, page: 'approve' },
          since: after.answeredAt,
        },
      ],
    );
    assert.match(String(args['text']), /https:\/\/admin\.microsoft\.com\/approve#relationship/);
    // Limited support lets nobody consent for the client.
    assert.match(String(args['text']), /https:\/\/login\.microsoftonline\.com\/consent#/);
    const nothing = { notices: [], jobs: [] };
    assert.deepEqual(await moved({ before: after, after, events: [] }), nothing);
    const failed = ours('failed', { status: 'approvalPending' });
    assert.deepEqual(await moved({ before: failed, after, events: [] }), nothing);
  });

  it('mails nobody where nobody answered an offer, or the sign-in name is no address', async () => {
    const person = { objectId: 'minh', name: 'Minh', signInName: 'minh' };
    for (const change of [{ offerId: null }, { maker: null }, { person: null }, { person }]) {
      const before = ours('requested', change);
      const after = ours('waiting-for-approval', change);
      const nothing = { notices: [], jobs: [] };
      assert.deepEqual(await moved({ before, after, events: [] }), nothing, JSON.stringify(change));
    }
  });

  const news: [OfferEventKind, DelegationState][] = [
    ['delegation-approved', 'active'],
    ['delegation-usable', 'usable'],
    ['delegation-ended', 'ended'],
  ];
  for (const [kind, state] of news) {
    it(`has the staff told of ${kind}`, async () => {
      const after = ours(state);
      const events = [eventOf(kind)];
      const { notices, jobs, operations } = await moved({
        before: ours('waiting-for-approval'),
        after,
        events,
      });
      assert.equal(operations, undefined);
      const subject = `delegation/${after.id}`;
      const [write] = notices;
      assert.ok(notices.length === 1 && write !== undefined && 'add' in write);
      assert.deepEqual(
        [write.add.subject, write.add.kind, write.add.eventId],
        [subject, 'delegation-event', kind],
      );
      assert.deepEqual(
        jobs.map(({ key }) => key),
        [`notices:${subject}`],
      );
    });
  }

  it('says nothing of a failure: the operation tells that itself', async () => {
    const move = { before: ours('active'), after: ours('failed'), events: [eventOf('delegation-failed')] };
    assert.deepEqual(await moved(move), { notices: [], jobs: [] });
  });
});
