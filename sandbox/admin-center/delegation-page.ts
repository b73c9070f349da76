import type { SandboxRelationship } from '../delegation-kinds.ts';
import { type Html, html } from '../html.ts';
import type { HttpAnswer, SandboxRequest } from '../http.ts';
import { type Language, languageOf, type Words } from '../pages/language.ts';
import { roleName } from '../pages/role-names.ts';
import type { SandboxTenant } from '../world.ts';
import { framed } from './choice-page.ts';
import type { Visitor } from './visitors.ts';

const words = {
  title: { vi: 'Phê duyệt vai trò của đối tác', en: 'Approve partner roles' },
  asks: { vi: 'xin được quản trị cho', en: 'asks to administer for' },
  roles: { vi: 'Các vai trò được xin', en: 'Roles asked for' },
  duration: { vi: 'Thời hạn', en: 'Duration' },
  days: { vi: 'ngày kể từ khi phê duyệt', en: 'days from the approval' },
  extends: {
    vi: 'Sau đó tự gia hạn thêm 6 tháng mỗi lần, cho đến khi bạn gỡ.',
    en: 'Afterwards it extends itself by 6 months each time, until you remove it.',
  },
  ends: { vi: 'Sau đó tự hết, không tự gia hạn.', en: 'Afterwards it ends by itself.' },
  anyTime: {
    vi: 'Bạn có thể gỡ các vai trò này bất cứ lúc nào ở trang "Đối tác của công ty".',
    en: 'You can remove these roles at any time on the page "Partners of the company".',
  },
  approve: { vi: 'Phê duyệt tất cả', en: 'Approve all' },
  decline: { vi: 'Từ chối', en: 'Decline' },
  later: { vi: 'Để sau, chưa làm gì', en: 'Leave it for later' },
  declined: {
    vi: 'Công ty bạn đã từ chối. Đối tác không được Microsoft báo; bạn vẫn có thể đổi ý và phê duyệt.',
    en: 'Your company declined. Microsoft does not tell the partner; you may still change your mind and approve.',
  },
  cannot: {
    vi: 'Chỉ Quản trị viên toàn cầu mới phê duyệt được. Hãy gửi đường liên kết này cho người đó.',
    en: 'Only a Global Administrator can approve. Send this link to that person.',
  },
  otherCompany: {
    vi: 'Yêu cầu này dành cho một công ty khác, không phải công ty của người được chọn.',
    en: 'This request is for another company, not for that of the person picked.',
  },
  approved: {
    vi: 'Đã phê duyệt. Microsoft đang bật các vai trò này.',
    en: 'Approved. Microsoft is switching the roles on.',
  },
  active: { vi: 'Các vai trò này đang có hiệu lực.', en: 'These roles are active.' },
  over: { vi: 'Các vai trò này không còn hiệu lực.', en: 'These roles are no longer active.' },
  partners: { vi: 'Đối tác của công ty', en: 'Partners of the company' },
  other: { vi: 'Chọn người khác', en: 'Pick somebody else' },
  unknown: { vi: 'Yêu cầu không còn dùng được', en: 'This request cannot be used' },
  unknownLead: {
    vi: 'Đường liên kết sai, đối tác đã bỏ yêu cầu, hoặc đã quá 90 ngày không ai phê duyệt. Hãy hỏi lại đối tác.',
    en: 'The link is wrong, the partner gave the request up, or nobody approved it for 90 days. Ask the partner.',
  },
} satisfies Record<string, Words>;

/** A relationship that the link leads to, with its partner. */
export interface Asked {
  relationship: SandboxRelationship;
  partner: SandboxTenant;
  status: string;
}

/** Whether this person may answer for the company that is asked; a relationship without a client asks whoever comes. */
export function mayAnswer({ relationship, status }: Asked, visitor: Visitor): boolean {
  return visitor.isGlobalAdministrator && status === 'approvalPending' && isAsked(relationship, visitor);
}

function isAsked({ customer }: SandboxRelationship, { tenant }: Visitor): boolean {
  return customer === null || customer.tenantId === tenant.id;
}

export const approvalTitle = (request: SandboxRequest, { partner }: Asked): string =>
  `${words.title[languageOf(request)]}: ${partner.displayName}`;

/** For a link that leads nowhere, or no longer. */
export function unknownPage(request: SandboxRequest): HttpAnswer {
  const language = languageOf(request);
  const title = words.unknown[language];
  const body = html`<h1>${title}</h1><p class="problem" role="alert">${words.unknownLead[language]}</p>`;
  return framed(request, title, body, 404);
}

/** What the partner asks for, and the answers that this person may give. */
export function approvalPage(
  request: SandboxRequest,
  asked: Asked,
  visitor: Visitor,
  status = 200,
): HttpAnswer {
  const language = languageOf(request);
  const { relationship, partner } = asked;
  const { user, tenant, account } = visitor;
  const title = approvalTitle(request, asked);
  const back = new URLSearchParams(request.query);
  back.delete('account');
  const body = html`<h1>${title}</h1>
    <section class="card">
      ${
        isAsked(relationship, visitor)
          ? html`<p><strong>${partner.displayName}</strong> ${words.asks[language]} <strong>${tenant.displayName}</strong>.</p>
      ${wanted(relationship, language)} ${answers(asked, visitor, language)}`
          : html`<p class="problem" role="alert">${words.otherCompany[language]}</p>`
      }
    </section>
    <p class="soft">${user.displayName} · ${user.userPrincipalName}</p>
    <p><a href="/${request.host}/AdminPortal/Home/partners?account=${encodeURIComponent(account)}">${words.partners[language]}</a></p>
    <p class="cancel"><a href="?${back.toString()}">${words.other[language]}</a></p>`;
  return framed(request, title, body, status);
}

function wanted({ displayName, roles, days, autoExtends }: SandboxRelationship, language: Language): Html {
  return html`<p class="soft">${displayName}</p><h2>${words.roles[language]}</h2>
    <ul>${roles.map((id) => html`<li>${roleName(id, language)}</li>`)}</ul>
    <p>${words.duration[language]}: <strong>${days}</strong> ${words.days[language]}.
      ${words[autoExtends ? 'extends' : 'ends'][language]}</p>
    <p class="soft">${words.anyTime[language]}</p>`;
}

function answers(asked: Asked, visitor: Visitor, language: Language): Html {
  const { status, relationship } = asked;
  if (status !== 'approvalPending') {
    const isComing = status === 'approved' || status === 'activating';
    const now = isComing ? 'approved' : status === 'active' ? 'active' : 'over';
    return html`<p class="notice" role="status">${words[now][language]}</p>`;
  }
  if (!mayAnswer(asked, visitor)) return html`<p class="problem" role="alert">${words.cannot[language]}</p>`;
  return html`${relationship.isDeclined && html`<p class="notice" role="status">${words.declined[language]}</p>`}
    <form method="post" class="row"><input type="hidden" name="account" value="${visitor.account}">
      <button class="main" name="answer" value="approve">${words.approve[language]}</button>
      <button name="answer" value="decline">${words.decline[language]}</button>
      <a class="button" href="/">${words.later[language]}</a></form>`;
}
