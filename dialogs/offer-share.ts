import { z } from 'zod';
import { button } from '../cards/buttons.ts';
import { messageCard } from '../cards/message.ts';
import { offerCard } from '../cards/offer.ts';
import { fieldsCard } from '../cards/offer-fields.ts';
import { ownCompany } from '../cards/scope.ts';
import { createWords } from '../locales/words.ts';
import { requireCapability } from '../partner/authorise.ts';
import type { SendMailWish } from '../partner/mail-wish.ts';
import { standingOf } from '../partner/offer-life.ts';
import type { Offer, OfferVersion } from '../partner/offers.ts';
import { createFlow } from './flow-dialog.ts';
import { createForm } from './form-dialog.ts';
import type { Job, Pressed, Stage } from './job.ts';
import { formText, isMail } from './offer-inputs.ts';
import { firstWords, mailOf } from './offer-publication.ts';
import { eventOf, newestVersion, offerById } from './offer-record.ts';
import { showOffer } from './offer-show.ts';
import { showOverview } from './overview.ts';
import type { Turn } from './turn.ts';
import { confirmWish, wishAnswer } from './wish.ts';

const toInputs = z.object({
  person: formText(120),
  mail: formText(320).refine(isMail, 'form.invalid'),
});

interface Options {
  person: string;
  mail: string;
}

const toForm = createForm({
  id: 'offer-send-to',
  inputs: toInputs,
  labels: { person: 'offer-make.person', mail: 'offer-make.mail' },
  shown: () => ['person', 'mail'],
  async card(turn, { person, mail }: Options, { nonce, typed, problem }) {
    const { words } = turn;
    return fieldsCard(words, {
      frame: { ...ownCompany(words, turn.account), title: words('offer-share.mail-title'), problem },
      verb: 'offer-send-to',
      nonce,
      fields: [
        { kind: 'text', id: 'person', label: words('offer-make.person'), value: typed['person'] ?? person },
        { kind: 'text', id: 'mail', label: words('offer-make.mail'), value: typed['mail'] ?? mail },
      ],
      proceed: words('button.continue'),
    });
  },
});

interface SendData extends Options {
  offerId: string;
  wish: SendMailWish | null;
}

/** Sends a published offer by mail again, or to somebody else: whom, then the mail itself to confirm. */
const sendAgain = createFlow<SendData>({
  id: 'offer-send-again',
  async start(turn, brought) {
    requireCapability('make-offer', await turn.situation());
    return brought as SendData;
  },
  steps: [
    {
      form: toForm.id,
      options: async (_turn, { person, mail }): Promise<Options> => ({ person, mail }),
      async take(turn, data, values) {
        const to = toInputs.parse(values);
        const { offer, version } = await openOffer(turn, data.offerId);
        return { ...data, ...to, wish: await mailOf(turn, offer, version, to) };
      },
    },
    {
      form: 'wish-review',
      options: async (turn, { wish }) => ({
        kind: 'send-mail',
        args: wish ?? {},
        intro: turn.words('offer-share.review', { text: firstWords(wish?.text ?? '') }),
        canGoBack: true,
        asksGuard: true,
      }),
      take: async (_turn, data, values) => {
        wishAnswer.parse(values);
        return data;
      },
    },
  ],
  async finish(turn, { offerId, wish }, cardKey, consent) {
    if (wish === null) return;
    const { offer } = await openOffer(turn, offerId);
    turn.offers.save({ offerEvents: [eventOf(turn, offer, 'sent', { to: wish.to })] });
    await confirmWish(turn, { kind: 'send-mail', args: wish }, { cardKey, consent });
  },
  outdated: showOverview,
});

async function openOffer(turn: Turn, id: string): Promise<{ offer: Offer; version: OfferVersion }> {
  const offer = await turn.offers.find(id);
  const version = offer && (await newestVersion(turn, offer));
  if (offer === undefined || version === undefined) throw new Error('an open offer is gone');
  return { offer, version };
}

/** The published offer behind a press; one that is not open is shown as it stands. */
async function pressedOpen(
  turn: Turn,
  pressed: Pressed,
): Promise<{ offer: Offer; version: OfferVersion } | undefined> {
  const offer = await offerById(turn, pressed.text('offer'));
  const version = offer && (await newestVersion(turn, offer));
  if (offer === undefined) return undefined;
  if (version !== undefined && standingOf(offer, turn.now) === 'open') return { offer, version };
  await showOffer(turn, offer, { problem: turn.words('offer-share.not-open') });
  return undefined;
}

async function beginSend(turn: Turn, stage: Stage, pressed: Pressed): Promise<void> {
  const found = await pressedOpen(turn, pressed);
  if (found === undefined) return;
  const { person, mail } = found.version.terms.recipient;
  await stage.begin(sendAgain.id, { offerId: found.offer.id, person, mail, wish: null } satisfies SendData);
}

/** The link is given as often as it is asked for; the timeline says once of a version that it was shared. */
async function noteShared(turn: Turn, offer: Offer): Promise<void> {
  const shared = await turn.offers.eventsOfKinds(offer.id, ['shared']);
  const isNoted = shared.some(({ details }) => details['version'] === offer.version);
  if (isNoted) return;
  turn.offers.save({ offerEvents: [eventOf(turn, offer, 'shared', { version: offer.version })] });
}

/** The link as a message of its own, so that a phone copies or forwards nothing else. */
async function share(turn: Turn, pressed: Pressed): Promise<void> {
  const found = await pressedOpen(turn, pressed);
  if (found === undefined) return;
  const { offer, version } = found;
  const { words } = turn;
  await noteShared(turn, offer);
  turn.show(
    messageCard({
      frame: {
        ...ownCompany(words, turn.account),
        title: words('offer-share.title'),
        intro: words('offer-share.intro'),
      },
      buttons: [
        button(words('offer-share.as-card'), 'offer-as-card', { offer: offer.id }),
        button(words('offer-client.open-offer'), 'offer-open', { offer: offer.id }),
      ],
    }),
  );
  turn.say(turn.offers.link(offer.code, version.terms.language));
}

/** The card as clients get it, to be forwarded; where the bot is in a group, its code brings the card there. */
async function asCard(turn: Turn, pressed: Pressed): Promise<void> {
  const found = await pressedOpen(turn, pressed);
  if (found === undefined) return;
  const { offer, version } = found;
  const { terms, signature, contact, expiresAt, number } = version;
  await noteShared(turn, offer);
  turn.say(turn.words('offer-share.card-how', { code: offer.code }));
  const words = createWords(terms.language, await turn.companyZone());
  const view = { terms, signature, contact, expiresAt, number, standing: 'open', forAnybody: true } as const;
  turn.show(
    offerCard(words, terms.language, view, [
      button(words('offer-share.look'), 'answer-offer', { code: offer.code }),
    ]),
  );
}

export const offerShareJob: Job = {
  dialogs: [sendAgain, toForm],
  presses: {
    'offer-send-again': beginSend,
    'offer-share': (turn, _stage, pressed) => share(turn, pressed),
    'offer-as-card': (turn, _stage, pressed) => asCard(turn, pressed),
  },
};
