import type { Language, Words } from '../locales/words.ts';
import type { Button } from './buttons.ts';
import { type OfferView, offerFacts } from './offer-facts.ts';
import { type Card, render } from './render.ts';
import template from './templates/offer.json' with { type: 'json' };

export type { OfferView } from './offer-facts.ts';

/** The offer exactly as its client sees it, in the chat, on the page and in the staff's preview. */
export function offerCard(
  words: Words,
  language: Language,
  view: OfferView,
  buttons: readonly Button[] = [],
): Card {
  const { title, forWhom, ...facts } = offerFacts(words, language, view);
  const { company, services, delegation, note, accept, next } = facts;
  return render(
    template,
    {
      state: facts.state.text,
      stateStyle: facts.state.style,
      company: company.name,
      address: company.address.join(', '),
      reach: company.reach.join(' · '),
      services: services.map((service) => ({ ...service, details: service.details.map(text) })),
      totals: facts.totals.map(text),
      delegationTitle: delegation?.title ?? '',
      delegationState: delegation?.state.text ?? '',
      delegationStyle: delegation?.state.style ?? 'default',
      delegationIntro: delegation?.intro ?? '',
      delegationWarning: delegation?.warning ?? '',
      delegationRoles: delegation?.roles ?? [],
      delegationPoints: delegation?.points.map(text) ?? [],
      noteTitle: note.title,
      note: note.lines.map(text),
      acceptTitle: accept.title,
      accept: accept.points.map(text),
      nextTitle: next.title,
      next: next.steps.map((step, index) => text(`${index + 1}. ${step}`)),
      valid: facts.valid,
      contact: facts.contact,
      buttons,
    },
    { title, intro: forWhom },
  );
}

function text(words: string): { text: string } {
  return { text: words };
}
