import { type Cloud, sandboxApplication } from '../../microsoft/clouds.ts';
import { role } from '../graph/rights.ts';
import { inTurn } from '../graph/writes.ts';
import { html } from '../html.ts';
import {
  form,
  fromAnotherSite,
  type HttpAnswer,
  json,
  page,
  redirect,
  type SandboxRequest,
} from '../http.ts';
import { avatar } from '../pages/avatar.ts';
import { languageOf, type Words } from '../pages/language.ts';
import { layout } from '../pages/layout.ts';
import type { SandboxClock, SandboxTenant, World } from '../world.ts';
import { isAllowedRedirect } from './authorize.ts';
import { type Candidate, findCandidates } from './candidates.ts';
import { problems } from './errors.ts';
import { findTenant } from './people.ts';
import { problemPage } from './problem-page.ts';
import { delegatedPermissions, readScopes } from './scopes.ts';

const words = {
  title: { vi: 'Cho phép ứng dụng', en: 'Permissions requested' },
  lead: {
    vi: 'Ứng dụng Partner Bot xin được làm việc trong thư mục của công ty này. Chọn quản trị viên toàn cầu cho phép; ở đây không cần mật khẩu.',
    en: 'The application Partner Bot asks to work in the directory of this company. Pick the Global Administrator who allows it; there are no passwords here.',
  },
  accept: { vi: 'Cho phép', en: 'Accept' },
  cancel: { vi: 'Hủy', en: 'Cancel' },
  nobody: {
    vi: 'Công ty này không có quản trị viên toàn cầu nào.',
    en: 'This company has no Global Administrator.',
  },
} satisfies Record<string, Words>;

/**
 * The page on which a Global administrator allows the application for the whole company, without any delegation:
 * `/{tenant}/v2.0/adminconsent`. https://learn.microsoft.com/entra/identity-platform/v2-admin-consent
 */
export function createAdminConsent({
  world,
  clock,
}: {
  world: World;
  clock: SandboxClock;
}): (request: SandboxRequest, cloud: Cloud, authority: string) => Promise<HttpAnswer> {
  async function administratorsOf(tenant: SandboxTenant): Promise<Candidate[]> {
    const { known, others } = await findCandidates(world, {
      cloud: tenant.cloud,
      tenantId: tenant.id,
      search: '',
    });
    return [...known, ...others].filter(({ roles }) => roles.includes(role.global));
  }

  /** What was asked for by name; `.default` stands for all that the application wants of people. */
  async function allow(tenant: SandboxTenant, asked: readonly string[]): Promise<void> {
    const applicationId = sandboxApplication.clientId;
    await world.put('applicationConsent', tenant.id, applicationId, {
      applicationId,
      displayName: 'Partner Bot',
      scopes: asked.includes('.default') ? [...delegatedPermissions] : [...asked],
      grantedBy: 'client',
      grantedAt: clock.now(),
    });
  }

  async function choice(request: SandboxRequest, tenant: SandboxTenant): Promise<HttpAnswer> {
    const language = languageOf(request);
    const people = await administratorsOf(tenant);
    const body = html`<main class="narrow"><h1>${words.title[language]}: ${tenant.displayName}</h1>
      <p class="lead">${words.lead[language]}</p>
      ${people.length === 0 && html`<p class="problem" role="alert">${words.nobody[language]}</p>`}
      <form method="post" action="?${request.query.toString()}"><ul class="accounts">${people.map(
        ({ user }) => html`<li><button class="account" name="account" value="${tenant.id}/${user.id}">
          ${avatar(user.displayName, user.id)}<span class="who"><strong>${user.displayName}</strong>
          <span class="sub">${user.userPrincipalName}</span>
          <span class="good">${words.accept[language]}</span></span></button></li>`,
      )}</ul></form>
      <p class="cancel"><a href="${back(request, refused)}">${words.cancel[language]}</a></p></main>`;
    return page(layout({ language, title: words.title[language], body }));
  }

  return async (request, cloud, authority) => {
    const language = languageOf(request);
    const clientId = request.query.get('client_id') ?? '';
    if (clientId !== sandboxApplication.clientId)
      return problemPage(problems.unknownApplication(clientId), language);
    const redirectUri = request.query.get('redirect_uri') ?? '';
    if (!isAllowedRedirect(redirectUri)) return problemPage(problems.badRedirect(redirectUri), language);
    const tenant = await findTenant(world, authority);
    if (tenant === undefined || tenant.cloud !== cloud.name)
      return problemPage(problems.unknownTenant(authority), language);
    const scope = request.query.get('scope') ?? '';
    const scopes = readScopes(scope.split(' ').filter(Boolean), cloud);
    if (scopes === undefined) return problemPage(problems.badScope(scope), language);
    if (request.method !== 'POST') return choice(request, tenant);
    if (fromAnotherSite(request)) return json(403, { error: 'The form came from another site.' });
    const account = form(request).get('account');
    const people = await administratorsOf(tenant);
    if (!people.some(({ user }) => account === `${tenant.id}/${user.id}`)) return choice(request, tenant);
    await inTurn(world, tenant.id, () => allow(tenant, scopes.permissions));
    return redirect(back(request, { admin_consent: 'True', tenant: tenant.id }), 302);
  };
}

const refused = {
  error: 'access_denied',
  error_description: 'AADSTS65004: The resource owner or authorization server denied the request.',
};

function back(request: SandboxRequest, answer: Record<string, string>): string {
  const url = new URL(request.query.get('redirect_uri') ?? '');
  const state = request.query.get('state');
  const parameters = { ...answer, ...(state === null ? {} : { state }) };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.append(name, value);
  return url.toString();
}
