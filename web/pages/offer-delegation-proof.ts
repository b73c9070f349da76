import { delegationFacts } from '../../cards/delegation-facts.ts';
import type { OfferFacts } from '../../cards/offer-facts.ts';
import type { MessageKey } from '../../locales/words.ts';
import type { Delegation } from '../../partner/delegations.ts';
import type { OfferEvent } from '../../partner/offers.ts';
import { type Html, html } from './html.ts';
import { languageNames } from './offer-frame.ts';
import { shownHash } from './offer-proof.ts';
import { companyWords, type OfferVisit } from './offer-visit.ts';

/** Which roles were allowed, by whom, when, and of which version. `allowed`: the timeline's line about it. */
export function delegationProof(
  { words, language, version }: OfferVisit,
  delegation: Delegation,
  { facts, allowed }: { facts: OfferFacts; allowed: OfferEvent | undefined },
): Html {
  const { client, person, answeredAt, createdAt } = delegation;
  const { delegation: asked, company } = facts;
  if (asked === undefined) return html``;
  const entry = (key: MessageKey, value: string) => html`<dt>${words(key)}</dt><dd>${value}</dd>`;
  const at = new Date(answeredAt ?? createdAt);
  const roles = asked.roles.map(
    ({ name, what, not }) => html`<dd><strong>${name}</strong><br>${what} ${not}</dd>`,
  );
  const { version: number, hash } = allowed?.details ?? {};
  const isKnown = typeof number === 'number' && typeof hash === 'string';
  // As it was allowed: what was extended since is no part of that.
  const isThis = isKnown && version.number === number;
  const terms = isThis
    ? delegationFacts(words, language, { company: company.name, asked: { terms: version.terms } })
    : undefined;
  const what = isKnown
    ? words('offer-page.proof.version-value', {
        number,
        hash: hash.slice(0, shownHash),
        language: languageNames[version.terms.language],
      })
    : '';
  return html`<h2>${asked.title}</h2><dl>${entry('accept-delegation.proof.partner', company.name)}
${entry('accept-delegation.proof.client', companyWords(client))}
${entry('offer-page.proof.tenant', client.tenantId)}
${person === null ? html`` : entry('accept-delegation.proof.person', `${person.name} (${person.signInName})`)}
${entry('offer-page.proof.when', words('offer-page.proof.at', { at }))}
<dt>${words('accept-delegation.proof.roles')}</dt>${roles}
${what === '' ? html`` : entry('offer-page.proof.version', what)}
<dt>${words('offer-page.proof.rules')}</dt>${(terms ?? asked).points.map((point) => html`<dd>${point}</dd>`)}
${entry('accept-delegation.proof.state', asked.state.text)}</dl>`;
}
