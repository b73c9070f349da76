import { type Html, html } from '../html.ts';
import type { HttpAnswer, SandboxRequest } from '../http.ts';
import { type Language, languageOf, type Words } from '../pages/language.ts';
import type { Person } from '../sign-in/people.ts';
import type { SandboxTenant } from '../world.ts';
import { framed } from './choice-page.ts';

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

export const invitationTitle = (request: SandboxRequest, partner: SandboxTenant): string =>
  `${words.title[languageOf(request)]}: ${partner.displayName}`;

export function invalidPage(request: SandboxRequest): HttpAnswer {
  const language = languageOf(request);
  const body = html`<h1>${words.invalid[language]}</h1><p class="problem" role="alert">${words.invalidLead[language]}</p>`;
  return framed(request, words.invalid[language], body, 400);
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
  const body = html`<h1>${invitationTitle(request, partner)}</h1>
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
