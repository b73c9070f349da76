import { z } from 'zod';
import { fieldsCard } from '../cards/offer-fields.ts';
import { ownCompany } from '../cards/scope.ts';
import { accountKey } from '../partner/accounts.ts';
import { requireCapability } from '../partner/authorise.ts';
import { type Attestation, confirmOrderKind, withAttestation } from '../partner/confirm-order.ts';
import { dayOf, isDay } from '../partner/days.ts';
import { splitFullName } from '../partner/names.ts';
import type { Acceptance } from '../partner/offers.ts';
import { retried } from '../partner/operation-retry.ts';
import { createFlow } from './flow-dialog.ts';
import { createForm } from './form-dialog.ts';
import type { Job, Pressed, Stage } from './job.ts';
import type { Consent } from './judgement.ts';
import { answeredById, showClient } from './offer-client.ts';
import { formText, isMail } from './offer-inputs.ts';
import { operationCardHere } from './operation-card.ts';
import { showOverview } from './overview.ts';
import type { Turn } from './turn.ts';

const filled = (max: number) => formText(max).pipe(z.string().min(1, 'form.missing'));

/** Who of the client agreed, as the partner attests it. */
export const attestInputs = z.object({
  firstName: filled(50),
  lastName: filled(50),
  mail: formText(320).refine(isMail, 'form.invalid'),
  phone: formText(30),
  agreedOn: formText(10).refine(isDay, 'form.invalid'),
});

export interface AttestOptions {
  start: Attestation;
  clientName: string;
}

const attestForm = createForm({
  id: 'order-attest-form',
  inputs: attestInputs,
  labels: {
    firstName: 'order.first-name',
    lastName: 'order.last-name',
    mail: 'order.mail',
    phone: 'order.phone',
    agreedOn: 'order.agreed-on',
  },
  async card(turn, { start, clientName }: AttestOptions, { nonce, typed, problem }) {
    const { words } = turn;
    const field = (kind: 'text' | 'date', id: keyof Attestation & string, label: string) => ({
      ...{ kind, id, label, value: typed[id] ?? String(start[id]) },
    });
    return fieldsCard(words, {
      frame: {
        ...ownCompany(words, turn.account),
        title: words('order.attest-title'),
        intro: words('order.attest-intro', { client: clientName }),
        problem,
      },
      verb: 'order-attest-form',
      nonce,
      fields: [
        field('text', 'lastName', words('order.last-name')),
        field('text', 'firstName', words('order.first-name')),
        field('text', 'mail', words('order.mail')),
        field('text', 'phone', words('order.phone')),
        field('date', 'agreedOn', words('order.agreed-on')),
      ],
      note: words('order.attest-note'),
      proceed: words('button.continue'),
    });
  },
  async check(turn, _options, { agreedOn }) {
    const today = await todayOfCompany(turn);
    return agreedOn <= today ? undefined : turn.words('order.problem-day', { today });
  },
});

/** An agreement of the company with its client is of a day in the company's calendar, wherever staff are. */
const todayOfCompany = async (turn: Turn) => dayOf(await turn.companyZone(), turn.now);

/** Whoever accepted has most likely agreed; the form is there to say otherwise. */
export async function firstGuess(turn: Turn, acceptance: Acceptance | undefined): Promise<Attestation> {
  const { name = '', signInName = '' } = acceptance?.person ?? {};
  const { family, middle, given } = splitFullName(name);
  const mail = isMail(signInName) ? signInName : '';
  return {
    firstName: [middle, given].filter(Boolean).join(' '),
    lastName: family,
    mail,
    phone: '',
    agreedOn: await todayOfCompany(turn),
  };
}

interface AgainData {
  operationId: string;
  acceptanceId: string;
  clientName: string;
  attestation: Attestation | null;
}

/** An order that stands still for want of the agreement: who agreed, then it goes on. */
const againFlow = createFlow<AgainData>({
  id: 'order-attest-again',
  async start(turn, brought) {
    requireCapability('confirm-order', await turn.situation());
    return brought as AgainData;
  },
  steps: [
    {
      form: 'order-attest-form',
      async options(turn, { acceptanceId, clientName }): Promise<AttestOptions> {
        return { start: await firstGuess(turn, await turn.offers.acceptance(acceptanceId)), clientName };
      },
      take: async (_turn, data, values) => ({ ...data, attestation: attestInputs.parse(values) }),
    },
  ],
  async finish(turn, { operationId, attestation }, cardKey, consent) {
    if (attestation !== null) await goOn(turn, operationId, { attestation, cardKey, consent });
  },
  outdated: showOverview,
});

/** The order that stood still for want of the agreement goes on with what was said. */
async function goOn(
  turn: Turn,
  id: string,
  said: { attestation: Attestation; cardKey: string; consent: Consent },
): Promise<void> {
  const { attestation, cardKey, consent } = said;
  const operation = await turn.findOperation(id);
  const isOwn = operation !== undefined && accountKey(operation.actor) === accountKey(turn.requireAccount());
  if (!isOwn || operation.status !== 'failed') return turn.say(turn.words('operation.not-failed'));
  const again = retried(withAttestation(operation, attestation), confirmOrderKind);
  const running = { ...again, status: 'running' as const, drawn: operation.drawn + 1, cardKey: turn.newId() };
  turn.resume(running, consent);
  turn.placeCard(running);
  const card = operationCardHere(turn, running);
  turn.show(card, { key: running.cardKey, replaces: cardKey || undefined });
}

async function beginAgain(turn: Turn, stage: Stage, pressed: Pressed): Promise<void> {
  const answered = await answeredById(turn, pressed.text('acceptance'));
  if (answered === undefined) return;
  const { id, operationId, state, client } = answered.acceptance;
  const operation = operationId === null ? undefined : await turn.findOperation(operationId);
  const isOwn = operation !== undefined && accountKey(operation.actor) === accountKey(turn.requireAccount());
  if (state !== 'failed' || operation === undefined) return showClient(turn, answered);
  if (!isOwn) return showClient(turn, answered, turn.words('order.not-yours'));
  await stage.begin(againFlow.id, {
    ...{ operationId: operation.id, acceptanceId: id, clientName: client.name },
    attestation: null,
  } satisfies AgainData);
}

export const orderAttestJob: Job = {
  dialogs: [againFlow, attestForm],
  presses: { 'order-attest': beginAgain },
};
