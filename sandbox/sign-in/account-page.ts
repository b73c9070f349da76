import { type Html, html } from '../html.ts';
import { avatar } from '../pages/avatar.ts';
import type { Language, Words } from '../pages/language.ts';
import { layout } from '../pages/layout.ts';
import { roleName } from '../pages/role-names.ts';
import type { Candidate, Candidates } from './candidates.ts';

/** What the account list shows besides the accounts. */
export interface AccountPage {
  language: Language;
  candidates: Candidates;
  search: string;
  loginHint: string;
  /** Every parameter of the authorisation request, to carry along. */
  parameters: URLSearchParams;
  cancelAddress: string;
  /** Why the account picked before cannot sign in. */
  problem: string | undefined;
}

const words = {
  title: { vi: 'Chọn tài khoản', en: 'Pick an account' },
  lead: {
    vi: 'Partner Bot muốn biết bạn là ai. Đây là đám mây thử nghiệm: không cần mật khẩu, mọi người và công ty đều là hư cấu.',
    en: 'Partner Bot wants to know who you are. This is a local sandbox: no passwords, and all people and companies are made up.',
  },
  search: { vi: 'Tìm theo tên, tên đăng nhập hoặc công ty', en: 'Find by name, sign-in name or company' },
  find: { vi: 'Tìm', en: 'Find' },
  showAll: { vi: 'Bỏ tìm kiếm', en: 'Clear search' },
  hinted: { vi: 'Tài khoản được gợi ý', en: 'Suggested account' },
  staff: { vi: 'Nhân viên của đối tác', en: 'Staff of the partner' },
  clients: { vi: 'Người của khách hàng', en: 'People of clients' },
  others: { vi: 'Tất cả tài khoản khác', en: 'All other accounts' },
  more: { vi: 'Còn nữa: hãy tìm theo tên.', en: 'There are more: find them by name.' },
  none: { vi: 'Không tìm thấy tài khoản nào.', en: 'No account found.' },
  goodFor: { vi: 'Hợp để thử:', en: 'Good for:' },
  noRole: { vi: 'Không có vai trò quản trị', en: 'No admin role' },
  disabled: { vi: 'Đã bị chặn', en: 'Blocked' },
  guest: { vi: 'Khách', en: 'Guest' },
  cancel: { vi: 'Hủy và quay lại', en: 'Cancel and go back' },
} satisfies Record<string, Words>;

/** The sandbox's stand-in for Microsoft's "pick an account" page. */
export function accountPage(view: AccountPage): string {
  const { language, candidates, search } = view;
  const say = (text: Words) => text[language];
  const hinted = [...candidates.known, ...candidates.others].find(
    ({ user }) => view.loginHint !== '' && user.userPrincipalName === view.loginHint.toLowerCase(),
  );
  const staff = candidates.known.filter(({ tenant }) => tenant.role === 'partner');
  const clients = candidates.known.filter(({ tenant }) => tenant.role === 'client');
  const nobody = staff.length + clients.length + candidates.others.length === 0;

  const body = html`
<main class="narrow">
  <h1>${say(words.title)}</h1>
  <p class="lead">${say(words.lead)}</p>
  ${view.problem !== undefined && html`<p class="problem" role="alert">${view.problem}</p>`}
  <form method="get" role="search" class="search">
    ${hiddenFields(view.parameters)}
    <label for="q">${say(words.search)}</label>
    <div class="row"><input id="q" name="q" type="search" value="${search}" autocomplete="off"><button>${say(words.find)}</button></div>
  </form>
  ${search !== '' && html`<p><a href="?${withoutSearch(view.parameters)}">${say(words.showAll)}</a></p>`}
  ${nobody && html`<p role="status">${say(words.none)}</p>`}
  <form method="post" action="?${view.parameters.toString()}">
    ${hinted !== undefined && section('hinted', say(words.hinted), [hinted], language)}
    ${staff.length > 0 && section('staff', say(words.staff), staff, language)}
    ${clients.length > 0 && section('clients', say(words.clients), clients, language)}
    ${candidates.others.length > 0 && others(view)}
  </form>
  <p class="cancel"><a href="${view.cancelAddress}">${say(words.cancel)}</a></p>
</main>`;
  return layout({
    language,
    title: say(words.title),
    body,
    switchTo: (other) => {
      const parameters = new URLSearchParams(view.parameters);
      parameters.set('ui_locales', other);
      if (search !== '') parameters.set('q', search);
      return `?${parameters.toString()}`;
    },
  });
}

function others({ candidates, language, search }: AccountPage): Html {
  const open = search === '' ? html`` : html` open`;
  return html`<details${open}><summary>${words.others[language]}</summary>
    ${list(candidates.others, language)}
    ${candidates.more && html`<p>${words.more[language]}</p>`}</details>`;
}

function section(id: string, title: string, people: Candidate[], language: Language): Html {
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${list(people, language)}</section>`;
}

/** Accounts grouped by company, in the order they came. */
function list(people: Candidate[], language: Language): Html[] {
  const companies = [...new Set(people.map(({ tenant }) => tenant.displayName))];
  return companies.map((company) => {
    const members = people.filter(({ tenant }) => tenant.displayName === company);
    return html`<h3>${company}</h3><ul class="accounts">${members.map((person) => account(person, language))}</ul>`;
  });
}

function account({ tenant, user, roles }: Candidate, language: Language): Html {
  const held = roles.map((role) => roleName(role, language)).join(', ');
  const state = !user.accountEnabled ? words.disabled : user.userType === 'Guest' ? words.guest : undefined;
  return html`<li><button class="account" name="account" value="${tenant.id}/${user.id}">
    ${avatar(user.displayName, user.id)}
    <span class="who"><strong>${user.displayName}</strong>
      ${state !== undefined && html`<span class="tag">${state[language]}</span>`}
      <span class="sub">${user.userPrincipalName}</span>
      <span class="sub">${user.jobTitle !== null && `${user.jobTitle} · `}${held === '' ? words.noRole[language] : held}</span>
      ${user.goodFor !== null && html`<span class="good"><span>${words.goodFor[language]}</span> ${user.goodFor[language]}</span>`}
    </span></button></li>`;
}

function hiddenFields(parameters: URLSearchParams): Html[] {
  return [...parameters]
    .filter(([name]) => name !== 'q')
    .map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`);
}

function withoutSearch(parameters: URLSearchParams): string {
  const kept = new URLSearchParams(parameters);
  kept.delete('q');
  return kept.toString();
}
