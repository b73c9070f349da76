import fc from 'fast-check';
import type { ClientAction } from '../../partner/answering.ts';
import type { OfferVersion } from '../../partner/offers.ts';
import { administrator, client, dayMs, line, termsOf } from './offer-samples.ts';
import type { OfferWorld, OrderingDeed } from './offer-world.ts';

const tenants = fc.constantFrom('fabrikam', 'fabrikam', 'fabrikam', 'tailspin', 'partner');
const clients = fc
  .tuple(tenants, fc.constantFrom(administrator, administrator, []), fc.constantFrom('Minh', 'Hoa'))
  .map(([tenantId, roles, name]) => client(tenantId, roles, roles.length > 0 ? name : `${name} of sales`));
const oddSeats = fc.constantFrom(0, -1, 1.5, 1e9, Number.NaN, 7, 12);
const seatsFor = fc.oneof(
  { weight: 4, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.array(oddSeats, { maxLength: 3 }) },
);
const lines = fc.array(
  fc.tuple(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 0, max: 10 })).map(([minSeats, more]) => {
    return line({ minSeats, seats: minSeats, maxSeats: minSeats + more });
  }),
  { minLength: 1, maxLength: 2 },
);
/** Terms that can be published; some name a company. */
export const someTerms = fc
  .tuple(lines, fc.constantFrom(null, null, 'fabrikam'), fc.integer({ min: 1, max: 3 }))
  .map(([some, tenantId, validDays]) => termsOf({ lines: some, validDays }, tenantId));
const nth = fc.nat({ max: 5 });

export type Deed = (world: OfferWorld) => void;
const accepting = fc.tuple(clients, fc.constantFrom(0, 0, 0, 1), seatsFor).map(([who, seen, odd]): Deed => {
  const act = ({ number, hash, terms }: OfferVersion): ClientAction => {
    return { do: 'accept', version: number, hash, seats: odd ?? terms.lines.map(({ maxSeats }) => maxSeats) };
  };
  return (world) => world.answer(who, seen, act);
});
const wishing = fc.tuple(clients, seatsFor).map(([who, odd]): Deed => {
  const act = ({ number, terms }: OfferVersion): ClientAction => {
    return { do: 'wish', version: number, seats: odd ?? terms.lines.map(() => 50) };
  };
  return (world) => world.answer(who, 0, act);
});
const saying = fc
  .tuple(
    clients,
    fc.constantFrom<ClientAction>(
      { do: 'view' },
      { do: 'decline', reason: '' },
      { do: 'decline', reason: 'đắt' },
      { do: 'ask', text: 'Khi nào?' },
      { do: 'withdraw' },
    ),
  )
  .map(
    ([who, action]): Deed =>
      (world) =>
        world.answer(who, 0, () => action),
  );
const reviewing = tenants.map(
  (tenantId): Deed =>
    (world) =>
      world.review(tenantId),
);
const confirming = nth.map(
  (which): Deed =>
    (world) =>
      world.confirm(which),
);
const workDeeds: OrderingDeed[] = [
  'order',
  'check-out',
  'ordered',
  'provisioned',
  'fail',
  'resume',
  'give-back',
  'refuse',
];
const working = fc.tuple(nth, fc.constantFrom(...workDeeds)).map(
  ([which, deed]): Deed =>
    (world) =>
      world.work(which, deed),
);
/** The same without anything in between, so that what comes after is reached more often. */
const confirmingNow = fc.tuple(tenants, nth).map(
  ([tenantId, which]): Deed =>
    (world) => {
      world.review(tenantId);
      for (let each = 0; each <= which; each += 1) world.confirm(each);
    },
);
const goingOn = fc
  .tuple(nth, fc.constantFrom<OrderingDeed[]>(['order', 'check-out'], ['ordered', 'provisioned']))
  .map(
    ([which, some]): Deed =>
      (world) => {
        for (const deed of some) world.work(which, deed);
      },
  );
const endings: OrderingDeed[] = ['fail', 'resume', 'give-back', 'refuse'];
const ending = fc.tuple(nth, fc.constantFrom(...endings)).map(
  ([which, deed]): Deed =>
    (world) =>
      world.work(which, deed),
);
const passing = fc.tuple(fc.integer({ min: 0, max: 2 * dayMs }), fc.boolean()).map(
  ([ms, jobRuns]): Deed =>
    (world) =>
      world.pass(ms, jobRuns),
);
const selling = fc.oneof(
  someTerms.map(
    (terms): Deed =>
      (world) =>
        world.publish(structuredClone(terms)),
  ),
  fc.constant<Deed>((world) => world.renew()),
);
/** Mostly what people really do, in any order, and now and then what they must not. */
export const deeds = fc.oneof(
  { weight: 18, arbitrary: accepting },
  { weight: 6, arbitrary: wishing },
  { weight: 12, arbitrary: saying },
  { weight: 18, arbitrary: reviewing },
  { weight: 18, arbitrary: confirming },
  { weight: 12, arbitrary: working },
  { weight: 12, arbitrary: confirmingNow },
  { weight: 12, arbitrary: goingOn },
  { weight: 12, arbitrary: ending },
  { weight: 6, arbitrary: passing },
  { weight: 6, arbitrary: selling },
  { weight: 1, arbitrary: fc.constant<Deed>((world) => world.withdraw()) },
);
