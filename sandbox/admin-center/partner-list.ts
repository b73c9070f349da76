import type { Cloud } from '../../microsoft/clouds.ts';
import { moment } from '../console/frame.ts';
import { ended } from '../delegation/deeds.ts';
import { endOf, statusOf } from '../delegation/life.ts';
import type { Times } from '../delegation/times.ts';
import type { SandboxRelationship } from '../delegation-kinds.ts';
import { inTurn } from '../graph/writes.ts';
import { type Html, html } from '../html.ts';
import { form, fromAnotherSite, type HttpAnswer, json, redirect, type SandboxRequest } from '../http.ts';
import { type Language, languageOf, type Words } from '../pages/language.ts';
import { roleName } from '../pages/role-names.ts';
import type { SandboxTenant } from '../world.ts';
import { choicePage, framed } from './choice-page.ts';
import { unknownPage } from './delegation-page.ts';
import { cloudOfAdminCenter } from './hosts.ts';
import { choices, type Visitor, visitorOf } from './visitors.ts';

const words = {
  title: { vi: 'Đối tác của công ty', en: 'Partners of the company' },
  none: { vi: 'Không có đối tác nào giữ vai trò quản trị.', en: 'No partner holds administrative roles.' },
  until: { vi: 'đến', en: 'until' },
  remove: { vi: 'Gỡ vai trò của đối tác', en: 'Remove partner roles' },
  over: { vi: 'đã hết hiệu lực', en: 'no longer active' },
  cannot: {
    vi: 'Chỉ Quản trị viên toàn cầu mới gỡ được.',
    en: 'Only a Global Administrator can remove them.',
  },
  other: { vi: 'Chọn người khác', en: 'Pick somebody else' },
} satisfies Record<string, Words>;

interface Held {
  partner: SandboxTenant;
  relationship: SandboxRelationship;
  status: string;
}

/** The page of the admin center on which a company sees the roles of its partners, and removes them. */
export function createPartnerList(times: Times): (request: SandboxRequest) => Promise<HttpAnswer> {
  const { world } = times;

  async function heldAt({ tenant }: Visitor): Promise<Held[]> {
    const partners = (await world.tenants()).filter(({ role }) => role === 'partner');
    const all = await Promise.all(
      partners.map(async (partner) =>
        (await world.all('relationship', partner.id)).flatMap((relationship): Held[] => {
          const status = statusOf(times, relationship);
          const isHere = relationship.approval !== null && relationship.customer?.tenantId === tenant.id;
          return isHere && status !== undefined ? [{ partner, relationship, status }] : [];
        }),
      ),
    );
    return all.flat();
  }

  /** Removed before is removed. */
  async function remove(id: string, visitor: Visitor): Promise<void> {
    const held = (await heldAt(visitor)).find(({ relationship }) => relationship.id === id);
    if (held === undefined) return;
    const { partner } = held;
    await inTurn(world, partner.id, async () => {
      const now = (await heldAt(visitor)).find(({ relationship }) => relationship.id === id);
      if (now === undefined || !isRunning(now)) return;
      await world.put('relationship', partner.id, id, await ended(times, now.relationship, 'client'));
    });
  }

  async function press(request: SandboxRequest, cloud: Cloud): Promise<HttpAnswer> {
    if (fromAnotherSite(request)) return json(403, { error: 'The form came from another site.' });
    const sent = form(request);
    const visitor = await visitorOf(world, cloud, sent.get('account') ?? '');
    if (visitor === undefined) return unknownPage(request);
    if (!visitor.isGlobalAdministrator) return list(request, visitor, 403);
    await remove(sent.get('remove') ?? '', visitor);
    const query = new URLSearchParams(request.query);
    query.set('account', visitor.account);
    return redirect(`/${request.host}${request.path}?${query.toString()}`);
  }

  async function list(request: SandboxRequest, visitor: Visitor, status = 200): Promise<HttpAnswer> {
    const language = languageOf(request);
    const held = await heldAt(visitor);
    const back = new URLSearchParams(request.query);
    back.delete('account');
    const body = html`<h1>${words.title[language]}: ${visitor.tenant.displayName}</h1>
      ${held.length === 0 && html`<p role="status">${words.none[language]}</p>`}
      ${!visitor.isGlobalAdministrator && html`<p class="problem" role="alert">${words.cannot[language]}</p>`}
      ${held.map((one) => card(one, visitor, language))}
      <p class="soft">${visitor.user.displayName} · ${visitor.user.userPrincipalName}</p>
      <p class="cancel"><a href="?${back.toString()}">${words.other[language]}</a></p>`;
    return framed(request, words.title[language], body, status);
  }

  function card(held: Held, visitor: Visitor, language: Language): Html {
    const { partner, relationship } = held;
    const isOpen = isRunning(held);
    const ends = moment(endOf(times, relationship) ?? 0, language, 'short');
    return html`<section class="card"><h2>${partner.displayName}</h2>
      <p class="soft">${relationship.displayName} · ${isOpen ? `${words.until[language]} ${ends}` : words.over[language]}</p>
      <ul>${relationship.roles.map((id) => html`<li>${roleName(id, language)}</li>`)}</ul>
      ${
        isOpen &&
        visitor.isGlobalAdministrator &&
        html`<form method="post"><input type="hidden" name="account" value="${visitor.account}">
        <button class="danger" name="remove" value="${relationship.id}">${words.remove[language]}</button></form>`
      }</section>`;
  }

  return async (request) => {
    const cloud = cloudOfAdminCenter(request.host);
    if (cloud === undefined) return unknownPage(request);
    if (request.method === 'POST') return press(request, cloud);
    const account = request.query.get('account');
    const visitor = account === null ? undefined : await visitorOf(world, cloud, account);
    if (visitor !== undefined) return list(request, visitor);
    const found = await choices(world, cloud, request, undefined);
    return choicePage(request, words.title[languageOf(request)], found);
  };
}

/** Approved and neither over nor being ended. */
function isRunning({ status }: Held): boolean {
  return ['approved', 'activating', 'active'].includes(status);
}
