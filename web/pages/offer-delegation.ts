import { delegationStateWords } from '../../cards/delegation-facts.ts';
import type { MessageKey } from '../../locales/words.ts';
import { mayDelegate } from '../../partner/delegating.ts';
import { canAnswerDelegation, stateFrom } from '../../partner/delegation-life.ts';
import { isOver } from '../../partner/delegation-standing.ts';
import { includesConsent } from '../../partner/delegation-terms.ts';
import type { Delegation } from '../../partner/delegations.ts';
import { type Html, html } from './html.ts';
import { readyMessage } from './offer-forms.ts';
import { linkButton, stepList, type Turn } from './offer-live.ts';
import { companyWords, type OfferVisit, visitForm } from './offer-visit.ts';

/**
 * The delegation's own question while it is open: three answers for the company's Global Administrator, who that is
 * for everybody else. `link`: the offer's page as it is passed on; '' where the page has a message to pass on already.
 */
export function delegationQuestion(visit: OfferVisit, link: string): Html {
  const { words, version, sight, standing, visitor, delegation } = visit;
  const isOpen = sight === 'newest' && standing === 'open' && version.terms.delegation !== undefined;
  if (visitor === undefined || !isOpen || !canAnswerDelegation(delegation)) return html``;
  if (!mayDelegate(visitor.roles ?? [])) return whoMay(visit, link);
  const isDeclined = delegation?.state === 'declined';
  const quiet = (what: 'refuse' | 'later') =>
    html`<button class="quiet" name="do" value="${what}">${words(`accept-delegation.${what}`)}</button>`;
  const form = html`<input type="hidden" name="version" value="${version.number}">
<input type="hidden" name="hash" value="${version.hash}">
<p class="as">${words('accept-delegation.as', { who: companyWords(visitor), name: visitor.person.name })}</p>
<div class="row"><button name="do" value="allow">${words('accept-delegation.allow')}</button>
${isDeclined ? html`` : html`${quiet('refuse')}${quiet('later')}`}</div>`;
  return html`<section><h2>${words('accept-delegation.title')}</h2>
<p>${words('delegation-block.allow-then', { company: version.signature.name })}</p>
${version.terms.kind === 'delegation' ? html`` : html`<p>${words('delegation-block.apart')}</p>`}
${visitForm(visit, form)}
<p class="soft">${words(isDeclined ? 'accept-delegation.declined' : 'accept-delegation.undecided')}</p></section>`;
}

function whoMay(visit: OfferVisit, link: string): Html {
  const { words, version, visitor } = visit;
  if (visitor === undefined) return html``;
  const company = version.signature.name;
  const { name, signInName } = visitor.person;
  const why = visitor.roles === undefined ? 'accept-delegation.why-unknown' : 'accept-delegation.why';
  const message = {
    subject: words('accept-delegation.pass-on.subject', { company }),
    text: words('accept-delegation.pass-on.text', { company, link, name }),
  };
  return html`<section><h2>${words('accept-delegation.pass-on.title')}</h2>
<p>${words(why, { who: companyWords(visitor), signInName })}</p>
${link === '' ? html`` : readyMessage(visit, message)}</section>`;
}

interface LiveStep {
  key: Extract<MessageKey, `accept-delegation.live.${string}`>;
  turn: Turn;
}

/** The way from the client's yes to the first use, each step with whose turn it is; none when it is over. */
export function delegationSteps(delegation: Delegation): LiveStep[] {
  const reached = finishedSteps(delegation);
  if (reached === undefined) return [];
  const isFailed = delegation.state === 'failed';
  const needsTheirs = !includesConsent(delegation.terms);
  const consent: [LiveStep['key'], Turn] = ['accept-delegation.live.consent', isFailed ? 'partner' : 'you'];
  const steps: [LiveStep['key'], Turn][] = [
    ['accept-delegation.live.allow', 'you'],
    ['accept-delegation.live.prepare', 'partner'],
    ['accept-delegation.live.approve', isFailed ? 'partner' : 'you'],
    ...(needsTheirs ? [consent] : []),
    ['accept-delegation.live.set-up', 'partner'],
    ['accept-delegation.live.ready', 'partner'],
  ];
  return steps.map(([key, whose], index) => {
    if (index < reached) return { key, turn: 'done' };
    return { key, turn: index === reached ? whose : 'later' };
  });
}

function finishedSteps({ state, status, relationshipId, wasUsable }: Delegation): number | undefined {
  if (isOver(state) || state === 'declined') return undefined;
  if (wasUsable) return Number.POSITIVE_INFINITY;
  // Where it failed follows from what Microsoft said last.
  const known = state === 'failed' ? (stateFrom(status) ?? 'requested') : state;
  if (known === 'requested') return 1;
  if (known === 'waiting-for-approval') return relationshipId === null ? 1 : 2;
  return 3;
}

/** How a delegation that was allowed stands, and what the client has to do; empty before that. */
export function delegationLive(visit: OfferVisit, more: { proof: boolean }): Html {
  const { words, version, delegation, path, language } = visit;
  if (delegation === undefined || delegation.answeredAt === null || delegation.state === 'declined')
    return html``;
  const company = version.signature.name;
  const steps = delegationSteps(delegation);
  const link = html`<p><a href="${path}/proof?lang=${language}">${words('offer-page.proof.link')}</a></p>`;
  return html`<section><h2>${words('accept-delegation.live.title')}</h2>
<p class="state">${delegationStateWords(words, company, delegation)}</p>
${steps.length === 0 ? html`<p>${words('accept-delegation.live.again', { company })}</p>` : stepList(visit, steps)}
${turnPart(visit, delegation)}${more.proof ? link : html``}</section>`;
}

function turnPart({ words, version, microsoftPage }: OfferVisit, { state, endsAt }: Delegation): Html {
  if (microsoftPage !== undefined) {
    const { what, link } = microsoftPage;
    return html`<p>${words(`accept-delegation.live.${what}-how`, { company: version.signature.name })}</p>
${linkButton(link, words(`accept-delegation.live.${what}-link`))}`;
  }
  switch (state) {
    case 'requested':
      return html`<p>${words('accept-delegation.live.link-later')}</p>`;
    case 'usable':
    case 'expiring': {
      const until = endsAt === null ? '' : words('delegation-block.until', { at: new Date(endsAt) });
      return html`${until === '' ? html`` : html`<p>${until}</p>`}<p>${words('delegation-block.end')}</p>`;
    }
    default:
      return html``;
  }
}
