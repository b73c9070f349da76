import { html } from '../html.ts';
import type { HttpAnswer, SandboxRequest } from '../http.ts';
import { languageOf } from '../pages/language.ts';
import type { LoggedRequest } from '../request-log.ts';
import { consolePage, moment } from './frame.ts';
import { words } from './words.ts';

export function requestsPage(request: SandboxRequest, requests: LoggedRequest[]): HttpAnswer {
  const language = languageOf(request);
  const rows = requests.toReversed().map(
    ({ at, method, path, status, requestId }) => html`<tr>
      <td data-name="${words.time[language]}"><span class="soft">${moment(at, language)}</span></td>
      <td><strong>${method}</strong> <code>${path}</code></td>
      <td data-name="${words.answer[language]}"><span class="tag ${typeof status === 'number' && status < 400 ? 'on' : 'bad'}">${
        status === 'reset' ? words.broken[language] : status
      }</span></td>
      <td data-name="${words.reference[language]}"><code>${requestId}</code></td></tr>`,
  );
  const body = html`<h1>${words.requests[language]}</h1><p class="lead">${words.requestsLead[language]}</p>
    ${rows.length === 0 && html`<p class="card empty">${words.requestsNone[language]}</p>`}
    ${
      rows.length > 0 &&
      html`<div class="table"><table class="stack"><thead><tr>${[words.time, words.call, words.answer, words.reference].map((name) => html`<th scope="col">${name[language]}</th>`)}</tr></thead>
      <tbody>${rows}</tbody></table></div>`
    }`;
  return consolePage(request, { tab: 'requests', title: words.requests[language], body });
}

/** Asks before everything is thrown away. */
export function startOverPage(request: SandboxRequest): HttpAnswer {
  const language = languageOf(request);
  const body = html`<div class="card"><h1>${words.startOverAsk[language]}</h1><p>${words.startOverWarning[language]}</p>
    <form method="post" action="/sandbox/reset" class="row"><button class="danger">${words.startOverYes[language]}</button>
    <a class="button" href="/sandbox/controls">${words.startOverNo[language]}</a></form></div>`;
  return consolePage(request, { tab: 'controls', title: words.startOver[language], body });
}
