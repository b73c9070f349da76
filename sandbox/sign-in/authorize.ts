import { type Cloud, sandboxApplication } from '../../microsoft/clouds.ts';
import {
  form,
  fromAnotherSite,
  type HttpAnswer,
  json,
  page,
  redirect,
  type SandboxRequest,
} from '../http.ts';
import { type Language, languageOf } from '../pages/language.ts';
import type { World } from '../world.ts';
import { accountPage } from './account-page.ts';
import type { createBrowserSessions } from './browser-session.ts';
import { findCandidates } from './candidates.ts';
import { problems, type SignInProblem } from './errors.ts';
import type { Grants } from './grants.ts';
import { findPerson, findTenant, type Person } from './people.ts';
import { problemPage } from './problem-page.ts';
import { readScopes } from './scopes.ts';

export interface Authorize {
  answer(request: SandboxRequest, cloud: Cloud, authority: string): Promise<HttpAnswer>;
}

interface Wish {
  clientId: string;
  redirectUri: string;
  responseMode: 'query' | 'fragment';
  scopes: string[];
  state: string | null;
  nonce: string | undefined;
  codeChallenge: string | undefined;
  prompt: string;
}

const authorities = ['common', 'organizations'];

/** `/{tenant}/oauth2/v2.0/authorize`: https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow */
export function createAuthorize({
  world,
  grants,
  sessions,
}: {
  world: World;
  grants: Grants;
  sessions: ReturnType<typeof createBrowserSessions>;
}): Authorize {
  async function tenantOf(cloud: Cloud, authority: string): Promise<string | undefined | SignInProblem> {
    if (authorities.includes(authority.toLowerCase())) return undefined;
    if (authority.toLowerCase() === 'consumers') return problems.personalAccounts;
    const tenant = await findTenant(world, authority);
    return tenant?.cloud === cloud.name ? tenant.id : problems.unknownTenant(authority);
  }

  async function pick(wish: Wish, cloud: Cloud, tenantId: string | undefined, account: string) {
    const [chosenTenant = '', objectId = ''] = account.split('/');
    const person = await findPerson(world, chosenTenant, objectId);
    if ('error' in person) return person;
    return belongs(person, cloud, tenantId) ? { person, code: await codeFor(wish, person) } : problems.guest;
  }

  const belongs = ({ tenant }: Person, cloud: Cloud, tenantId: string | undefined) =>
    tenant.cloud === cloud.name && (tenantId ?? tenant.id) === tenant.id;

  function codeFor(wish: Wish, person: Person): Promise<string> {
    const { clientId, redirectUri, scopes, nonce, codeChallenge } = wish;
    return grants.issueCode({
      tenantId: person.tenant.id,
      objectId: person.user.id,
      clientId,
      redirectUri,
      scopes,
      nonce,
      codeChallenge,
    });
  }

  /**
   * Who is signed in in this browser and is the one that is asked for. A page that asks to pick an account shows the list
   * whoever that is. https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#request-an-authorization-code
   */
  async function signedIn(
    request: SandboxRequest,
    wish: Wish,
    cloud: Cloud,
    tenantId: string | undefined,
  ): Promise<Person | undefined> {
    if (wish.prompt !== '' && wish.prompt !== 'none') return undefined;
    const person = await sessions.read(request);
    if (person === undefined || !belongs(person, cloud, tenantId)) return undefined;
    const hint = (request.query.get('login_hint') ?? '').toLowerCase();
    return hint === '' || hint === person.user.userPrincipalName.toLowerCase() ? person : undefined;
  }

  async function show(
    request: SandboxRequest,
    wish: Wish,
    about: { cloud: Cloud; tenantId: string | undefined; language: Language; problem?: SignInProblem },
  ): Promise<HttpAnswer> {
    const { cloud, tenantId, language, problem } = about;
    const parameters = new URLSearchParams(request.query);
    parameters.delete('q');
    const search = (request.query.get('q') ?? '').trim().slice(0, 200);
    const html = accountPage({
      language,
      candidates: await findCandidates(world, { cloud: cloud.name, tenantId, search }),
      search,
      loginHint: request.query.get('login_hint') ?? '',
      parameters,
      cancelAddress: back(wish, {
        error: 'access_denied',
        error_subcode: 'cancel',
        error_description: 'AADSTS65004: User declined to consent to access the app.',
      }),
      problem: problem && `AADSTS${problem.number}: ${problem.text}`,
    });
    return page(html, problem === undefined ? 200 : 400);
  }

  return {
    async answer(request, cloud, authority) {
      const language = languageOf(request);
      const wish = readWish(request.query);
      if ('error' in wish) return problemPage(wish, language);
      const refusal = wishProblem(wish, request.query, cloud);
      if (refusal !== undefined) return redirect(back(wish, described(refusal)), 302);
      const tenantId = await tenantOf(cloud, authority);
      if (typeof tenantId === 'object') return problemPage(tenantId, language);
      const person = request.method === 'POST' ? undefined : await signedIn(request, wish, cloud, tenantId);
      if (person !== undefined) return redirect(back(wish, granted(await codeFor(wish, person))), 302);
      if (wish.prompt === 'none') return redirect(back(wish, nobodySignedIn), 302);
      if (request.method !== 'POST') return show(request, wish, { cloud, tenantId, language });
      if (fromAnotherSite(request)) return json(403, { error: 'The form came from another site.' });
      const picked = await pick(wish, cloud, tenantId, form(request).get('account') ?? '');
      if ('error' in picked) return show(request, wish, { cloud, tenantId, language, problem: picked });
      const cookie = await sessions.begin(request.host, picked.person);
      return redirect(back(wish, granted(picked.code)), 302, cookie);
    },
  };
}

const granted = (code: string) => ({ code, session_state: crypto.randomUUID() });

const nobodySignedIn = {
  error: 'login_required',
  error_description: 'AADSTS50058: A silent sign-in request was sent but no user is signed in.',
};

/** Only these two faults may not be answered by a redirect: whom would it go to? */
function readWish(query: URLSearchParams): Wish | SignInProblem {
  const clientId = query.get('client_id') ?? '';
  if (clientId !== sandboxApplication.clientId) return problems.unknownApplication(clientId);
  const redirectUri = query.get('redirect_uri') ?? '';
  if (!isAllowedRedirect(redirectUri)) return problems.badRedirect(redirectUri);
  return {
    clientId,
    redirectUri,
    responseMode: query.get('response_mode') === 'fragment' ? 'fragment' : 'query',
    scopes: (query.get('scope') ?? '').split(/\s+/).filter((word) => word !== ''),
    state: query.get('state'),
    nonce: query.get('nonce') ?? undefined,
    codeChallenge: query.get('code_challenge') ?? undefined,
    prompt: query.get('prompt') ?? '',
  };
}

function wishProblem(wish: Wish, query: URLSearchParams, cloud: Cloud): SignInProblem | undefined {
  const responseMode = query.get('response_mode') ?? 'query';
  if (query.get('response_type') !== 'code') return problems.badResponseType;
  if (responseMode !== 'query' && responseMode !== 'fragment') return problems.badResponseType;
  if (wish.scopes.length === 0) return problems.missing('scope');
  if (readScopes(wish.scopes, cloud) === undefined) return problems.badScope(wish.scopes.join(' '));
  const challenge = wish.codeChallenge;
  if (challenge === undefined) return undefined;
  const isS256 = query.get('code_challenge_method') === 'S256' && /^[\w-]{43,128}$/.test(challenge);
  return isS256 ? undefined : problems.badChallenge;
}

/** Loopback over http, anything else over https: https://learn.microsoft.com/entra/identity-platform/reply-url */
export function isAllowedRedirect(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, hash } = new URL(address);
  if (hash !== '') return false;
  const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return protocol === 'https:' || (protocol === 'http:' && isLoopback);
}

function described(problem: SignInProblem): Record<string, string> {
  return { error: problem.error, error_description: `AADSTS${problem.number}: ${problem.text}` };
}

function back(wish: Wish, answer: Record<string, string>): string {
  const url = new URL(wish.redirectUri);
  const parameters = new URLSearchParams(answer);
  if (wish.state !== null) parameters.set('state', wish.state);
  if (wish.responseMode === 'fragment') {
    url.hash = parameters.toString();
  } else {
    for (const [name, value] of parameters) url.searchParams.append(name, value);
  }
  return url.toString();
}
