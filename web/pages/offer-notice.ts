import { wordsForError } from '../../locales/words-for-error.ts';
import type { PartnerError } from '../../partner/errors.ts';
import { type Html, html } from './html.ts';
import type { OfferVisit } from './offer-visit.ts';

/** What the page says first, about what was just pressed. */
export type OfferNotice =
  | { said: SaidAnswer }
  | { problem: 'newer' | 'signed-out' | 'form' | 'product-key' }
  | { error: PartnerError };

/** To the lines of the offer. */
export const answers = ['accept', 'decline', 'wish', 'ask', 'withdraw'] as const;
/** To its delegated administration. */
export const delegationAnswers = ['allow', 'refuse', 'later'] as const;
export type SaidAnswer = (typeof answers)[number] | (typeof delegationAnswers)[number];

/** The notice as the first thing that is read out. */
export function noticeBlock(visit: OfferVisit, notice: OfferNotice | undefined): Html {
  if (notice === undefined) return html``;
  const texts = textsOf(visit, notice);
  const isProblem = !('said' in notice);
  return html`<div class="${isProblem ? 'notice problem' : 'notice'}" role="${isProblem ? 'alert' : 'status'}" tabindex="-1">
${texts.map((text) => html`<p>${text}</p>`)}</div>`;
}

function textsOf({ words, version }: OfferVisit, notice: OfferNotice): string[] {
  const company = version.signature.name;
  if ('said' in notice) {
    const { said } = notice;
    const isAboutDelegation = said === 'allow' || said === 'refuse' || said === 'later';
    return [
      isAboutDelegation
        ? words(`accept-delegation.said.${said}`)
        : words(`offer-page.said.${said}`, { company }),
    ];
  }
  if ('problem' in notice) return [words(`offer-page.problem.${notice.problem}`)];
  const { error } = notice;
  const { name, min, max } = error.details;
  if (error.code === 'seats-out-of-bounds' && name !== undefined) {
    const bounds = { name, min: Number(min), max: Number(max) };
    return [words('offer-page.problem.seats', bounds), words('offer-page.problem.wish', { company })];
  }
  const { what, next } = wordsForError(words, error);
  return [what, next];
}
