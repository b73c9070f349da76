import { type Html, html } from '../html.ts';
import { type HttpAnswer, page, type SandboxRequest } from '../http.ts';
import { avatar } from '../pages/avatar.ts';
import { type Language, languageOf, type Words } from '../pages/language.ts';
import { layout } from '../pages/layout.ts';
import { roleName } from '../pages/role-names.ts';
import type { Candidate } from '../sign-in/candidates.ts';

const words = {
  choose: {
    vi: 'Trang này đứng thay trung tâm quản trị Microsoft 365. Chọn người mở đường liên kết; ở đây không cần mật khẩu.',
    en: 'This page stands in for the Microsoft 365 admin center. Pick who opens the link; there are no passwords here.',
  },
  search: { vi: 'Tìm theo tên, tên đăng nhập hoặc công ty', en: 'Find by name, sign-in name or company' },
  find: { vi: 'Tìm', en: 'Find' },
  none: { vi: 'Không tìm thấy ai.', en: 'Nobody found.' },
  noRole: { vi: 'Không có vai trò quản trị', en: 'No admin role' },
} satisfies Record<string, Words>;

/** Who is it that opens the page? There is no sign-in here: somebody is picked. */
export function choicePage(
  request: SandboxRequest,
  title: string,
  { people, search }: { people: Candidate[]; search: string },
): HttpAnswer {
  const language = languageOf(request);
  const companies = [...new Set(people.map(({ tenant }) => tenant.displayName))];
  const body = html`<h1>${title}</h1>
    <p class="lead">${words.choose[language]}</p>
    <form method="get" role="search" class="search">${hiddenFields(request)}
      <label for="q">${words.search[language]}</label>
      <div class="row"><input id="q" name="q" type="search" value="${search}" autocomplete="off"><button>${words.find[language]}</button></div>
    </form>
    ${people.length === 0 && html`<p role="status">${words.none[language]}</p>`}
    <form method="get">${hiddenFields(request)}
    ${companies.map(
      (company) =>
        html`<h2>${company}</h2><ul class="accounts">${people
          .filter(({ tenant }) => tenant.displayName === company)
          .map((person) => choice(person, language))}</ul>`,
    )}</form>`;
  return framed(request, title, body);
}

function choice({ tenant, user, roles }: Candidate, language: Language): Html {
  const held = roles.map((role) => roleName(role, language)).join(', ');
  return html`<li><button class="account" name="account" value="${tenant.id}/${user.id}">
    ${avatar(user.displayName, user.id)}
    <span class="who"><strong>${user.displayName}</strong><span class="sub">${user.userPrincipalName}</span>
    <span class="sub">${held === '' ? words.noRole[language] : held}</span></span></button></li>`;
}

/** What the link says, carried along. */
function hiddenFields(request: SandboxRequest): Html[] {
  return [...request.query]
    .filter(([name]) => !['account', 'q'].includes(name))
    .map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`);
}

/** A page of the admin center; its address in the other language keeps what the link says. */
export function framed(request: SandboxRequest, title: string, body: Html, status = 200): HttpAnswer {
  const language = languageOf(request);
  const switchTo = (other: Language) => {
    const query = new URLSearchParams(request.query);
    query.set('lang', other);
    return `?${query.toString()}`;
  };
  return page(layout({ language, title, body: html`<main class="narrow">${body}</main>`, switchTo }), status);
}
