import { endOf, statusOf } from '../delegation/life.ts';
import type { Times } from '../delegation/times.ts';
import type { SandboxDelegationSettings, SandboxRelationship } from '../delegation-kinds.ts';
import { type Html, html } from '../html.ts';
import { form, type HttpAnswer, redirect, type SandboxRequest } from '../http.ts';
import { type Language, languageOf, type Words } from '../pages/language.ts';
import { hostsOf } from '../sign-in/clouds.ts';
import type { SandboxTenant, World } from '../world.ts';
import { consolePage, moment } from './frame.ts';
import { words as consoleWords } from './words.ts';

const words = {
  lead: {
    vi: 'Những gì khách hàng cho phép đối tác quản trị. Khách hàng phê duyệt và gỡ ở trung tâm quản trị của họ.',
    en: 'What clients allow partners to administer. Clients approve and remove it in their admin center.',
  },
  none: { vi: 'Chưa có quan hệ nào.', en: 'There are none yet.' },
  anyClient: { vi: 'chưa rõ khách hàng', en: 'no client named' },
  until: { vi: 'đến', en: 'until' },
  approve: { vi: 'Mở trang phê duyệt', en: 'Open the approval page' },
  clients: { vi: 'Đối tác, như khách hàng nhìn thấy', en: 'Partners, as a client sees them' },
  speed: { vi: 'Mỗi bước mất bao lâu', en: 'How long each step takes' },
  speedLead: { vi: 'Áp dụng cho các bước từ bây giờ.', en: 'For steps that begin from now on.' },
  soon: { vi: 'Khoảng một giây', en: 'About a second' },
  atOnce: { vi: 'Xong ngay', en: 'Done at once' },
  minutes: { vi: 'Vài phút theo đồng hồ, như Microsoft', en: 'Minutes of the clock, as Microsoft' },
} satisfies Record<string, Words>;

const minuteMs = 60_000;
const none: SandboxDelegationSettings = {
  by: 'real',
  readableAfterMs: 0,
  activatingAfterMs: 0,
  activeAfterMs: 0,
  worksAfterMs: 0,
  assignedAfterMs: 0,
  terminatingAfterMs: 0,
  terminatedAfterMs: 0,
};
/** The usual pace is the one that nobody chose. */
const paces: Readonly<Record<string, { name: Words; settings: SandboxDelegationSettings | undefined }>> = {
  soon: { name: words.soon, settings: undefined },
  'at-once': { name: words.atOnce, settings: none },
  minutes: {
    name: words.minutes,
    settings: {
      by: 'clock',
      readableAfterMs: minuteMs / 6,
      activatingAfterMs: minuteMs / 2,
      activeAfterMs: minuteMs,
      worksAfterMs: 3 * minuteMs,
      assignedAfterMs: minuteMs,
      terminatingAfterMs: minuteMs / 2,
      terminatedAfterMs: 2 * minuteMs,
    },
  },
};

/** Every relationship with its status now, and how long things take. */
export async function delegationPage(request: SandboxRequest, times: Times): Promise<HttpAnswer> {
  const language = languageOf(request);
  const { world } = times;
  const chosen = JSON.stringify(await world.get('delegationSettings', 'delegation', 'settings'));
  const rows = await relationshipRows(times, language);
  const adminCenter = hostsOf('worldwide')?.cloud.adminCenter.replace('https://', '') ?? '';
  const title = consoleWords.delegation[language];
  const body = html`<h1>${title}</h1><p class="lead">${words.lead[language]}</p>
    <section class="card">${rows.length === 0 ? html`<p>${words.none[language]}</p>` : html`<ul class="plain">${rows}</ul>`}
      <p><a href="/${adminCenter}/AdminPortal/Home/partners">${words.clients[language]}</a></p></section>
    <section class="card"><h2>${words.speed[language]}</h2><p class="soft">${words.speedLead[language]}</p>
      <form method="post" class="row">${Object.entries(paces).map(([id, { name, settings }]) => {
        const isChosen = JSON.stringify(settings) === chosen;
        return html`<button name="pace" value="${id}" aria-pressed="${String(isChosen)}"${isChosen ? html` class="main"` : html``}>${name[language]}</button>`;
      })}</form></section>`;
  return consolePage(request, { tab: 'delegation', title, body });
}

async function relationshipRows(times: Times, language: Language): Promise<Html[]> {
  const partners = (await times.world.tenants()).filter(({ role }) => role === 'partner');
  const rows = await Promise.all(
    partners.map(async (partner) => {
      const all = await times.world.all('relationship', partner.id);
      return all
        .toSorted((one, other) => other.createdAt - one.createdAt)
        .map((one) => relationshipRow(times, partner, one, language));
    }),
  );
  return rows.flat().filter((row) => row !== undefined);
}

function relationshipRow(
  times: Times,
  partner: SandboxTenant,
  relationship: SandboxRelationship,
  language: Language,
): Html | undefined {
  const status = statusOf(times, relationship);
  if (status === undefined) return undefined;
  const { id, displayName, customer } = relationship;
  const endsAt = endOf(times, relationship);
  const adminCenter = hostsOf(partner.cloud)?.cloud.adminCenter.replace('https://', '') ?? '';
  const approval = `/${adminCenter}/AdminPortal/Home#/partners/invitation/granularAdminRelationships/${id}`;
  return html`<li><span><strong>${partner.displayName}</strong> → ${customer?.displayName ?? words.anyClient[language]}
    <span class="tag${status === 'active' ? ' on' : ''}">${status}</span>
    <span class="soft">${displayName}${endsAt !== null && ` · ${words.until[language]} ${moment(endsAt, language, 'short')}`}</span></span>
    ${status === 'approvalPending' && html`<a class="button" href="${approval}">${words.approve[language]}</a>`}</li>`;
}

/** A press on that page. A pace that it does not know changes nothing. */
export async function changeDelegationPace(request: SandboxRequest, world: World): Promise<HttpAnswer> {
  const pace = paces[form(request).get('pace') ?? ''];
  if (pace !== undefined) {
    if (pace.settings === undefined) await world.remove('delegationSettings', 'delegation', 'settings');
    else await world.put('delegationSettings', 'delegation', 'settings', pace.settings);
  }
  return redirect('/sandbox/delegation');
}
