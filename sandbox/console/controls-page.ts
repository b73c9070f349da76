import { type ActiveFault, type Faults, faultKinds } from '../faults.ts';
import { type Html, html } from '../html.ts';
import type { HttpAnswer, SandboxRequest } from '../http.ts';
import type { MovableClock } from '../movable-clock.ts';
import { type Language, languageOf, type Words } from '../pages/language.ts';
import { consolePage, moment } from './frame.ts';
import { faultWords, words } from './words.ts';

const hourMs = 3_600_000;
const moves: readonly [Words, number][] = [
  [words.hour, hourMs],
  [words.day, 24 * hourMs],
  [words.month, 30 * 24 * hourMs],
];

/** Parts of Graph and Partner Center that a fault may be limited to: a piece of the path. */
const places: readonly [string, Words][] = [
  ['', words.anyCall],
  ['/users', words.users],
  ['assignLicense', words.licences],
  ['/roleManagement/', words.roles],
  ['/groups', words.groups],
  ['/sendMail', words.mailing],
  ['/carts', words.ordering],
  ['/delegatedAdminRelationships', words.delegating],
];
const methods: readonly [string, Words][] = [
  ['', words.anyMethod],
  ['GET', words.reading],
  ['POST', words.creating],
  ['PATCH', words.changing],
  ['DELETE', words.deleting],
];

/** Clock, faults, start over. */
export function controlsPage(
  request: SandboxRequest,
  { clock, faults }: { clock: MovableClock; faults: Faults },
): HttpAnswer {
  const language = languageOf(request);
  const body = html`<h1>${words.controls[language]}</h1>
    ${request.query.has('reset') && html`<p class="notice" role="status">${words.startedOver[language]}</p>`}
    ${clockCard(clock, language)} ${faultsCard(faults, language)}
    <section class="card"><h2>${words.startOver[language]}</h2><p class="soft">${words.startOverLead[language]}</p>
      <a class="button" href="/sandbox/reset">${words.startOver[language]}…</a></section>`;
  return consolePage(request, { tab: 'controls', title: words.controls[language], body });
}

function clockCard(clock: MovableClock, language: Language): Html {
  const ahead = clock.ahead();
  return html`<section class="card"><h2>${words.clock[language]}</h2>
    <p class="clock">${moment(clock.now(), language)}</p>
    <p class="soft">${ahead === 0 ? words.realTime[language] : `${words.ahead[language]} ${span(ahead, language)}.`}</p>
    <p class="soft">${words.clockLead[language]}</p>
    <form method="post" action="/sandbox/clock" class="row">
      ${moves.map(([name, ms]) => html`<button name="advanceMs" value="${ms}">${name[language]}</button>`)}
      <button name="reset" value="yes">${words.backToReal[language]}</button>
    </form></section>`;
}

function faultsCard(faults: Faults, language: Language): Html {
  const active = faults.list();
  return html`<section class="card"><h2>${words.faults[language]}</h2>
    <p class="soft">${words.faultsLead[language]}</p>
    <form method="post" action="/sandbox/faults">
      <div class="fields">
        <div class="wide"><label for="kind">${words.whichFault[language]}</label>${select(
          'kind',
          faultKinds.map((kind) => [kind, faultWords[kind]]),
          language,
        )}</div>
        <div><label for="path">${words.whichCalls[language]}</label>${select('path', places, language)}</div>
        <div><label for="method">${words.whichMethod[language]}</label>${select('method', methods, language)}</div>
        <div><label for="times">${words.howOften[language]}</label>
          <input id="times" name="times" type="number" min="1" max="1000" value="1" required></div>
        <div><label for="seconds">${words.seconds[language]}</label>
          <input id="seconds" name="seconds" type="number" min="1" max="3600"></div>
      </div>
      <button class="main">${words.switchOn[language]}</button>
    </form>
    <h3>${words.active[language]}</h3>
    ${active.length === 0 && html`<p class="soft">${words.activeNone[language]}</p>`}
    ${active.length > 0 && activeList(active, language)}</section>`;
}

function activeList(active: ActiveFault[], language: Language): Html {
  return html`<ul class="plain">${active.map(
    (fault) => html`<li><span>${faultWords[fault.kind][language]}
      <span class="soft">· ${described(fault, language)}</span></span>
      <form method="post" action="/sandbox/faults/remove"><button name="id" value="${fault.id}"
        aria-label="${words.switchOff[language]}: ${faultWords[fault.kind][language]}">${words.switchOff[language]}</button></form></li>`,
  )}</ul>
  <form method="post" action="/sandbox/faults/remove"><button name="id" value="all">${words.clearAll[language]}</button></form>`;
}

function described(fault: ActiveFault, language: Language): string {
  const place = places.find(([path]) => path === (fault.match?.path ?? ''))?.[1][language];
  const method = methods.find(([name]) => name === (fault.match?.method ?? ''))?.[1][language];
  const seconds = fault.retryAfter ?? (fault.ms === undefined ? undefined : fault.ms / 1000);
  return [
    place ?? fault.match?.path,
    method ?? fault.match?.method,
    seconds === undefined ? undefined : `${seconds} s`,
    `${words.left[language]} ${fault.left}`,
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}

function select(name: string, options: readonly (readonly [string, Words])[], language: Language): Html {
  return html`<select id="${name}" name="${name}">${options.map(
    ([value, text]) => html`<option value="${value}">${text[language]}</option>`,
  )}</select>`;
}

function span(ms: number, language: Language): string {
  const days = Math.floor(ms / (24 * hourMs));
  const hours = Math.round((ms % (24 * hourMs)) / hourMs);
  const parts = { vi: [`${days} ngày`, `${hours} giờ`], en: [`${days} d`, `${hours} h`] }[language];
  return parts.filter((_, index) => [days, hours][index] !== 0).join(' ');
}
