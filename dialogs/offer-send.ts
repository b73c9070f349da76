import { requireCapability } from '../partner/authorise.ts';
import { type Published, publish, renew } from '../partner/offer-life.ts';
import { problemsOf } from '../partner/offer-terms.ts';
import type { Offer, OfferEvent, OfferTerms, OfferVersion } from '../partner/offers.ts';
import { showCompany } from './company.ts';
import { type CompanyNow, companyNow } from './company-now.ts';
import { heldBack, secondLookAt } from './delegation-second-look.ts';
import type { Job, Stage } from './job.ts';
import type { Consent, Judged } from './judgement.ts';
import { endNotices } from './notice-end.ts';
import { draftHash, keepTerms, showPreview, showPreviewOf } from './offer-preview.ts';
import { mailOf, publicationOf, toldOfNewVersion } from './offer-publication.ts';
import { eventOf, isStopped, newestVersion, offerById, problemText } from './offer-record.ts';
import { unsellable } from './offer-services.ts';
import { showOffer, showOfferOf } from './offer-show.ts';
import type { Turn } from './turn.ts';
import { confirmWish } from './wish.ts';

/** To whom a version is mailed. */
type Addressee = { mail: string; person: string };

/** *Gửi*: publishes exactly the draft that was shown, and mails it where an address was given. */
async function send(turn: Turn, stage: Stage, { args, consent }: Judged): Promise<void> {
  const offer = await offerById(turn, args['offer']);
  if (offer === undefined) return;
  const isShown = offer.draft !== null && args['draft'] === draftHash(turn, offer);
  if (!isShown) return showPreview(turn, offer, { problem: problemText(turn, 'offer-desk.changed') });
  const look = offer.draft === null ? undefined : await secondLookAt(turn, offer, offer.draft);
  // What would not go out anyway is said first.
  const isReady = offer.draft !== null && problemsOf(offer.draft).length === 0;
  if (look?.is === 'needed' && isReady)
    return stage.begin('wish', { kind: 'ask-global-role', args: look.wish });
  await publishDraft(turn, offer, consent);
}

/**
 * Publishes the draft of this offer, mailed to `to` where the draft is an answer to a wish and not stored yet. Without the company's *Đúng rồi* it waits and the company is shown.
 */
export async function publishDraft(
  turn: Turn,
  offer: Offer,
  consent: Consent,
  to?: Addressee,
): Promise<void> {
  requireCapability('make-offer', await turn.situation());
  const { draft } = offer;
  const [problem] = draft === null ? [] : problemsOf(draft);
  if (draft === null || problem !== undefined) {
    const words = turn.words(`offer-preview.problem.${problem?.what ?? 'no-lines'}`);
    return showPreview(turn, offer, { problem: words });
  }
  const held = await heldBack(turn, offer, draft);
  if (held !== undefined) return showAgain(turn, offer, draft, held, to);
  const [bad] = await unsellable(turn, draft);
  if (bad !== undefined) {
    const { why, index, most } = bad;
    const { name = '' } = draft.lines[index] ?? {};
    const said = turn.words(`offer-preview.problem.${why}`, { name, max: most });
    return showAgain(turn, offer, draft, said, to);
  }
  const company = await companyNow(turn);
  if (company.state !== 'confirmed') {
    // What was made of a wish is a draft only from here on.
    if (to !== undefined) turn.offers.save({ offers: [{ save: offer }] });
    return companyFirst(turn, offer, company);
  }
  const publication = await publicationOf(turn, offer, draft.language, company.record);
  await goOut(turn, publish(offer, publication), consent, to);
}

/** The draft with what keeps it from going out; one that answers a wish is kept only now. */
function showAgain(
  turn: Turn,
  offer: Offer,
  draft: OfferTerms,
  problem: string,
  to: Addressee | undefined,
): Promise<void> {
  return to === undefined
    ? showPreview(turn, offer, { problem })
    : keepTerms(turn, offer, draft, { problem });
}

/** The same terms once more, with a new end. */
async function renewOffer(turn: Turn, stage: Stage, { args }: Judged): Promise<void> {
  const offer = await offerById(turn, args['offer']);
  const newest = offer && (await newestVersion(turn, offer));
  if (offer === undefined) return;
  if (newest === undefined) return showPreview(turn, offer);
  // From another card that shows the same version: it has its new end already.
  if (newest.number !== args['version'])
    return showOffer(turn, offer, { problem: problemText(turn, 'offer-desk.changed') });
  const look = await secondLookAt(turn, offer, newest.terms);
  if (look.is === 'needed') return stage.begin('wish', { kind: 'ask-global-role', args: look.wish });
  const held = await heldBack(turn, offer, newest.terms);
  if (held !== undefined) return showOffer(turn, offer, { problem: held });
  const company = await companyNow(turn);
  if (company.state !== 'confirmed') return companyFirst(turn, offer, company);
  const publication = await publicationOf(turn, offer, newest.terms.language, company.record);
  const renewed = renew(offer, newest, publication);
  turn.offers.save({
    offers: [{ save: renewed.offer }],
    offerVersions: [renewed.version],
    offerEvents: [eventOf(turn, offer, 'renewed', { version: renewed.version.number })],
  });
  const at = new Date(renewed.version.expiresAt);
  await showOffer(turn, renewed.offer, { said: turn.words('offer-desk.renewed', { at }) });
}

async function companyFirst(turn: Turn, offer: Offer, company: CompanyNow): Promise<void> {
  const reference = turn.reference({ problem: 'company-not-confirmed', offer: offer.id });
  const said = `${turn.words('offer-preview.company-first')} ${turn.words('error.reference', { reference })}`;
  await showCompany(turn, { found: company, problem: said, draft: offer.id });
}

/** Stores the version, mails it to whom it is for and to those who looked before, or gives the bare link. */
async function goOut(
  turn: Turn,
  { offer, version }: Published,
  consent: Consent,
  to: Addressee | undefined,
): Promise<void> {
  const { mail, person } = version.terms.recipient;
  const first = to ?? (mail === '' ? undefined : { mail, person });
  // They get the link from whoever has spoken with them; a mail would not leave.
  const isRefused = first !== undefined && (await isStopped(turn, offer, first.mail));
  const told = await toldOfNewVersion(turn, offer, version);
  const others = told.filter((each) => each.mail !== first?.mail);
  const mailed = [...(first === undefined || isRefused ? [] : [first]), ...others];
  const events: OfferEvent[] = [
    eventOf(turn, offer, 'published', { version: version.number }),
    ...mailed.map((each) => eventOf(turn, offer, 'sent', { to: each.mail })),
  ];
  turn.offers.save({ offers: [{ save: offer }], offerVersions: [version], offerEvents: events });
  // A new version is the answer to all that was wished before.
  await endNotices(turn, offer.id, { kind: 'wished' });
  await showSent(turn, { offer, version, mailed, consent });
}

async function showSent(
  turn: Turn,
  sent: { offer: Offer; version: OfferVersion; mailed: readonly Addressee[]; consent: Consent },
): Promise<void> {
  const { offer, version, mailed, consent } = sent;
  const said = turn.words(mailed.length === 0 ? 'offer-desk.published-link' : 'offer-desk.published-mail', {
    to: mailed.map(({ mail }) => mail).join(', '),
  });
  await showOffer(turn, offer, { said });
  if (mailed.length === 0) turn.say(turn.offers.link(offer.code, version.terms.language));
  for (const each of mailed) {
    const args = await mailOf(turn, offer, version, each);
    await confirmWish(turn, { kind: 'send-mail', args }, { consent });
  }
}

export const offerSendJob: Job = {
  once: {
    'offer-send': { press: (turn, stage, judged) => send(turn, stage, judged), shows: showPreviewOf },
    'offer-renew': { press: (turn, stage, judged) => renewOffer(turn, stage, judged), shows: showOfferOf },
  },
};
