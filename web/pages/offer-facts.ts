import type { DelegationFacts } from '../../cards/delegation-facts.ts';
import type { OfferFacts } from '../../cards/offer-facts.ts';
import type { Card } from '../../cards/render.ts';
import { Html, html } from './html.ts';

/**
 * The offer as plain HTML, with the card beside it as data. The script puts the card into its place; where no script
 * runs, or it fails, the same facts stay.
 */
export function offerSection(facts: OfferFacts, card: Card): Html {
  return html`<section id="offer" aria-label="${facts.title}">${plainFacts(facts)}</section>
<script type="application/json" id="card">${asData(card)}</script>`;
}

/** JSON that cannot end the element that it stands in. */
function asData(card: Card): Html {
  return new Html(JSON.stringify(card).replaceAll('<', '\\u003c'));
}

function plainFacts(facts: OfferFacts): Html {
  const { company, services, totals, delegation, note, accept, next } = facts;
  return html`<div class="plain-card"><h2>${facts.title}</h2>${shown(facts.forWhom)}${shown(facts.state.text, 'state')}
<p><strong>${company.name}</strong><br>${[...company.address, ...company.reach].join(' · ')}</p>
${services.map(
  ({ name, mark, details, price, sum }) =>
    html`<h3>${name}${mark === '' ? '' : ` · ${mark}`}</h3><ul>${[...details, price, sum].filter(Boolean).map(item)}</ul>`,
)}
${totals.map((total) => shown(total, 'total'))}
${delegation === undefined ? html`` : delegationPart(delegation)}
${note.lines.length > 0 ? html`<h3>${note.title}</h3><blockquote>${note.lines.map((line) => shown(line))}</blockquote>` : html``}
${accept.points.length > 0 ? html`<h3>${accept.title}</h3><ul>${accept.points.map(item)}</ul>` : html``}
${next.steps.length > 0 ? html`<h3>${next.title}</h3><ol>${next.steps.map(item)}</ol>` : html``}
${facts.valid === '' ? html`` : html`<p><strong>${facts.valid}</strong></p>`}<p>${facts.contact}</p></div>`;
}

function delegationPart({ title, state, intro, warning, roles, points }: DelegationFacts): Html {
  return html`<h3>${title}</h3>${shown(state.text, 'state')}${shown(intro)}${shown(warning, 'warning')}
<dl>${roles.map(({ name, what, not }) => html`<dt><strong>${name}</strong></dt><dd>${what} ${not}</dd>`)}</dl>
<ul>${points.map(item)}</ul>`;
}

function shown(text: string, more = ''): Html {
  return text === '' ? html`` : html`<p${new Html(more === '' ? '' : ` class="${more}"`)}>${text}</p>`;
}

function item(text: string): Html {
  return html`<li>${text}</li>`;
}
