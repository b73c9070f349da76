import { type Html, html } from '../html.ts';
import type { HttpAnswer, SandboxRequest } from '../http.ts';
import { avatar } from '../pages/avatar.ts';
import { type Language, languageOf } from '../pages/language.ts';
import { roleName } from '../pages/role-names.ts';
import { type Person, rolesOf } from '../sign-in/people.ts';
import type { World } from '../world.ts';
import { consolePage } from './frame.ts';
import { words } from './words.ts';

export interface WaitingMessages {
  account: string;
  count: number;
}

/** Thumbs on one answer of the bot's help. */
export interface OpinionCount {
  topic: string;
  up: number;
  down: number;
}

/** What the bot tells the console; undefined where it runs apart. */
export interface BotFacts {
  waiting: WaitingMessages[] | undefined;
  opinions: OpinionCount[] | undefined;
}

/** Who one can sign in as, what each is good for, and what messages wait for them. */
export async function accountsPage(
  request: SandboxRequest,
  world: World,
  { waiting, opinions }: BotFacts,
): Promise<HttpAnswer> {
  const language = languageOf(request);
  const people: (Person & { roles: string[] })[] = [];
  for (const tenant of await world.tenants()) {
    for (const user of await world.all('user', tenant.id)) {
      if (user.goodFor === null) continue;
      people.push({ tenant, user, roles: await rolesOf(world, tenant.id, user.id) });
    }
  }
  const body = html`<h1>${words.accounts[language]}</h1>
    <p class="lead">${words.accountsLead[language]}</p>
    ${waitingCard(waiting, language)}
    ${opinionsCard(opinions, language)}
    ${(['partner', 'client'] as const).map(
      (role) => html`<section><h2>${(role === 'partner' ? words.staff : words.clients)[language]}</h2>
        <div class="columns">${companies(
          people.filter(({ tenant }) => tenant.role === role),
          language,
        )}</div></section>`,
    )}`;
  return consolePage(request, { tab: 'accounts', title: words.accounts[language], body });
}

function companies(people: (Person & { roles: string[] })[], language: Language): Html[] {
  const ids = [...new Set(people.map(({ tenant }) => tenant.id))];
  return ids.map((id) => {
    const members = people.filter(({ tenant }) => tenant.id === id);
    return html`<div><h3><a href="/sandbox/directory?tenant=${id}">${members[0]?.tenant.displayName}</a></h3>
      <ul class="accounts">${members.map(
        ({ user, roles }) => html`<li class="account">${avatar(user.displayName, user.id)}
          <span class="who"><strong>${user.displayName}</strong>
          <span class="sub">${user.userPrincipalName}</span>
          <span class="sub">${user.jobTitle !== null && `${user.jobTitle} · `}${
            roles.map((role) => roleName(role, language)).join(', ') || words.noRole[language]
          }</span>
          <span class="good"><span>${words.goodFor[language]}</span> ${user.goodFor?.[language]}</span></span></li>`,
      )}</ul></div>`;
  });
}

function waitingCard(waiting: WaitingMessages[] | undefined, language: Language): Html {
  const content =
    waiting === undefined
      ? html`<p class="soft">${words.waitingUnknown[language]}</p>`
      : waiting.length === 0
        ? html`<p class="soft">${words.waitingNone[language]}</p>`
        : html`<p class="soft">${words.waitingLead[language]}</p><ul class="plain">${waiting.map(
            ({ account, count }) =>
              html`<li><span>${account}</span><strong>${count} ${words.messages[language]}</strong></li>`,
          )}</ul>`;
  return html`<section class="card"><h2>${words.waitingTitle[language]}</h2>${content}</section>`;
}

function opinionsCard(opinions: OpinionCount[] | undefined, language: Language): Html {
  if (opinions === undefined) return html``;
  const content =
    opinions.length === 0
      ? html`<p class="soft">${words.opinionsNone[language]}</p>`
      : html`<table><thead><tr><th>${words.opinionsTopic[language]}</th><th>👍</th><th>👎</th></tr></thead>
        <tbody>${opinions.map(
          ({ topic, up, down }) =>
            html`<tr><td data-name="${words.opinionsTopic[language]}">${topic}</td><td data-name="👍">${up}</td><td data-name="👎">${down}</td></tr>`,
        )}</tbody></table>`;
  return html`<section class="card"><h2>${words.opinionsTitle[language]}</h2>${content}</section>`;
}
