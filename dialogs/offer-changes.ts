import { button, mainButton } from '../cards/buttons.ts';
import { messageCard } from '../cards/message.ts';
import { forWhomText } from '../cards/offers.ts';
import { ownCompany } from '../cards/scope.ts';
import { newDraft, withDraft, withdraw } from '../partner/offer-life.ts';
import { withWishFor } from '../partner/offer-terms.ts';
import type { Acceptance, OfferTerms, OfferVersion } from '../partner/offers.ts';
import type { Job, Pressed, SingleUse } from './job.ts';
import type { Judged } from './judgement.ts';
import { saidBy, showClientOf, wishedVersion } from './offer-client.ts';
import { isMail } from './offer-inputs.ts';
import { draftHash, keepTerms, showPreview } from './offer-preview.ts';
import { eventOf, newestVersion, offerById, problemText } from './offer-record.ts';
import { publishDraft } from './offer-send.ts';
import { showOffer, showOfferOf } from './offer-show.ts';
import type { Turn } from './turn.ts';

/** *Rút lại*: asks once more, since clients lose the offer for good. */
async function askWithdraw(turn: Turn, pressed: Pressed): Promise<void> {
  const offer = await offerById(turn, pressed.text('offer'));
  if (offer === undefined) return;
  if (offer.status === 'withdrawn') return showOffer(turn, offer);
  const { words } = turn;
  const version = await newestVersion(turn, offer);
  const terms = version?.terms ?? offer.draft;
  const nonce = turn.button({ verb: 'offer-withdraw-yes', args: { offer: offer.id } });
  const card = messageCard({
    frame: {
      ...ownCompany(words, turn.account),
      title: words(offer.version === 0 ? 'offer-withdraw.title-draft' : 'offer-withdraw.title'),
      intro: words(offer.version === 0 ? 'offer-withdraw.intro-draft' : 'offer-withdraw.intro'),
    },
    facts: terms === null ? [] : [{ name: words('offer-desk.for'), value: forWhomText(words, terms) }],
    buttons: [
      { ...mainButton(words('offer-withdraw.yes'), 'offer-withdraw-yes', { nonce }), style: 'destructive' },
      button(words('button.back'), 'offer-open', { offer: offer.id }),
    ],
  });
  turn.show(card);
}

async function withdrawNow(turn: Turn, { args }: Judged): Promise<void> {
  const offer = await offerById(turn, args['offer']);
  if (offer === undefined) return;
  if (offer.status === 'withdrawn') return showOffer(turn, offer);
  const after = withdraw(offer);
  turn.offers.save({ offers: [{ save: after }], offerEvents: [eventOf(turn, offer, 'withdrawn', {})] });
  await showOffer(turn, after, { said: turn.words('offer-withdraw.done') });
}

/** Throws away what was being written; what is published stays. */
async function discard(turn: Turn, { args }: Judged): Promise<void> {
  const offer = await offerById(turn, args['offer']);
  if (offer === undefined) return;
  if (offer.draft === null) return showOffer(turn, offer);
  if (offer.version === 0) return showPreview(turn, offer);
  if (args['draft'] !== draftHash(turn, offer))
    return showPreview(turn, offer, { problem: problemText(turn, 'offer-desk.changed') });
  const after = withDraft(offer, null);
  turn.offers.save({ offers: [{ save: after }] });
  await showOffer(turn, after, { said: turn.words('offer-withdraw.discarded') });
}

/** A new draft with the same terms, under a link of its own. */
async function copy(turn: Turn, { args }: Judged): Promise<void> {
  const offer = await offerById(turn, args['offer']);
  const terms = offer && ((await newestVersion(turn, offer))?.terms ?? offer.draft);
  if (offer === undefined) return;
  if (terms === null || terms === undefined) return showOffer(turn, offer);
  const { tenantId, objectId, displayName } = turn.requireAccount();
  const made = newDraft({
    ...{ id: turn.newId(), company: tenantId, code: turn.offers.newCode(), now: turn.now },
    ...{ maker: { tenantId, objectId }, makerName: displayName, terms: structuredClone(terms) },
  });
  turn.offers.save({ offers: [{ add: made }], offerEvents: [eventOf(turn, made, 'created', {})] });
  await showPreview(turn, made);
}

/** *Bản mới*: the newest terms become a draft to look at; one that is being written already is shown. */
async function newVersion(turn: Turn, pressed: Pressed): Promise<void> {
  const offer = await offerById(turn, pressed.text('offer'));
  const version = offer && (await newestVersion(turn, offer));
  if (offer === undefined) return;
  if (version === undefined || offer.draft !== null) return showPreview(turn, offer);
  await keepTerms(turn, offer, version.terms);
}

/** *Gửi phiên bản mới với N*: what a client wishes goes out at once, with exactly these licences. */
async function sendWished(turn: Turn, { args, consent }: Judged): Promise<void> {
  const { acceptance: id, seats } = args;
  const acceptance = typeof id === 'string' ? await turn.offers.acceptance(id) : undefined;
  const offer = await offerById(turn, acceptance?.offerId);
  const version = offer && (await newestVersion(turn, offer));
  if (offer === undefined || acceptance === undefined || version === undefined) return;
  const wish = acceptance.wish;
  const isSame = JSON.stringify(seats) === JSON.stringify(wish) && wish.length > 0;
  const terms = await wished(turn, version, acceptance);
  // What somebody is writing is not published by the way.
  if (offer.draft !== null) return showPreview(turn, offer);
  const { signInName: mail, name: person } = acceptance.person;
  // Nor what the client no longer wishes, or wished for other lines; and without an address nothing would reach them.
  const isForNewest = args['version'] === version.number;
  if (!isSame || !isForNewest || !isMail(mail)) return keepTerms(turn, offer, terms);
  await publishDraft(turn, withDraft(offer, terms), consent, { mail, person });
}

/** The newest terms with the licences that this client wishes, whichever version they had before them. */
async function wished(turn: Turn, version: OfferVersion, acceptance: Acceptance): Promise<OfferTerms> {
  const { offerId, wish } = acceptance;
  const events = await saidBy(turn, acceptance);
  const asked = await turn.offers.version(offerId, wishedVersion(events, acceptance));
  return withWishFor(version.terms, asked?.terms.lines ?? [], wish);
}

const once = (press: (turn: Turn, judged: Judged) => Promise<void>): SingleUse => ({
  press: (turn, _stage, judged) => press(turn, judged),
  shows: showOfferOf,
});

export const offerChangesJob: Job = {
  presses: {
    'offer-withdraw': (turn, _stage, pressed) => askWithdraw(turn, pressed),
    'offer-new-version': (turn, _stage, pressed) => newVersion(turn, pressed),
  },
  once: {
    'offer-withdraw-yes': once(withdrawNow),
    'offer-discard': once(discard),
    'offer-copy': once(copy),
    'offer-wish-version': {
      press: (turn, _stage, judged) => sendWished(turn, judged),
      shows: showClientOf,
    },
  },
};
