import type { OfferFacts } from '../../cards/offer-facts.ts';
import type { Acceptance } from '../../partner/offers.ts';
import { type Html, html } from './html.ts';
import { languageNames } from './offer-frame.ts';
import { companyWords, type OfferVisit } from './offer-visit.ts';

/** How much of a version's hash people compare. */
export const shownHash = 12;

/** What was accepted, by whom and when, on one page to print. */
export function proofBody(visit: OfferVisit, acceptance: Acceptance, facts: OfferFacts): Html {
  const { words, version } = visit;
  const { client, person, answeredAt, createdAt } = acceptance;
  const at = new Date(answeredAt ?? createdAt);
  const services = facts.services.map(
    (service) =>
      html`<dd><strong>${service.name}</strong>${[...service.details, service.price, service.sum].filter(Boolean).map(line)}</dd>`,
  );
  const what = words('offer-page.proof.version-value', {
    number: version.number,
    hash: version.hash.slice(0, shownHash),
    language: languageNames[version.terms.language],
  });
  const entry = (key: Parameters<typeof words>[0], value: string) =>
    html`<dt>${words(key)}</dt><dd>${value}</dd>`;
  return html`<dl>${entry('offer-page.proof.partner', facts.company.name)}
${entry('offer-page.proof.client', companyWords(client))}
${entry('offer-page.proof.tenant', client.tenantId)}
${entry('offer-page.proof.person', `${person.name} (${person.signInName})`)}
${entry('offer-page.proof.when', words('offer-page.proof.at', { at }))}
<dt>${words('offer-page.proof.services')}</dt>${services}${facts.totals.map((total) => html`<dd><strong>${total}</strong></dd>`)}
${entry('offer-page.proof.version', what)}
<dt>${words('offer-page.proof.rules')}</dt>${facts.accept.points.map((point) => html`<dd>${point}</dd>`)}</dl>
<p class="state">${facts.state.text}</p>`;
}

/** Below a proof: to print it, and back. */
export function proofWays({ words, path, language }: OfferVisit): Html {
  return html`<p class="row no-print"><button type="button" data-print="" hidden>${words('offer-page.proof.print')}</button>
<a href="${path}?lang=${language}">${words('offer-page.back')}</a></p>`;
}

function line(text: string): Html {
  return html`<br>${text}`;
}
