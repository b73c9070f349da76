import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { signatureOf } from '../../dialogs/offer-publication.ts';
import type { CompanyDesk, CompanyRecord } from '../../partner/company.ts';
import { confirmedText } from '../../partner/company-confirmation.ts';
import type { ErrorCode } from '../../partner/errors.ts';
import { PartnerError } from '../../partner/errors.ts';
import { signedText } from '../../partner/mail-guard.ts';
import type { MailAbout, SendMailWish } from '../../partner/mail-wish.ts';
import type { Operation } from '../../partner/operations.ts';
import { sendMailKind } from '../../partner/send-mail.ts';
import type { Changes } from '../../storage/changes.ts';
import type { Storage } from '../../storage/storage.ts';
import { aDelegation } from '../cards/delegation-staff-samples.ts';
import { memoryStorage } from '../helpers/storage.ts';
import { wholeCompany, withGap } from '../partner/company-record.ts';
import { acceptanceOf, endsAt, madeAt, publishedOffer } from '../partner/offer-record.ts';
import { operation } from '../storage/samples.ts';
import { fakeMicrosoft, handlerOf, retry, stored } from './fake-orders.ts';

const { offer, version } = publishedOffer();
const to = 'minh@fabrikam.vn';
const now = madeAt + 60_000;
const offerId = offer.id;
const acceptance = acceptanceOf();
const delegation = aDelegation({
  ...{ id: 'delegation', company: offer.company, offerId, client: acceptance.client, maker: offer.maker },
  ...{ state: 'waiting-for-approval', status: 'approvalPending', wasUsable: false, answeredAt: madeAt },
});
const abouts = {
  offer: { what: 'offer', offerId, version: 1 },
  answer: { what: 'answer', offerId, since: madeAt },
  proof: { what: 'proof', offerId, acceptanceId: acceptance.id, version: 1, since: madeAt },
  withdrawal: { what: 'withdrawal', offerId, acceptanceId: acceptance.id, version: 1, since: madeAt + 1 },
  delegation: { what: 'delegation', offerId, delegationId: delegation.id, page: 'approve', since: madeAt },
} as const satisfies Record<string, MailAbout>;

/** What has become so before the mail leaves. */
const saved = {
  withdrawn: { offers: [{ save: { ...offer, status: 'withdrawn' } }] },
  expired: { offers: [{ save: { ...offer, expiresAt: now } }] },
  renewed: { offers: [{ save: { ...offer, version: 2, expiresAt: endsAt + 1 } }] },
  takenBack: { acceptances: [{ save: { ...acceptance, state: 'withdrawn', answeredAt: madeAt + 1 } }] },
  acceptedAgain: { acceptances: [{ save: { ...acceptance, answeredAt: madeAt + 2 } }] },
  approved: {
    delegations: [{ save: { ...delegation, state: 'usable', status: 'active', wasUsable: true } }],
  },
  ended: { delegations: [{ save: { ...delegation, state: 'ended' } }] },
} as const satisfies Record<string, Changes>;
const stopAt = (at: number, id = offerId): Changes => ({
  offerEvents: [
    {
      ...{ id: `stop-${id}`, offerId: id, company: offer.company, client: null, at, kind: 'noted' },
      ...{ by: null, byName: '', details: { what: 'stop' } },
    },
  ],
});

describe('a mail that is about to leave', () => {
  let storage: Storage;
  let microsoft: ReturnType<typeof fakeMicrosoft>;
  let record: CompanyRecord | PartnerError;
  let isSignedIn: boolean;
  let mailbox: string | undefined;
  let shown: Operation[];
  const whole = wholeCompany();
  const signed = { language: 'vi', hash: signedText(signatureOf('vi', whole)) } as const;
  const company = {
    read: async () => {
      if (record instanceof PartnerError) throw record;
      return record;
    },
  } as CompanyDesk;

  beforeEach(async () => {
    mock.timers.enable({ apis: ['Date'], now });
    storage = await memoryStorage();
    microsoft = fakeMicrosoft();
    [record, isSignedIn, mailbox, shown] = [whole, true, 'thuchao@contoso.example', []];
    const by = { by: offer.maker, byName: 'Lan', at: madeAt };
    await storage.commit({
      offers: [{ add: offer }],
      offerVersions: [version],
      acceptances: [{ add: acceptance }],
      delegations: [{ add: delegation }],
      confirmations: [{ company: offer.company, hash: confirmedText(whole), ...by }],
    });
  });
  afterEach(async () => {
    mock.timers.reset();
    await storage.close();
  });

  async function queued(about: MailAbout, more: Partial<SendMailWish> = { signed }): Promise<void> {
    const args: SendMailWish = { to, subject: 'Thư', text: 'Chào', html: '<p>Chào</p>', about, ...more };
    const { kind, schema, plan } = sendMailKind;
    const { maker: actor } = offer;
    const one = { kind, schema, args, steps: plan(args), actor, company: actor.tenantId };
    await storage.commit({ operations: [{ add: operation('o', one) }] });
  }
  const ofCompany = { from: 'company', replyTo: 'lan@contosopartner.vn' } as const;

  const run = () => {
    const companyMailbox = () =>
      mailbox === undefined ? undefined : { address: mailbox, stated: undefined };
    const surroundings = { ...microsoft, company, companyMailbox, isSignedIn: () => isSignedIn };
    return handlerOf(storage, surroundings, shown)();
  };
  const sent = () => microsoft.state.mails.length;
  async function ended() {
    const { status, steps } = await stored(storage);
    return [status, steps[0]?.error?.code, sent()];
  }
  const audited = async () => storage.audit.ofOperation('o');

  for (const about of Object.values(abouts)) {
    it(`leaves while everything is so: ${about.what}`, async () => {
      if (about.what === 'withdrawal') await storage.commit(saved.takenBack);
      await queued(about, about.what === 'proof' || about.what === 'withdrawal' ? ofCompany : { signed });
      await run();
      assert.deepEqual(await ended(), ['done', undefined, 1]);
    });
  }

  const refused: [string, MailAbout, Changes, ErrorCode][] = [
    ['of an offer that was withdrawn', abouts.offer, saved.withdrawn, 'mail-offer-withdrawn'],
    ['of an offer that has expired', abouts.offer, saved.expired, 'mail-offer-expired'],
    ['of an older version', abouts.offer, saved.renewed, 'mail-offer-superseded'],
    ['to who wants no more mails', abouts.offer, stopAt(madeAt - 1), 'mail-stopped'],
    ['with an answer to who has asked and then wants no more', abouts.answer, stopAt(now), 'mail-stopped'],
    ['about an approval that was given', abouts.delegation, saved.approved, 'mail-delegation-changed'],
    ['about a delegation that has ended', abouts.delegation, saved.ended, 'mail-delegation-changed'],
  ];
  for (const [what, about, before, code] of refused) {
    it(`${what} does not, and who pressed it is told why`, async () => {
      await queued(about);
      await storage.commit(before);
      assert.equal(await run(), 'done');
      assert.deepEqual(await ended(), ['failed', code, 0]);
      assert.deepEqual(
        [shown.length, (await audited()).map(({ outcome }) => outcome)],
        [1, ['intended', 'failed']],
      );
    });
  }

  it('is asked again by who presses "try again", and again after a sign-in', async () => {
    await queued(abouts.offer);
    isSignedIn = false;
    await run();
    assert.deepEqual(await ended(), ['waiting-sign-in', 'sign-in-needed', 0]);
    await storage.commit(saved.withdrawn);
    isSignedIn = true;
    const waiting = await stored(storage);
    await storage.commit({ operations: [{ save: { ...waiting, status: 'running' } }] });
    await run();
    assert.deepEqual(await ended(), ['failed', 'mail-offer-withdrawn', 0]);
    await retry(storage);
    await run();
    assert.deepEqual(await ended(), ['failed', 'mail-offer-withdrawn', 0]);
  });

  it('goes to who turned to the company after the stop', async () => {
    await storage.commit(stopAt(madeAt - 1));
    await queued(abouts.answer);
    await run();
    assert.deepEqual(await ended(), ['done', undefined, 1]);
  });

  it('takes no stop of another offer for one of its own', async () => {
    await storage.commit(stopAt(madeAt, 'another'));
    await queued(abouts.offer);
    await run();
    assert.deepEqual(await ended(), ['done', undefined, 1]);
  });

  const phone = { ...whole.phone, value: '0999' };
  const details: [string, CompanyRecord, ErrorCode][] = [
    ['that were changed and not confirmed', wholeCompany({ phone }), 'company-not-confirmed'],
    ['of which nobody can tell', withGap('no-right'), 'company-not-confirmed'],
  ];
  for (const [what, now, code] of details) {
    it(`does not with details of the company ${what}`, async () => {
      await queued(abouts.offer);
      record = now;
      await run();
      assert.deepEqual(await ended(), ['failed', code, 0]);
    });
  }

  it('does not with earlier details, though the new ones are confirmed', async () => {
    await queued(abouts.offer);
    record = wholeCompany({ phone });
    const by = { by: offer.maker, byName: 'Lan', at: now };
    await storage.commit({
      confirmations: [{ company: offer.company, hash: confirmedText(record), ...by }],
    });
    await run();
    assert.deepEqual(await ended(), ['failed', 'mail-signature-outdated', 0]);
  });

  it('waits while nobody can say whether the details are confirmed', async () => {
    await queued(abouts.offer);
    for (const away of [withGap('no-answer'), new PartnerError('microsoft-unavailable')]) {
      record = away;
      assert.notEqual(await run(), 'done');
      assert.deepEqual(await ended(), ['running', 'microsoft-unavailable', 0]);
    }
    record = whole;
    await run();
    assert.deepEqual(await ended(), ['done', undefined, 1]);
  });

  const obsolete: [string, MailAbout, Changes][] = [
    ['a proof of what was taken back', abouts.proof, saved.takenBack],
    ['a proof of an acceptance that another one has replaced', abouts.proof, saved.acceptedAgain],
    ['a proof to who wanted no more after the yes', abouts.proof, stopAt(now)],
    ['word of a withdrawal after which it was accepted again', abouts.withdrawal, saved.acceptedAgain],
    ['Microsoft’s page after the approval', abouts.delegation, saved.approved],
  ];
  for (const [what, about, before] of obsolete) {
    it(`that nobody pressed ends without a word: ${what}`, async () => {
      await queued(about, ofCompany);
      await storage.commit(before);
      assert.equal(await run(), 'done');
      assert.deepEqual([(await stored(storage)).status, sent(), shown], ['cancelled', 0, []]);
      assert.deepEqual(
        (await audited()).map(({ outcome }) => outcome),
        ['intended', 'obsolete'],
      );
    });
  }

  it('that nobody pressed leaves from the company’s mailbox while its maker is signed out', async () => {
    isSignedIn = false;
    record = new PartnerError('sign-in-needed');
    await queued(abouts.proof, ofCompany);
    await run();
    assert.deepEqual(await ended(), ['done', undefined, 1]);
    assert.equal(microsoft.state.mails[0]?.replyTo, ofCompany.replyTo);
    assert.deepEqual(
      (await audited()).map(({ outcome, personal }) => [outcome, personal?.args?.['from']]),
      [
        ['intended', undefined],
        ['done', mailbox],
      ],
    );
    assert.deepEqual(shown, []);
  });

  it('that nobody pressed shows nothing while Microsoft is busy', async () => {
    microsoft.state.ends = ['busy'];
    await queued(abouts.proof, ofCompany);
    assert.notEqual(await run(), 'done');
    await storage.commit(saved.takenBack);
    await run();
    assert.deepEqual([(await stored(storage)).status, sent(), shown], ['cancelled', 0, []]);
  });

  it('waits for nobody where the company has no mailbox: its maker is told', async () => {
    mailbox = undefined;
    await queued(abouts.proof, ofCompany);
    assert.equal(await run(), 'done');
    assert.deepEqual(await ended(), ['failed', 'company-mailbox-none', 0]);
    assert.equal(shown.length, 1);
    mailbox = 'thuchao@contoso.example';
    await retry(storage);
    await run();
    assert.deepEqual(await ended(), ['done', undefined, 1]);
  });

  it('is told to have become needless where somebody asked for it again', async () => {
    mailbox = undefined;
    await queued(abouts.proof, ofCompany);
    await run();
    await storage.commit(saved.takenBack);
    await retry(storage);
    shown.length = 0;
    await run();
    assert.deepEqual(
      shown.map(({ status }) => status),
      ['cancelled'],
    );
  });

  it('is not sent a second time by itself from the company’s mailbox either', async () => {
    microsoft.state.ends = ['lost-after'];
    await queued(abouts.proof, ofCompany);
    await run();
    assert.deepEqual(await ended(), ['failed', 'mail-unknown', 1]);
    assert.equal(await run(), 'done');
    assert.equal(sent(), 1);
  });
});
