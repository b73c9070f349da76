import { offerPreviewCard } from '../cards/offer-preview.ts';
import { createWords } from '../locales/words.ts';
import type { CompanyRecord } from '../partner/company.ts';
import { addresseeHolds } from '../partner/mail-guard.ts';
import type { SendMailWish } from '../partner/mail-wish.ts';
import { endOfOffer, withDraft } from '../partner/offer-life.ts';
import type { Offer, OfferTerms, OfferVersion } from '../partner/offers.ts';
import type { JsonObject } from '../partner/operations.ts';
import { companyNow } from './company-now.ts';
import type { Job } from './job.ts';
import type { Judged } from './judgement.ts';
import { firstWords, mailOf, publicationOf, toldOfNewVersion } from './offer-publication.ts';
import { offerById, problemText } from './offer-record.ts';
import { unsellable } from './offer-services.ts';
import { showOffer } from './offer-show.ts';
import type { Turn } from './turn.ts';
import { whyNot } from './why-not.ts';

interface Place {
  replaces?: string | undefined;
  /** What to look at again. */
  problem?: string;
}

/** The draft as its client will see it, with what it takes to send it. Throws PartnerError. */
export async function showPreview(turn: Turn, offer: Offer, place: Place = {}): Promise<void> {
  const { draft } = offer;
  if (draft === null)
    return showOffer(turn, offer, place.problem === undefined ? {} : { problem: place.problem });
  const { record } = await companyNow(turn);
  const version = await asPublished(turn, offer, draft, record);
  const { terms, signature, contact, expiresAt, number } = version;
  const { mail } = draft.recipient;
  const held = await addresseeHolds({ offer, to: mail, record }, turn.mailFacts);
  const args = { offer: offer.id, draft: draftHash(turn, offer) };
  const card = offerPreviewCard(turn.words, turn.chat.language, {
    account: turn.requireAccount(),
    problem: place.problem ?? (held === undefined ? '' : turn.words(`offer-preview.held.${held}`)),
    offerId: offer.id,
    view: { terms, signature, contact, expiresAt, number, standing: 'open' },
    mail: mail === '' ? undefined : shownMail(await mailOf(turn, offer, version)),
    clientWords: createWords(terms.language, await turn.companyZone()),
    unsellable: await unsellable(turn, draft),
    noDelegation: whyNot(turn, 'offer-delegation', await turn.situation()),
    alsoTold: (await toldOfNewVersion(turn, offer, version)).map((each) => each.mail),
    nonceFor: (verb, line) => turn.button({ verb, args: { ...args, line: line ?? null } }),
  });
  turn.show(card, place.replaces === undefined ? {} : { replaces: place.replaces });
}

function shownMail({ to, subject, text }: SendMailWish) {
  return { to, subject, text: firstWords(text) };
}

/** What the version would be if it were published now; terms that cannot be yet are shown all the same. */
async function asPublished(
  turn: Turn,
  offer: Offer,
  draft: OfferTerms,
  record: CompanyRecord,
): Promise<OfferVersion> {
  const publication = await publicationOf(turn, offer, draft.language, record);
  const { signature, contact, by, now } = publication;
  return {
    ...{ offerId: offer.id, number: offer.version + 1, terms: draft, signature, contact, hash: '' },
    ...{ by, at: now, expiresAt: endOfOffer(draft, publication) },
  };
}

/** By which a card that shows an earlier draft is recognised. */
export function draftHash(turn: Turn, offer: Offer): string {
  return turn.hash(JSON.stringify(offer.draft));
}

/** Stores what was changed of the draft, and shows it. */
export async function keepTerms(
  turn: Turn,
  offer: Offer,
  terms: OfferTerms,
  place: Place = {},
): Promise<void> {
  const changed = withDraft(offer, terms);
  turn.offers.save({ offers: [{ save: changed }] });
  await showPreview(turn, changed, place);
}

async function removeLine(turn: Turn, { args }: Judged): Promise<void> {
  const offer = await offerById(turn, args['offer']);
  if (offer === undefined) return;
  const { draft } = offer;
  const isShown = draft !== null && args['draft'] === draftHash(turn, offer) && draft.lines.length > 1;
  if (!isShown) return showPreview(turn, offer, { problem: problemText(turn, 'offer-desk.changed') });
  await keepTerms(turn, offer, { ...draft, lines: draft.lines.filter((_, at) => at !== args['line']) });
}

/** The draft that a single-use button stands for, as it is now. */
export async function showPreviewOf(turn: Turn, args: JsonObject): Promise<void> {
  const offer = await offerById(turn, args['offer']);
  if (offer !== undefined) await showPreview(turn, offer);
}

export const offerPreviewJob: Job = {
  presses: {
    'offer-preview': (turn, _stage, pressed) => showPreviewOf(turn, { offer: pressed.text('offer') ?? '' }),
  },
  once: {
    'offer-line-remove': {
      press: (turn, _stage, judged) => removeLine(turn, judged),
      shows: showPreviewOf,
    },
  },
};
