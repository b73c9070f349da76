import { z } from 'zod';
import { choicesCard } from '../cards/choices.ts';
import { handedOverCard } from '../cards/offer-passed.ts';
import { ownCompany } from '../cards/scope.ts';
import { requireCapability } from '../partner/authorise.ts';
import type { CapabilityId } from '../partner/capabilities.ts';
import { colleagueChoices, colleagueMeant } from './colleague-choice.ts';
import { createFlow } from './flow-dialog.ts';
import { createForm } from './form-dialog.ts';
import type { Job, Pressed, Stage } from './job.ts';
import { giveOfferTo, needToOwn } from './offer-owner.ts';
import { newestVersion, offerById } from './offer-record.ts';
import { showOffer } from './offer-show.ts';
import { showOverview } from './overview.ts';
import type { Turn } from './turn.ts';

interface Options {
  /** What whoever takes it over has to be allowed. */
  needs: CapabilityId;
}

const inputs = z.object({ colleague: z.string('form.choose').max(100, 'form.choose') });

const chooseForm = createForm({
  id: 'offer-hand-over-to',
  inputs,
  labels: { colleague: 'offer-hand-over.to' },
  fromText: (colleague) => ({ colleague }),
  async card(turn, { needs }: Options, { nonce, typed, problem }) {
    const { words } = turn;
    const { choices, notes } = colleagueChoices(turn, await turn.colleaguesWho(needs));
    return choicesCard(words, {
      frame: {
        ...ownCompany(words, turn.account),
        title: words('offer-hand-over.title'),
        intro: words('offer-hand-over.intro'),
        problem,
      },
      verb: 'offer-hand-over-to',
      nonce,
      questions: [
        {
          id: 'colleague',
          label: words('offer-hand-over.to'),
          value: typed['colleague'] ?? '',
          choices,
        },
      ],
      notes,
      proceed: words('button.choose'),
    });
  },
  async check(turn, { needs }, { colleague }) {
    const colleagues = await turn.colleaguesWho(needs);
    return colleagueMeant(colleagues, colleague) !== undefined
      ? undefined
      : turn.words('form.choose', { name: turn.words('offer-hand-over.to') });
  },
});

interface HandOverData extends Options {
  offerId: string;
  colleague: string;
}

/** *Chuyển người phụ trách*: from now on what clients do goes to a colleague, who is told. */
const handOverFlow = createFlow<HandOverData>({
  id: 'offer-hand-over',
  async start(turn, brought) {
    const data = brought as HandOverData;
    requireCapability(data.needs, await turn.situation());
    return data;
  },
  steps: [
    {
      form: 'offer-hand-over-to',
      options: async (_turn, { needs }): Promise<Options> => ({ needs }),
      take: async (_turn, data, values) => ({ ...data, ...inputs.parse(values) }),
    },
  ],
  async finish(turn, { offerId, colleague, needs }, cardKey) {
    const offer = await offerById(turn, offerId);
    const found = colleagueMeant(await turn.colleaguesWho(needs), colleague);
    if (offer === undefined || found === undefined) return;
    const after = await giveOfferTo(turn, offer, found.account);
    const terms = (await newestVersion(turn, offer))?.terms ?? offer.draft ?? undefined;
    const from = turn.requireAccount();
    turn.tell(found, handedOverCard(found, { from, offer, terms }));
    const said = turn.words('offer-hand-over.done', { name: found.account.displayName });
    await showOffer(turn, after, { said, replaces: cardKey });
  },
  outdated: showOverview,
});

async function begin(turn: Turn, stage: Stage, pressed: Pressed): Promise<void> {
  const offer = await offerById(turn, pressed.text('offer'));
  if (offer === undefined) return;
  const needs = await needToOwn(turn, offer);
  requireCapability(needs, await turn.situation());
  const colleagues = await turn.colleaguesWho(needs);
  if (colleagues.length === 0)
    return showOffer(turn, offer, { problem: turn.words('offer-hand-over.nobody') });
  await stage.begin(handOverFlow.id, { offerId: offer.id, colleague: '', needs } satisfies HandOverData);
}

export const offerHandOverJob: Job = {
  dialogs: [handOverFlow, chooseForm],
  presses: { 'offer-hand-over': begin },
};
