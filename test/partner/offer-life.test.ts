import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  contentText,
  expire,
  handOver,
  publish,
  renew,
  standingOf,
  withDraft,
  withdraw,
} from '../../partner/offer-life.ts';
import type { OfferVersion } from '../../partner/offers.ts';
import { hanoi } from '../helpers/zones.ts';
import { deeds, someTerms } from './offer-deeds.ts';
import { dayMs, draft, lan, line, publication, published, termsOf } from './offer-samples.ts';
import { OfferWorld } from './offer-world.ts';

/** The last moment of the day that comes so many days after the first of 1970, when Viet Nam was 8 hours ahead of UTC. */
const endIn = (days: number) => (days + 1) * dayMs - 8 * 60 * 60 * 1000 - 1;

describe('an offer', () => {
  it('is a draft until it is published, then open until its last moment', () => {
    assert.equal(standingOf(draft(), 0), 'draft');
    const { offer, version } = published();
    assert.deepEqual(
      [offer.status, offer.version, offer.draft, offer.publishedAt],
      ['published', 1, null, 0],
    );
    assert.equal(version.expiresAt, endIn(14));
    assert.equal(offer.expiresAt, version.expiresAt);
    assert.equal(standingOf(offer, endIn(14) - 1), 'open');
    assert.equal(standingOf(offer, endIn(14)), 'expired');
  });

  it('ends with the last of its days in the company’s zone, whatever the hour at which it goes out', () => {
    const endFor = (zone: string, at: string) => {
      const { version } = publish(draft(), { ...publication(Date.parse(at)), zone });
      return new Date(version.expiresAt + 1).toISOString();
    };
    const [evening, morning] = ['2026-11-30T16:30:00Z', '2026-11-30T23:30:00Z'];
    assert.equal(endFor(hanoi, evening), '2026-12-14T17:00:00.000Z');
    assert.equal(endFor(hanoi, morning), '2026-12-15T17:00:00.000Z');
    assert.equal(endFor('America/New_York', morning), '2026-12-15T05:00:00.000Z');
    // Clocks are put forward on 29 March.
    assert.equal(endFor('Europe/Berlin', '2026-03-20T12:00:00Z'), '2026-04-03T22:00:00.000Z');
  });

  it('is not published without terms, or with terms that lack something', () => {
    const incomplete = (lines: ReturnType<typeof line>[]) => () =>
      publish(draft(termsOf({ lines })), publication(0));
    assert.throws(incomplete([]), { code: 'offer-incomplete', details: { what: 'no-lines' } });
    assert.throws(incomplete([line({ seats: 0 })]), { code: 'offer-incomplete', details: { what: 'seats' } });
    assert.throws(() => publish(published().offer, publication(0)), { code: 'offer-incomplete' });
  });

  it('gets a new number and a new end with each version, and is open again with it', () => {
    const first = published();
    const expired = expire(first.offer, endIn(14));
    assert.equal(expired?.status, 'expired');
    const { offer, version } = publish(
      withDraft(expired, termsOf({ validDays: 3 })),
      publication(20 * dayMs),
    );
    assert.deepEqual([version.number, version.expiresAt], [2, endIn(23)]);
    assert.equal(standingOf(offer, 20 * dayMs), 'open');
    assert.notEqual(version.hash, first.version.hash);
  });

  it('is renewed with the same terms, and what is being written stays so', () => {
    const first = published();
    const writing = withDraft(first.offer, termsOf({ note: 'next' }));
    const { offer, version } = renew(writing, first.version, publication(dayMs));
    assert.deepEqual(version.terms, first.version.terms);
    assert.deepEqual([version.number, version.expiresAt, offer.expiresAt], [2, endIn(15), endIn(15)]);
    assert.equal(offer.draft?.note, 'next');
  });

  it('expires once, when its time is over, if it is open', () => {
    const { offer } = published();
    assert.equal(expire(offer, endIn(14) - 1), undefined);
    assert.equal(expire({ ...offer, status: 'expired' }, endIn(14)), undefined);
    assert.equal(expire(withdraw(offer), endIn(14)), undefined);
    assert.equal(expire(draft(), endIn(14)), undefined);
  });

  it('goes to another maker with everything else as it was', () => {
    const { offer } = published();
    const hung = { tenantId: 'partner', objectId: 'hung' };
    assert.deepEqual(handOver(offer, { maker: hung, makerName: 'Hùng' }), {
      ...offer,
      ...{ maker: hung, makerName: 'Hùng' },
    });
  });

  it('is over for good once withdrawn', () => {
    const first = published();
    const over = withdraw(withDraft(first.offer, termsOf()));
    assert.deepEqual([over.status, over.draft, standingOf(over, 0)], ['withdrawn', null, 'withdrawn']);
    const gone = { code: 'offer-withdrawn' };
    assert.throws(() => withdraw(over), gone);
    assert.throws(() => withDraft(over, termsOf()), gone);
    assert.throws(() => publish({ ...over, draft: termsOf() }, publication(0)), gone);
    assert.throws(() => renew(over, first.version, publication(0)), gone);
    assert.throws(() => handOver(over, { maker: lan, makerName: 'Lan' }), gone);
  });
});

describe('the content of a version', () => {
  const { version } = published(termsOf({ lines: [line(), line()] }));

  it('is the same text in whatever order its parts were stored', () => {
    const turned = Object.fromEntries(Object.entries(version).toReversed()) as unknown as OfferVersion;
    const terms = Object.fromEntries(Object.entries(version.terms).toReversed()) as OfferVersion['terms'];
    assert.equal(contentText({ ...turned, terms }), contentText(version));
  });

  const price = { amount: '1', currency: 'VND', per: 'month', vat: 'included' } as const;
  const changes: [string, Partial<OfferVersion>][] = [
    ['a price', { terms: termsOf({ lines: [line({ price }), line()] }) }],
    ['the order of lines', { terms: termsOf({ lines: [line(), line({ name: 'first' })].toReversed() }) }],
    ['a bound', { terms: termsOf({ lines: [line({ maxSeats: 299 }), line()] }) }],
    ['the note', { terms: { ...version.terms, note: 'x' } }],
    ['who offers', { signature: { ...version.signature, phone: '2' } }],
    ['whom to ask', { contact: { ...version.contact, phone: '2' } }],
    ['the end', { expiresAt: version.expiresAt + 1 }],
    ['the number', { number: 2 }],
    ['the offer', { offerId: 'other' }],
  ];
  for (const [what, change] of changes) {
    it(`is another with ${what} changed`, () => {
      assert.notEqual(contentText({ ...version, ...change }), contentText(version));
    });
  }
});

describe('whatever clients, staff, operations and the clock do', () => {
  it('one acceptance has one order, a person with the right, and licences that were offered', () => {
    const reached = new Set<string>();
    fc.assert(
      fc.property(
        someTerms,
        fc.array(deeds, { minLength: 60, maxLength: 120, size: 'max' }),
        (terms, all) => {
          const world = new OfferWorld(structuredClone(terms));
          for (const deed of all) {
            deed(world);
            world.assertRules();
          }
          for (const each of world.reached) reached.add(each);
        },
      ),
      { numRuns: 300 },
    );
    // Otherwise the rules above held only because nothing much happened.
    for (const each of [
      ...['viewed', 'accepted', 'declined', 'withdrawn', 'confirmed', 'ordering', 'ordered', 'provisioned'],
      ...[
        'refused',
        'failed',
        'lapsed',
        'checked out',
        'confirmed again',
        'offer-superseded',
        'offer-expired',
      ],
      ...['offer-answered', 'offer-withdrawn', 'wrong-company', 'not-client-administrator'],
      ...['seats-out-of-bounds', 'acceptance-moved-on'],
    ]) {
      assert.ok(reached.has(each), `never reached: ${each}`);
    }
  });
});
