import { randomBytes } from 'node:crypto';
import { PartnerError } from '../../partner/errors.ts';
import type { OfferTerms } from '../../partner/offers.ts';
import type { SignInAttempt } from '../../partner/sign-in.ts';
import type { Storage } from '../../storage/storage.ts';
import type { WebAnswer } from '../../web/http.ts';
import type { ClientDid } from '../../web/offer-answers.ts';
import { createOfferFlash } from '../../web/offer-flash.ts';
import { createOfferPages, type OfferPagesDeps } from '../../web/offer-pages.ts';
import { createOfferSessions } from '../../web/offer-sessions.ts';
import { pageLanguage } from '../../web/page-language.ts';
import { fabrikam, madeAt, publishedOffer } from '../partner/offer-record.ts';
import { memoryStorage } from './storage.ts';
import { vietnameseZones } from './zones.ts';

const globalAdministrator = '62e90394-69f5-4237-9190-012177145e10';
const billingAdministrator = 'b0f54661-2d74-4c50-afa3-1ec803f12efe';

export interface ClientPersonOfTest {
  tenantId: string;
  objectId: string;
  name: string;
  signInName: string;
  roles: string[] | undefined;
}

const person = (name: string, signInName: string, roles?: string[], tenantId = fabrikam) => ({
  ...{ tenantId, objectId: signInName, name, signInName, roles },
});

export const northwind = '33333333-3333-4333-8333-333333333333';
export const people = {
  minh: person('Lê Minh', 'minh@fabrikam.vn', [globalAdministrator]),
  billing: person('Thu', 'thu@fabrikam.vn', [billingAdministrator]),
  office: person('Hoa', 'hoa@fabrikam.vn', []),
  unknownRoles: person('Nam', 'nam@fabrikam.vn', undefined),
  northwind: person('Ana', 'ana@northwind.example', [globalAdministrator], northwind),
} satisfies Record<string, ClientPersonOfTest>;

/** One browser: keeps its cookie, and follows no redirect by itself. */
export interface OfferBrowser {
  get(path?: string, headers?: Record<string, string>): Promise<WebAnswer>;
  head(path?: string): Promise<WebAnswer>;
  post(
    path: string,
    form?: Record<string, string | string[]>,
    headers?: Record<string, string>,
  ): Promise<WebAnswer>;
  /** Begins at Microsoft and comes back as this person, or with this error. */
  signIn(who: ClientPersonOfTest | PartnerError | string): Promise<WebAnswer>;
  /** Sends the form of the page that has this button, with the fields that it holds and these. */
  press(what: string, fields?: Record<string, string | string[]>): Promise<WebAnswer>;
  cookie: string;
  /** Who is signed in at Microsoft in this browser; undefined: nobody. */
  known: ClientPersonOfTest | undefined;
}

export interface OfferDesk {
  storage: Storage;
  path: string;
  /** Domain time, ms. */
  now: number;
  did: ClientDid[];
  /** A code that Microsoft gives this person, for one use. */
  codeFor(who: ClientPersonOfTest | PartnerError): string;
  browser(): OfferBrowser;
  /** As a web server would ask it. */
  pages: ReturnType<typeof createOfferPages>;
}

/** The pages of one published offer, on a database of its own. `login`: where Microsoft's pages would be. */
export async function offerDesk(
  terms: Partial<OfferTerms> = {},
  change: Partial<OfferPagesDeps> = {},
  login = 'https://login.example',
): Promise<OfferDesk> {
  const storage = await memoryStorage();
  const { offer, version } = publishedOffer(terms);
  await storage.commit({ offers: [{ add: offer }], offerVersions: [version] });
  const redeemed = new Map<string, ClientPersonOfTest | PartnerError>();
  const desk: OfferDesk = {
    storage,
    path: `/offers/${offer.code}`,
    now: madeAt,
    did: [],
    codeFor,
    browser,
    pages,
  };
  let count = 0;
  const handle = createOfferPages({
    storage,
    zones: vietnameseZones,
    clock: { now: () => desk.now },
    cloudOf: () => 'worldwide',
    isPartner: () => false,
    clientSignIn: () => ({
      address: async ({ state }: SignInAttempt, again?: { silent: boolean }) =>
        `${login}/authorize?state=${state}${again?.silent ? '&prompt=none' : ''}`,
      async finish(_attempt, code) {
        const who = redeemed.get(code);
        redeemed.delete(code);
        if (who instanceof PartnerError || who === undefined) throw who ?? new PartnerError('sign-in-failed');
        return who;
      },
    }),
    tenantLookups: {
      as: () => assertUnused(),
      asPartner: () => ({
        byDomain: async () => undefined,
        byId: async (tenantId) =>
          tenantId === fabrikam ? { tenantId, name: 'Fabrikam', domain: 'fabrikam.vn' } : undefined,
      }),
    },
    relationships: {
      asPartner: () => ({
        approvalLink: (id) => `https://admin.microsoft.com/approve#${id}`,
        consentLink: (tenantId) => `https://login.microsoftonline.com/${tenantId}/v2.0/adminconsent`,
      }),
    },
    offerSessions: createOfferSessions({
      ...{ key: Buffer.alloc(32, 1), signOuts: storage.signOuts, now: () => desk.now, secure: true },
    }),
    offerFlash: createOfferFlash({ key: Buffer.alloc(32, 2), storage, now: () => desk.now, secure: true }),
    callbackAddress: 'https://bot.example/offers/callback',
    newSecret: () => randomBytes(32).toString('base64url'),
    newId: () => `id-${++count}`,
    async consequences(did) {
      desk.did.push(did);
      return {};
    },
    language: pageLanguage,
    offerLink: (code, language) => `https://bot.example/offers/${code}?lang=${language}`,
    newReference: () => 'ABCD2345',
    signInOrigins: [login],
    log: { info() {}, warn() {}, error() {} } as unknown as OfferPagesDeps['log'],
    ...change,
  });
  async function pages(request: Parameters<typeof handle>[0]): Promise<WebAnswer> {
    return handle(request);
  }
  return desk;

  function codeFor(who: ClientPersonOfTest | PartnerError): string {
    const code = randomBytes(16).toString('hex');
    redeemed.set(code, who);
    return code;
  }

  function browser(): OfferBrowser {
    async function ask(method: string, address: string, body = '', headers = {}): Promise<WebAnswer> {
      const { pathname: path, searchParams: query } = new URL(address, 'https://bot.example');
      const sent = { ...headers, cookie: self.cookie };
      const answer = await pages({ method, path, query, headers: sent, body });
      for (const set of answer.cookies ?? []) keep(set);
      return proved(answer);
    }
    /** Microsoft, asked without a page of its own, says at once who is signed in there: the one who was last. */
    async function proved(answer: WebAnswer): Promise<WebAnswer> {
      const to = answer.headers?.['location'] ?? '';
      if (!to.startsWith(`${login}/`) || !to.includes('prompt=none')) return answer;
      const state = new URL(to).searchParams.get('state');
      const { known } = self;
      const said = known === undefined ? 'error=login_required' : `code=${codeFor(known)}`;
      return ask('GET', `/offers/callback?state=${state}&${said}`);
    }
    /** One that is ended is sent no more. */
    function keep(set: string): void {
      const [pair = ''] = set.split(';');
      const [name] = pair.split('=');
      const others = self.cookie.split('; ').filter((each) => each !== '' && each.split('=')[0] !== name);
      self.cookie = [...others, ...(/Max-Age=0/.test(set) ? [] : [pair])].join('; ');
    }
    const self: OfferBrowser = {
      cookie: '',
      known: undefined,
      get: (path = desk.path, headers) => ask('GET', path, '', headers),
      head: (path = desk.path) => ask('HEAD', path),
      post: (path, form = {}, headers) => ask('POST', path, encoded(form), headers),
      async signIn(who) {
        const begun = await ask('POST', `${desk.path}/sign-in`);
        const state = new URL(begun.headers?.['location'] ?? '').searchParams.get('state');
        if (typeof who === 'string') return ask('GET', `/offers/callback?state=${state}&error=${who}`);
        if (!(who instanceof PartnerError)) self.known = who;
        return ask('GET', `/offers/callback?state=${state}&code=${codeFor(who)}`);
      },
      async press(what, fields = {}) {
        const { body } = await ask('GET', desk.path);
        const form = formsOf(body).find((each) => each.includes(`value="${what}"`));
        if (form === undefined) throw new Error(`There is no button ${what}.`);
        return ask('POST', `${desk.path}/answer`, encoded({ ...fieldsOf(form), do: what, ...fields }));
      },
    };
    return self;
  }
}

function assertUnused(): never {
  throw new Error('Pages for clients act for nobody of the staff.');
}

function formsOf(body: string): string[] {
  return body.match(/<form[\s\S]*?<\/form>/g) ?? [];
}

/** Hidden fields and numbers of a form, as a browser sends them. */
function fieldsOf(form: string): Record<string, string[]> {
  const fields: Record<string, string[]> = {};
  for (const [input] of form.matchAll(/<input[^>]*>/g)) {
    const name = /name="([^"]*)"/.exec(input)?.[1] ?? '';
    const value = /value="([^"]*)"/.exec(input)?.[1] ?? '';
    fields[name] = [...(fields[name] ?? []), value];
  }
  return fields;
}

function encoded(form: Record<string, string | string[]>): string {
  const body = new URLSearchParams();
  for (const [name, values] of Object.entries(form))
    for (const value of [values].flat()) body.append(name, value);
  return body.toString();
}
