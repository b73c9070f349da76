import type { MessageKey } from '../../locales/words.ts';
import { canWithdraw } from '../../partner/acceptance-life.ts';
import type { Acceptance, OfferTerms } from '../../partner/offers.ts';
import type { Operation } from '../../partner/operations.ts';
import { type Html, html } from './html.ts';
import { mayAnswer } from './offer-forms.ts';
import { type OfferVisit, visitForm } from './offer-visit.ts';

/** What the order waits for that only the client can do. */
export interface ClientsTurn {
  what: 'reseller' | 'agreement';
  /** Microsoft's own link; undefined when the partner has to send it. */
  link: string | undefined;
}

/** Reads from the order's operation whether it waits for the client. */
export function clientsTurn(operation: Operation | undefined): ClientsTurn | undefined {
  const step = operation?.steps.find(({ status }) => status !== 'done');
  const code = step?.error?.code;
  if (code === 'agreement-missing') return { what: 'agreement', link: undefined };
  if (code !== 'not-our-customer') return undefined;
  const link = step?.error?.details['link'];
  return { what: 'reseller', link: typeof link === 'string' && isHttps(link) ? link : undefined };
}

function isHttps(link: string): boolean {
  return URL.canParse(link) && new URL(link).protocol === 'https:';
}

export type Turn = 'done' | 'you' | 'partner' | 'microsoft' | 'later';
interface LiveStep {
  key: Extract<MessageKey, `offer-page.live.${string}`>;
  turn: Turn;
}

/** How far the states of an acceptance have come, in finished steps; 4 is the end. */
const finished: Partial<Record<Acceptance['state'], number>> = {
  ...{ accepted: 1, confirmed: 2, ordering: 2, failed: 2, ordered: 3, provisioned: 4 },
};

/** The way from the acceptance to the service, each step with whose turn it is. */
export function liveSteps(
  acceptance: Acceptance,
  { route }: Pick<OfferTerms, 'route'>,
  turn: ClientsTurn | undefined,
): LiveStep[] {
  const done = finished[acceptance.state] ?? 0;
  const reseller: [LiveStep['key'], Turn][] = [
    ['offer-page.live.accept', 'you'],
    ['offer-page.live.confirm', 'partner'],
    ['offer-page.live.order', turn === undefined ? 'partner' : 'you'],
    ['offer-page.live.ready', 'microsoft'],
  ];
  // What happens on Microsoft's page is not seen from here: the partner says so when it is done.
  const advisor: [LiveStep['key'], Turn][] = [
    ['offer-page.live.accept', 'you'],
    ['offer-page.live.portal', 'you'],
    ['offer-page.live.ready', 'microsoft'],
  ];
  const isAdvisor = route === 'advisor';
  const reached = isAdvisor ? Math.max(Math.min(done, 1), done - 1) : done;
  return (isAdvisor ? advisor : reseller).map(([key, whose], index) => {
    if (index < reached) return { key, turn: 'done' };
    return { key, turn: index === reached ? whose : 'later' };
  });
}

const signs: Readonly<Record<Turn, string>> = {
  done: '✓',
  you: '→',
  partner: '…',
  microsoft: '…',
  later: '○',
};

/** Where an accepted offer stands, what the client has to do, and the proof. */
export function liveSection(visit: OfferVisit, turn: ClientsTurn | undefined): Html {
  const { words, version, acceptance, path, language } = visit;
  if (acceptance === undefined) return html``;
  const steps = stepList(visit, liveSteps(acceptance, version.terms, turn));
  return html`<section><h2>${words('offer-page.live.title')}</h2>${steps}
${yourTurn(visit, turn)}
<p><a href="${path}/proof?lang=${language}">${words('offer-page.proof.link')}</a></p>${withdrawForm(visit)}</section>`;
}

/** Steps with whose turn each of them is. */
export function stepList(
  { words, version }: OfferVisit,
  steps: readonly { key: MessageKey; turn: Turn }[],
): Html {
  const company = version.signature.name;
  const items = steps.map(
    ({ key, turn }) => html`<li class="${turn}"><span class="sign" aria-hidden="true">${signs[turn]}</span>
<span><strong>${words(key, { company })}</strong>${words(`offer-page.turn.${turn}`, { company })}</span></li>`,
  );
  return html`<ol class="steps">${items}</ol>`;
}

function yourTurn({ words, version, acceptance }: OfferVisit, turn: ClientsTurn | undefined): Html {
  const company = version.signature.name;
  const { route, portalLink } = version.terms;
  const isOver = acceptance?.state === 'ordered' || acceptance?.state === 'provisioned';
  if (route === 'advisor') {
    if (isOver || portalLink === null || !isHttps(portalLink)) return html``;
    return linkButton(portalLink, words('offer-page.live.portal-link'));
  }
  if (turn === undefined || isOver) return html``;
  const what = html`<p>${words(`offer-page.live.${turn.what}`, { company })}</p>`;
  if (turn.what === 'agreement') return what;
  return turn.link === undefined
    ? html`${what}<p>${words('offer-page.live.reseller-sent', { company })}</p>`
    : html`${what}${linkButton(turn.link, words('offer-page.live.reseller-link'))}`;
}

/** A link of Microsoft's as a button, written out below. */
export function linkButton(link: string, title: string): Html {
  return html`<p><a class="button" href="${link}" rel="noopener noreferrer">${title}</a></p><p class="soft">${link}</p>`;
}

function withdrawForm(visit: OfferVisit): Html {
  const { words, version, acceptance } = visit;
  if (acceptance === undefined || !canWithdraw(acceptance) || !mayAnswer(visit)) return html``;
  const button = html`<p class="soft">${words('offer-page.withdraw.intro', { company: version.signature.name })}</p>
<button class="quiet" name="do" value="withdraw">${words('offer-page.withdraw')}</button>`;
  return visitForm(visit, button);
}
