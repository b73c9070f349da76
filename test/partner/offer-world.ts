import assert from 'node:assert/strict';
import { type AcceptanceMove, isBinding, isOrderedBy, move } from '../../partner/acceptance-life.ts';
import {
  answer,
  type ClientAction,
  isClientAdministrator,
  type SignedInClient,
} from '../../partner/answering.ts';
import { PartnerError } from '../../partner/errors.ts';
import { expire, publish, renew, standingOf, withDraft, withdraw } from '../../partner/offer-life.ts';
import type { Acceptance, Offer, OfferTerms, OfferVersion } from '../../partner/offers.ts';
import { draft, lan, publication } from './offer-samples.ts';

/** An operation that orders: what it knows of itself, whatever became of the acceptance. */
interface Ordering {
  id: string;
  tenantId: string;
  checkoutBegan: boolean;
}

export type OrderingDeed =
  | 'order'
  | 'check-out'
  | 'ordered'
  | 'provisioned'
  | 'fail'
  | 'resume'
  | 'give-back'
  | 'refuse';

/**
 * One offer, its clients, staff and operations, everything in memory. What the rules refuse changes nothing; after
 * every deed the rules that must always hold are asserted.
 */
export class OfferWorld {
  readonly reached = new Set<string>();
  private offer: Offer;
  private now = 0;
  private readonly versions: OfferVersion[] = [];
  private readonly asPublished: string[] = [];
  private readonly acceptances = new Map<string, Acceptance>();
  private readonly reviews: Acceptance[] = [];
  private readonly orderings: Ordering[] = [];
  /** Orders that Microsoft has, by client. */
  private readonly orders = new Map<string, string[]>();
  private readonly administrators = new Set<string>();

  constructor(terms: OfferTerms) {
    this.offer = draft(terms);
    this.publish(terms);
  }

  publish(terms: OfferTerms): void {
    this.attempt(() => {
      this.keep(publish(withDraft(this.offer, terms), publication(this.now)));
      // What is written afterwards must not reach into what was published.
      terms.note = 'written later';
    });
  }

  renew(): void {
    const newest = this.versions.at(-1);
    if (newest) this.attempt(() => this.keep(renew(this.offer, newest, publication(this.now))));
  }

  withdraw(): void {
    this.attempt(() => {
      this.offer = withdraw(this.offer);
    });
  }

  /** Time passes, and the job that follows it runs or not. */
  pass(ms: number, jobRuns: boolean): void {
    this.now += ms;
    if (!jobRuns) return;
    this.offer = expire(this.offer, this.now) ?? this.offer;
    if (standingOf(this.offer, this.now) !== 'expired') return;
    for (const tenantId of this.acceptances.keys()) this.move(tenantId, { do: 'lapse' });
  }

  /** `seen`: how many versions ago the page of this client was loaded. */
  answer(client: SignedInClient, seen: number, actionFor: (version: OfferVersion) => ClientAction): void {
    const page = this.versions.at(-1 - seen) ?? this.versions.at(-1);
    const version = this.versions.at(-1);
    if (!page || !version) return;
    if (isClientAdministrator(client.roles)) this.administrators.add(client.person.objectId);
    this.attempt(() => {
      const existing = this.acceptances.get(client.tenantId);
      const { offer, now } = this;
      const action = actionFor(page);
      const written = answer({ offer, version, existing, client, action, now, newId: () => 'id' });
      if (written.acceptance === undefined) return;
      const after = 'add' in written.acceptance ? written.acceptance.add : written.acceptance.save;
      assert.equal('add' in written.acceptance, existing === undefined);
      if (action.do === 'accept') this.assertMayAccept(client, version);
      if (action.do === 'withdraw') assert.equal(existing?.state, 'accepted');
      this.put(after);
    });
  }

  /** Staff look at an acceptance; what they see may be old when they confirm. */
  review(tenantId: string): void {
    const acceptance = this.acceptances.get(tenantId);
    if (acceptance) this.reviews.push(acceptance);
  }

  confirm(which: number): void {
    const review = pick(this.reviews, which);
    if (!review) return;
    const { tenantId } = review.client;
    const id = `operation-${this.orderings.length}`;
    const { version, seats } = review;
    if (!this.move(tenantId, { do: 'confirm', by: lan, version, seats, operationId: id })) return;
    const { seats: confirmed, version: number } = this.acceptances.get(tenantId) ?? {};
    assert.deepEqual([confirmed, number], [seats, version]);
    if (this.orderings.some((ordering) => ordering.tenantId === tenantId))
      this.reached.add('confirmed again');
    this.orderings.push({ id, tenantId, checkoutBegan: false });
  }

  /** Any operation at any moment, also one that has lost its acceptance. It says nothing untrue. */
  work(which: number, deed: OrderingDeed): void {
    const ordering = pick(this.orderings, which);
    if (!ordering) return;
    const { id: operationId, tenantId, checkoutBegan } = ordering;
    const orderId = this.orders.get(tenantId)?.find((order) => order === operationId) ?? null;
    if (deed === 'check-out') {
      this.checkOut(ordering);
      return;
    }
    if (deed === 'refuse' && orderId !== null) return;
    if ((deed === 'ordered' || deed === 'provisioned') && orderId === null) return;
    const more = { reason: deed, checkoutBegan, orderId, operationId };
    this.move(tenantId, { do: deed, ...more });
  }

  /** Microsoft does it once for one operation, however often it is asked. */
  private checkOut(ordering: Ordering): void {
    const acceptance = this.acceptances.get(ordering.tenantId);
    const mayGoOn = acceptance && isOrderedBy(acceptance, ordering.id) && acceptance.state === 'ordering';
    if (!mayGoOn) return;
    ordering.checkoutBegan = true;
    const orders = new Set(this.orders.get(ordering.tenantId)).add(ordering.id);
    this.orders.set(ordering.tenantId, [...orders]);
    this.reached.add('checked out');
  }

  assertRules(): void {
    assert.deepEqual(
      this.versions.map((version) => JSON.stringify(version)),
      this.asPublished,
    );
    for (const [tenantId, acceptance] of this.acceptances) {
      this.reached.add(acceptance.state);
      const orders = this.orders.get(tenantId) ?? [];
      assert.ok(orders.length <= 1, `${orders.length} orders`);
      if (acceptance.state === 'provisioned') assert.deepEqual(orders, [acceptance.orderId]);
      if (isBinding(acceptance)) this.assertBinding(acceptance);
      else assert.ok(orders.length === 0, `an order for one that is ${acceptance.state}`);
    }
    for (const tenantId of this.orders.keys()) assert.ok(this.acceptances.has(tenantId));
  }

  private assertMayAccept({ tenantId }: SignedInClient, { terms }: OfferVersion): void {
    assert.equal(standingOf(this.offer, this.now), 'open');
    assert.notEqual(tenantId, 'partner');
    const named = terms.recipient.tenantId;
    assert.ok(named === null || named === tenantId);
  }

  /** A person with the right said yes to a version that was published, with licences that it allowed. */
  private assertBinding({ person, version, versionHash, seats, answeredAt }: Acceptance): void {
    assert.ok(this.administrators.has(person.objectId), 'an acceptance without a person with the right');
    assert.notEqual(answeredAt, null);
    const accepted = this.versions[version - 1];
    assert.equal(accepted?.hash, versionHash);
    assert.equal(seats.length, accepted?.terms.lines.length);
    accepted?.terms.lines.forEach((line, index) => {
      const chosen = seats[index] ?? 0;
      assert.ok(Number.isInteger(chosen) && chosen >= line.minSeats && chosen <= line.maxSeats);
    });
  }

  private keep({ offer, version }: { offer: Offer; version: OfferVersion }): void {
    this.offer = offer;
    this.versions.push(version);
    this.asPublished.push(JSON.stringify(version));
  }

  private put(acceptance: Acceptance): void {
    this.acceptances.set(acceptance.client.tenantId, acceptance);
  }

  private move(tenantId: string, event: AcceptanceMove): boolean {
    const acceptance = this.acceptances.get(tenantId);
    return acceptance !== undefined && this.attempt(() => this.put(move(acceptance, event)));
  }

  /** Whether the rules allowed it. Anything but a PartnerError is a bug. */
  private attempt(deed: () => void): boolean {
    try {
      deed();
      return true;
    } catch (error) {
      if (!(error instanceof PartnerError)) throw error;
      this.reached.add(error.code);
      return false;
    }
  }
}

function pick<T>(from: readonly T[], which: number): T | undefined {
  return from[which % Math.max(1, from.length)];
}
