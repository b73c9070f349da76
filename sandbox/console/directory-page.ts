import { type Html, html } from '../html.ts';
import type { HttpAnswer, SandboxRequest } from '../http.ts';
import { avatar } from '../pages/avatar.ts';
import { type Language, languageOf } from '../pages/language.ts';
import { roleName } from '../pages/role-names.ts';
import { folded } from '../seed/identifiers.ts';
import type { SandboxSku, SandboxTenant, SandboxUser, World } from '../world.ts';
import { consolePage, moment } from './frame.ts';
import { words } from './words.ts';

const shown = 100;

/** One company as Microsoft sees it: users with roles, groups and licences, products, domains. */
export async function directoryPage(request: SandboxRequest, world: World): Promise<HttpAnswer> {
  const language = languageOf(request);
  const tenants = await world.tenants();
  const tenant = tenants.find(({ id }) => id === request.query.get('tenant')) ?? tenants[0];
  const search = (request.query.get('q') ?? '').slice(0, 200);
  const body = html`<h1>${words.directory[language]}</h1>
    <p class="lead">${words.directoryLead[language]}</p>
    ${chooser(tenants, tenant, search, language)}
    ${tenant !== undefined && (await company(world, tenant, search, language))}`;
  return consolePage(request, { tab: 'directory', title: words.directory[language], body });
}

function chooser(
  tenants: SandboxTenant[],
  chosen: SandboxTenant | undefined,
  search: string,
  language: Language,
): Html {
  const options = (role: SandboxTenant['role']) =>
    tenants
      .filter((tenant) => tenant.role === role)
      .map(({ id, displayName }) => {
        const selected = id === chosen?.id ? html` selected` : html``;
        return html`<option value="${id}"${selected}>${displayName}</option>`;
      });
  return html`<form method="get" class="card" role="search"><div class="fields">
    <div><label for="tenant">${words.company[language]}</label><select id="tenant" name="tenant">
      <optgroup label="${words.partners[language]}">${options('partner')}</optgroup>
      <optgroup label="${words.clients[language]}">${options('client')}</optgroup></select></div>
    <div><label for="q">${words.find[language]}</label><input id="q" name="q" type="search" value="${search}"></div>
    </div><button>${words.show[language]}</button></form>`;
}

async function company(
  world: World,
  tenant: SandboxTenant,
  search: string,
  language: Language,
): Promise<Html> {
  const users = await world.all('user', tenant.id);
  const deleted = await world.all('deletedUser', tenant.id);
  const skus = await world.all('sku', tenant.id);
  const domains = await world.all('domain', tenant.id);
  const groups = new Map((await world.all('group', tenant.id)).map((group) => [group.id, group.displayName]));
  const memberships = await world.all('membership', tenant.id);
  const assignments = await world.all('roleAssignment', tenant.id);
  const wanted = folded(search);
  const found = users
    .filter((user) => folded(`${user.displayName} ${user.userPrincipalName}`).includes(wanted))
    .reverse();

  const row = (user: SandboxUser, state: Html | false): Html => {
    const roles = assignments.filter(({ principalId }) => principalId === user.id);
    const memberOf = memberships.filter(({ userId }) => userId === user.id);
    return html`<tr>
      <td><span class="person">${avatar(user.displayName, user.id)}<span class="who"><strong>${user.displayName}</strong> ${state}
        <span class="sub">${user.userPrincipalName}</span></span></span></td>
      ${cell(
        words.role[language],
        roles.map((role) => roleName(role.roleDefinitionId, language)),
      )}
      ${cell(
        words.group[language],
        memberOf.map(({ groupId }) => groups.get(groupId) ?? groupId),
      )}
      ${cell(
        words.licence[language],
        user.licences.map((id) => productName(id, skus)),
      )}
      <td data-name="${words.created[language]}"><span class="soft">${moment(Date.parse(user.createdDateTime), language, 'short')}</span></td>
    </tr>`;
  };
  const rows = [
    ...found.slice(0, shown).map((user) => row(user, stateOf(user, language))),
    ...deleted.map((user) => row(user, html`<span class="tag bad">${words.deleted[language]}</span>`)),
  ];

  return html`<h2>${tenant.displayName}</h2>
    <div class="cards">
      <section class="card"><h2>${words.domains[language]}</h2><ul class="plain">${domains.map(
        (
          domain,
        ) => html`<li><span>${domain.id}</span><span>${domain.isDefault && html`<span class="tag on">${words.defaultDomain[language]}</span>`}
          ${!domain.isVerified && html`<span class="tag bad">${words.unverified[language]}</span>`}</span></li>`,
      )}</ul></section>
      ${skus.length > 0 && html`<section class="card"><h2>${words.licence[language]}</h2>${skus.map((sku) => meter(sku, users))}</section>`}
    </div>
    <h2>${words.users[language]} <span class="soft">${found.length} ${words.people[language]} · ${words.newestFirst[language]}</span></h2>
    ${rows.length === 0 && html`<p class="card empty">${words.noUsers[language]}</p>`}
    ${
      rows.length > 0 &&
      html`<div class="table"><table class="stack"><thead><tr>
      ${[words.person, words.role, words.group, words.licence, words.created].map((name) => html`<th scope="col">${name[language]}</th>`)}
      </tr></thead><tbody>${rows}</tbody></table></div>`
    }`;
}

function stateOf(user: SandboxUser, language: Language): Html | false {
  if (!user.accountEnabled) return html`<span class="tag bad">${words.blocked[language]}</span>`;
  return user.userType === 'Guest' && html`<span class="tag">${words.guest[language]}</span>`;
}

function cell(name: string, texts: string[]): Html {
  if (texts.length === 0) return html`<td class="none">–</td>`;
  return html`<td data-name="${name}">${texts.map((text) => html`<span class="tag on">${text}</span>`)}</td>`;
}

/** Names that people know; the part number where there is none. */
const productNames: Readonly<Record<string, string>> = {
  O365_BUSINESS_ESSENTIALS: 'Business Basic',
  O365_BUSINESS_PREMIUM: 'Business Standard',
  SPB: 'Business Premium',
  SPE_E3: 'Microsoft 365 E3',
  POWER_BI_STANDARD: 'Fabric (Free)',
};

function productName(skuId: string, skus: SandboxSku[]): string {
  const partNumber = skus.find((sku) => sku.skuId === skuId)?.skuPartNumber ?? skuId;
  return productNames[partNumber] ?? partNumber;
}

function meter(sku: SandboxSku, users: SandboxUser[]): Html {
  const used = users.filter(({ licences }) => licences.includes(sku.skuId)).length;
  const width = sku.enabled === 0 ? 100 : Math.min(100, Math.round((used / sku.enabled) * 100));
  return html`<p>${productName(sku.skuId, [sku])} <span class="soft">${used} / ${sku.enabled}</span>
    <span class="meter${used >= sku.enabled ? ' full' : ''}"><svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect width="${width}" height="6"/></svg></span></p>`;
}
