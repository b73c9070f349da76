import { html } from '../html.ts';
import type { HttpAnswer, SandboxRequest } from '../http.ts';
import { languageOf, type Words } from '../pages/language.ts';
import { framed } from './choice-page.ts';

const words = {
  title: { vi: 'Trung tâm quản trị Microsoft 365', en: 'Microsoft 365 admin center' },
  lead: {
    vi: 'Trang này đứng thay trung tâm quản trị. Từ đây bạn xem và gỡ vai trò của các đối tác; còn việc phê duyệt thì hãy mở đường liên kết mà đối tác gửi.',
    en: 'This page stands in for the admin center. From here you see your partners and remove their roles; to approve something, open the link that the partner sent.',
  },
  partners: { vi: 'Đối tác của công ty', en: 'Partners of the company' },
  script: {
    vi: 'Đường liên kết của đối tác cần JavaScript.',
    en: 'The link of a partner needs JavaScript.',
  },
} satisfies Record<string, Words>;

/** What follows `#` in Microsoft's links never reaches a server: this page reads it and goes on to the page it means. */
export function fragmentPage(request: SandboxRequest): HttpAnswer {
  const language = languageOf(request);
  const address = `/${request.host}/AdminPortal/Home`;
  const body = html`<h1>${words.title[language]}</h1><p class="lead">${words.lead[language]}</p>
    <p><a class="button" href="${address}/partners">${words.partners[language]}</a></p>
    <noscript><p class="problem">${words.script[language]}</p></noscript>
    <script src="${address}/fragment.js"></script>`;
  const answer = framed(request, words.title[language], body);
  const policy = answer.headers['content-security-policy'] ?? '';
  answer.headers['content-security-policy'] = `${policy}; script-src 'self'`;
  return answer;
}

/** Only the two pages that exist, and only below this address. */
const script = `
function follow() {
  const found = /^#(\\/partners(?:\\/invitation\\/granularAdminRelationships\\/[0-9a-f-]{1,80})?)\\/?$/i.exec(location.hash);
  if (found) location.replace(location.pathname.replace(/\\/$/, '') + found[1] + location.search);
}
addEventListener('hashchange', follow);
follow();
`;

export function fragmentScript(): HttpAnswer {
  const headers = { 'content-type': 'text/javascript; charset=utf-8', 'x-content-type-options': 'nosniff' };
  return { status: 200, headers, body: script };
}
