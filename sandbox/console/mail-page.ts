import { type Html, html } from '../html.ts';
import type { HttpAnswer, SandboxRequest } from '../http.ts';
import { type Language, languageOf } from '../pages/language.ts';
import type { SandboxMail, World } from '../world.ts';
import { consolePage, moment, notFoundPage } from './frame.ts';
import { words } from './words.ts';

/** Of each recipient in the list of all. */
const newest = 5;

/** Every mail, each recipient's newest first; with `?to=` all of one recipient, with `?id=` one mail. */
export async function mailPage(request: SandboxRequest, world: World): Promise<HttpAnswer> {
  const id = request.query.get('id');
  if (id !== null) return oneMail(request, world, id);
  const language = languageOf(request);
  const only = request.query.get('to')?.toLowerCase();
  const boxes = boxesOf(await mailsOf(world)).filter(({ address }) => only === undefined || address === only);
  const body = html`<h1>${words.mail[language]}</h1><p class="lead">${words.mailLead[language]}</p>
    ${only !== undefined && html`<p><a href="/sandbox/mail">${words.mailAll[language]}</a></p>`}
    ${boxes.length === 0 && html`<p class="card empty">${words.mailNone[language]}</p>`}
    ${boxes.map((box) => boxSection(box, only === undefined ? newest : box.mails.length, language))}`;
  return consolePage(request, { tab: 'mail', title: words.mail[language], body });
}

interface Box {
  address: string;
  /** Newest first. */
  mails: SandboxMail[];
}

/** All mails of all companies, newest first. */
async function mailsOf(world: World): Promise<SandboxMail[]> {
  const mails: SandboxMail[] = [];
  for (const { id } of await world.tenants()) mails.push(...(await world.all('mail', id)));
  // Of two in the same millisecond the later one was put later.
  return mails.reverse().sort((one, other) => other.sentAt - one.sentAt);
}

/** Whoever got the newest mail comes first. */
function boxesOf(mails: SandboxMail[]): Box[] {
  const boxes = new Map<string, SandboxMail[]>();
  for (const mail of mails) {
    for (const address of new Set(mail.to.map((one) => one.toLowerCase())))
      boxes.set(address, [...(boxes.get(address) ?? []), mail]);
  }
  return [...boxes].map(([address, own]) => ({ address, mails: own }));
}

function boxSection({ address, mails }: Box, shown: number, language: Language): Html {
  return html`<section class="card"><h2>${address} <span class="soft">${mails.length} ${words.mails[language]}</span></h2>
    <ul class="plain">${mails.slice(0, shown).map(
      (mail) => html`<li><span class="who"><a href="${addressOf(mail)}">${subjectOf(mail, language)}</a>
        <span class="sub">${mail.from.name} · ${mail.from.address}</span></span>
        <span class="soft">${moment(mail.sentAt, language, 'short')}</span></li>`,
    )}</ul>
    ${
      mails.length > shown &&
      html`<p><a href="/sandbox/mail?${new URLSearchParams({ to: address }).toString()}">${words.mailOlder[language]} (${mails.length - shown})</a></p>`
    }</section>`;
}

async function oneMail(request: SandboxRequest, world: World, id: string): Promise<HttpAnswer> {
  const mail = await findMail(world, id);
  if (mail === undefined) return notFoundPage(request);
  const language = languageOf(request);
  const title = subjectOf(mail, language);
  const facts: [string, string][] = [
    [words.mailFrom[language], `${mail.from.name} <${mail.from.address}>`],
    [words.mailTo[language], mail.to.join(', ')],
    ...(mail.replyTo === undefined
      ? []
      : [[words.mailReplyTo[language], mail.replyTo.join(', ')] as [string, string]]),
    [words.time[language], moment(mail.sentAt, language)],
  ];
  const body = html`<p><a href="/sandbox/mail">${words.mailAll[language]}</a></p><h1>${title}</h1>
    <dl class="facts">${facts.map(([name, fact]) => html`<div><dt>${name}</dt><dd>${fact}</dd></div>`)}</dl>
    ${
      mail.html !== null &&
      html`<section><h2>${words.mailShown[language]}</h2>
      <iframe class="mail" title="${words.mailShown[language]}: ${title}" src="/sandbox/mail/html?id=${mail.id}"
        sandbox="${popups}" referrerpolicy="no-referrer"></iframe></section>`
    }
    ${
      mail.text !== null &&
      html`<section><h2>${words.mailText[language]}</h2><pre class="card">${linked(mail.text)}</pre></section>`
    }`;
  const answer = consolePage(request, { tab: 'mail', title, body });
  const policy = answer.headers['content-security-policy'];
  answer.headers['content-security-policy'] = `${policy}; frame-src 'self'`;
  return answer;
}

const popups = 'allow-popups allow-popups-to-escape-sandbox';

/** The mail's own HTML for the frame: without scripts and forms, its links in a new tab. */
export async function mailHtml(request: SandboxRequest, world: World): Promise<HttpAnswer> {
  const mail = await findMail(world, request.query.get('id') ?? '');
  if (mail === undefined || mail.html === null) return notFoundPage(request);
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': `sandbox ${popups}; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'`,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    },
    body: `<!doctype html><base target="_blank">${mail.html}`,
  };
}

async function findMail(world: World, id: string): Promise<SandboxMail | undefined> {
  for (const tenant of await world.tenants()) {
    const mail = await world.get('mail', tenant.id, id);
    if (mail !== undefined) return mail;
  }
  return undefined;
}

function addressOf({ id }: SandboxMail): string {
  return `/sandbox/mail?id=${id}`;
}

function subjectOf({ subject }: SandboxMail, language: Language): string {
  return subject.trim() === '' ? words.mailNoSubject[language] : subject;
}

/** The text with its web addresses as links; a full stop behind one is none of it. */
function linked(text: string): Html[] {
  return text
    .split(/(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)])/)
    .map((part, index) =>
      index % 2 === 0
        ? html`${part}`
        : html`<a href="${part}" target="_blank" rel="noopener noreferrer">${part}</a>`,
    );
}
