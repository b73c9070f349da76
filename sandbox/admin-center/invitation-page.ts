import { type Html, html } from '../html.ts';
import { type HttpAnswer, page, type SandboxRequest } from '../http.ts';
import { avatar } from '../pages/avatar.ts';
import { type Language, languageOf, type Words } from '../pages/language.ts';
import { layout } from '../pages/layout.ts';
import { roleName } from '../pages/role-names.ts';
import type { Candidate } from '../sign-in/candidates.ts';
import type { Person } from '../sign-in/people.ts';
import type { SandboxTenant } from '../world.ts';

/** Somebody who looks at the invitation for a company. */
export interface Client extends Person {
  /** `<tenant>/<user>`. */
  account: string;
  mayAccept: boolean;
  isCustomer: boolean;
  hasAgreed: boolean;
}

const words = {
  title: { vi: 'Lời mời của đối tác', en: 'A partner invites you' },
  choose: {
    vi: 'Trang này đứng thay trung tâm quản trị Microsoft 365. Chọn người mở đường liên kết; ở đây không cần mật khẩu.',
    en: 'This page stands in for the Microsoft 365 admin center. Pick who opens the link; there are no passwords here.',
  },
  search: { vi: 'Tìm theo tên, tên đăng nhập hoặc công ty', en: 'Find by name, sign-in name or company' },
  find: { vi: 'Tìm', en: 'Find' },
  none: { vi: 'Không tìm thấy ai.', en: 'Nobody found.' },
  noRole: { vi: 'Không có vai trò quản trị', en: 'No admin role' },
  asks: { vi: 'muốn làm đối tác bán lại của', en: 'asks to be the reseller of' },
  means: {
    vi: 'Sau khi chấp nhận, đối tác đặt mua và quản lý được gói đăng ký cho công ty bạn, và biết tên cùng tên miền của công ty. Đối tác không vào được dữ liệu hay tài khoản của công ty; chưa có gì bị tính tiền.',
    en: 'Once you accept, the partner can order and manage subscriptions for your company, and sees its name and domain. The partner cannot reach your data or accounts, and nothing is charged yet.',
  },
  sign: {
    vi: 'Ký luôn Thỏa thuận Khách hàng Microsoft thay mặt công ty',
    en: 'Also sign the Microsoft Customer Agreement for the company',
  },
  accept: { vi: 'Chấp nhận đối tác', en: 'Accept the partner' },
  signOnly: { vi: 'Ký thỏa thuận', en: 'Sign the agreement' },
  already: { vi: 'Đối tác này là đối tác bán lại của', en: 'This partner is the reseller of' },
  agreed: { vi: 'Đã có Thỏa thuận Khách hàng Microsoft.', en: 'The Microsoft Customer Agreement is there.' },
  notAgreed: {
    vi: 'Chưa có Thỏa thuận Khách hàng Microsoft.',
    en: 'The Microsoft Customer Agreement is missing.',
  },
  cannot: {
    vi: 'Chỉ Quản trị viên toàn cầu mới chấp nhận được. Hãy gửi đường liên kết này cho người đó.',
    en: 'Only a Global Administrator can accept. Send this link to that person.',
  },
  other: { vi: 'Chọn người khác', en: 'Pick somebody else' },
  invalid: { vi: 'Lời mời không dùng được', en: 'This invitation cannot be used' },
  invalidLead: {
    vi: 'Đường liên kết này không phải của một đối tác bán lại, hoặc người được chọn không được phép chấp nhận.',
    en: 'This link is not that of a reseller, or the person picked may not accept.',
  },
} satisfies Record<string, Words>;

export function invalidPage(request: SandboxRequest): HttpAnswer {
  const language = languageOf(request);
  const body = html`<h1>${words.invalid[language]}</h1><p class="problem" role="alert">${words.invalidLead[language]}</p>`;
  return framed(request, words.invalid[language], body, 400);
}

/** Who is it that opens the link? */
export function choicePage(
  request: SandboxRequest,
  partner: SandboxTenant,
  { people, search }: { people: Candidate[]; search: string },
): HttpAnswer {
  const language = languageOf(request);
  const companies = [...new Set(people.map(({ tenant }) => tenant.displayName))];
  const body = html`<h1>${words.title[language]}: ${partner.displayName}</h1>
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
  return framed(request, words.title[language], body);
}

function choice({ tenant, user, roles }: Candidate, language: Language): Html {
  const held = roles.map((role) => roleName(role, language)).join(', ');
  return html`<li><button class="account" name="account" value="${tenant.id}/${user.id}">
    ${avatar(user.displayName, user.id)}
    <span class="who"><strong>${user.displayName}</strong><span class="sub">${user.userPrincipalName}</span>
    <span class="sub">${held === '' ? words.noRole[language] : held}</span></span></button></li>`;
}

/** What accepting means, for one person of one company. */
export function invitationPage(request: SandboxRequest, partner: SandboxTenant, client: Client): HttpAnswer {
  const language = languageOf(request);
  const { tenant, user, isCustomer } = client;
  const company = html`<strong>${tenant.displayName}</strong>`;
  const sentence = isCustomer
    ? html`<p class="notice" role="status">${words.already[language]} ${company}.</p>`
    : html`<p><strong>${partner.displayName}</strong> ${words.asks[language]} ${company}.</p><p>${words.means[language]}</p>`;
  const back = new URLSearchParams(request.query);
  back.delete('account');
  const body = html`<h1>${words.title[language]}: ${partner.displayName}</h1>
    <section class="card">${sentence}
      <p class="soft">${words[client.hasAgreed ? 'agreed' : 'notAgreed'][language]}</p>
      ${client.mayAccept ? acceptForm(client, language) : html`<p class="problem" role="alert">${words.cannot[language]}</p>`}
    </section>
    <p class="soft">${user.displayName} · ${user.userPrincipalName}</p>
    <p class="cancel"><a href="?${back.toString()}">${words.other[language]}</a></p>`;
  return framed(request, words.title[language], body);
}

function acceptForm({ account, isCustomer, hasAgreed }: Client, language: Language): Html {
  if (isCustomer && hasAgreed) return html``;
  const mustSign = isCustomer
    ? html`<input type="hidden" name="agreement" value="yes">`
    : html`<p><label><input type="checkbox" class="tick" name="agreement" value="yes"> ${words.sign[language]}</label></p>`;
  return html`<form method="post"><input type="hidden" name="account" value="${account}">
    ${hasAgreed ? html`` : mustSign}
    <button class="main">${words[isCustomer ? 'signOnly' : 'accept'][language]}</button></form>`;
}

/** What the link says, carried along. */
function hiddenFields(request: SandboxRequest): Html[] {
  return [...request.query]
    .filter(([name]) => !['account', 'q'].includes(name))
    .map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`);
}

function framed(request: SandboxRequest, title: string, body: Html, status = 200): HttpAnswer {
  const language = languageOf(request);
  const switchTo = (other: Language) => {
    const query = new URLSearchParams(request.query);
    query.set('lang', other);
    return `?${query.toString()}`;
  };
  return page(layout({ language, title, body: html`<main class="narrow">${body}</main>`, switchTo }), status);
}
