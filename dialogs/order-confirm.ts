import { totalWords } from '../cards/offer-price.ts';
import { move } from '../partner/acceptance-life.ts';
import { requireCapability } from '../partner/authorise.ts';
import { mayTry } from '../partner/capabilities.ts';
import type { ConfirmOrderWish } from '../partner/confirm-order.ts';
import { createFlow } from './flow-dialog.ts';
import type { Job, Pressed, Stage } from './job.ts';
import type { Consent } from './judgement.ts';
import { endNotices } from './notice-end.ts';
import { type Answered, answeredById, showClient } from './offer-client.ts';
import { eventOf } from './offer-record.ts';
import { ownCountry } from './offer-services.ts';
import { operationCardHere } from './operation-card.ts';
import { type AttestOptions, attestInputs, firstGuess } from './order-attest.ts';
import { showOverview } from './overview.ts';
import type { Turn } from './turn.ts';
import { operationOf, wishAnswer } from './wish.ts';

interface OrderData {
  acceptanceId: string;
  args: ConfirmOrderWish;
  /** The price that was stated to the client, in words; '' when none was. */
  stated: string;
}

const review = {
  form: 'wish-review',
  options: async (turn: Turn, { args, stated }: OrderData) => ({
    kind: 'confirm-order',
    args,
    intro: [turn.words('order.review'), stated].filter(Boolean).join(' '),
  }),
  async take(_turn: Turn, data: OrderData, values: unknown) {
    wishAnswer.parse(values);
    return data;
  },
};

async function start(turn: Turn, brought: object): Promise<OrderData> {
  requireCapability('confirm-order', await turn.situation());
  return brought as OrderData;
}

/** The agreement is there, or the client is none of ours yet: one look, then it is ordered. */
const confirmFlow = createFlow<OrderData>({
  ...{ id: 'order-confirm', start, outdated: showOverview, finish: confirm },
  steps: [review],
});

/** Nobody of the client has agreed to Microsoft's agreement yet: the partner says who did, and answers for it. */
const attestFlow = createFlow<OrderData>({
  ...{ id: 'order-attest', start, outdated: showOverview, finish: confirm },
  steps: [
    {
      form: 'order-attest-form',
      async options(turn, { acceptanceId, args }): Promise<AttestOptions> {
        const acceptance = await turn.offers.acceptance(acceptanceId);
        const start = args.attestation ?? (await firstGuess(turn, acceptance));
        return { start, clientName: args.clientName };
      },
      take: async (_turn, data, values) => ({
        ...data,
        args: { ...data.args, attestation: attestInputs.parse(values) },
      }),
    },
    {
      ...review,
      options: async (turn, data) => ({ ...(await review.options(turn, data)), canGoBack: true }),
    },
  ],
});

/** The order and the confirmed acceptance are stored together: a second confirm of it finds it moved on. */
async function confirm(
  turn: Turn,
  { acceptanceId, args }: OrderData,
  cardKey: string,
  consent: Consent,
): Promise<void> {
  requireCapability('confirm-order', await turn.situation());
  const answered = await answeredById(turn, acceptanceId);
  if (answered === undefined) return;
  const { acceptance, offer } = answered;
  const { tenantId, objectId } = turn.requireAccount();
  const operation = operationOf(turn, { kind: 'confirm-order', args });
  const { version } = args;
  const confirmed = move(acceptance, {
    ...{ do: 'confirm', by: { tenantId, objectId }, version, operationId: operation.id },
    seats: args.lines.map(({ quantity }) => quantity),
  });
  const client = acceptance.client.tenantId;
  turn.offers.save({
    acceptances: [{ save: confirmed }],
    offerEvents: [eventOf(turn, offer, 'confirmed', { version }, client)],
  });
  await endNotices(turn, offer.id, { kind: 'accepted', client });
  turn.record(operation, consent);
  const card = operationCardHere(turn, operation);
  turn.show(card, { key: operation.cardKey, replaces: cardKey || undefined });
}

/** What will be ordered, from our own records only. */
async function wishOf(turn: Turn, { acceptance, offer, version }: Answered): Promise<ConfirmOrderWish> {
  const { client, seats } = acceptance;
  return {
    ...{ offerId: offer.id, acceptanceId: acceptance.id, version: acceptance.version },
    ...{ clientTenantId: client.tenantId, clientName: client.name, country: await ownCountry(turn) },
    lines: version.terms.lines.map(({ item, name, term, billing, trial }, index) => ({
      ...{ item, name, term, billing, trial },
      quantity: seats[index] ?? 0,
    })),
    requestIds: { cart: turn.newId(), checkout: turn.newId(), agreement: turn.newId() },
  };
}

function statedPrice(turn: Turn, { acceptance, version }: Answered): string {
  const totals = totalWords(turn.words, turn.chat.language, version.terms.lines, acceptance.seats);
  return totals.length === 0 ? '' : turn.words('order.stated', { price: totals.join('; ') });
}

/** *Xem lại đơn hàng*; who may not confirm sees who may. */
async function begin(turn: Turn, stage: Stage, pressed: Pressed): Promise<void> {
  const answered = await answeredById(turn, pressed.text('acceptance'));
  if (answered === undefined) return;
  const { acceptance, version } = answered;
  const isOurs = acceptance.state === 'accepted' && version.terms.route === 'reseller';
  if (!isOurs || !mayTry('confirm-order', await turn.situation())) return showClient(turn, answered);
  const commerce = turn.commerce();
  const { tenantId } = acceptance.client;
  const isCustomer = (await commerce.customer(tenantId)) !== undefined;
  const isAgreed = !isCustomer || (await commerce.agreement(tenantId)).state === 'accepted';
  const args = await wishOf(turn, answered);
  const data: OrderData = { acceptanceId: acceptance.id, args, stated: statedPrice(turn, answered) };
  await stage.begin(isAgreed ? 'order-confirm' : 'order-attest', data);
}

export const orderConfirmJob: Job = {
  dialogs: [confirmFlow, attestFlow],
  presses: { 'order-review': begin },
};
