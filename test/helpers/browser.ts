import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { type Card, cardIn } from './card-in-browser.ts';
import type { Playground } from './playground.ts';
import { waitUntil } from './wait-until.ts';

/** Where to look, and how many bubbles from the top to leave out: `say` and `press` return that number. */
interface WaitOptions {
  readonly after?: number;
  readonly limitMs?: number;
}

export interface Chat {
  /** The Playground forgets the chat on a reload, and tells the bot once more that somebody has come. */
  readonly page: Page;
  /** For further pages of the same person: `context.newPage()` shares the cookies and the blocked hosts. */
  readonly context: BrowserContext;
  /** Types and sends. Resolves when our own bubble is there, with the number of bubbles before it. */
  say(text: string): Promise<number>;
  /** The text of every bubble from top to bottom, ours and the bot's, cards included. */
  messages(): Promise<readonly string[]>;
  cards(): Promise<readonly Card[]>;
  lastCard(): Promise<Card>;
  /** Resolves with the text of the first bubble that matches. */
  waitForText(pattern: RegExp, options?: WaitOptions): Promise<string>;
  /** Resolves with the last card whose text matches, new or changed in its place. */
  waitForCard(pattern: RegExp, options?: WaitOptions): Promise<Card>;
  /** Does `action` and returns the page that it opened in a new tab, loaded as far as it gets. */
  opened(action: () => Promise<unknown>): Promise<Page>;
  /** Addresses on other machines that the browser asked for, the Playground's own fonts left out; none was let through. */
  blocked(): readonly string[];
  /** Errors of the page's own scripts: a card that the Playground cannot draw ends here. */
  pageErrors(): readonly string[];
  /** Writes test-results/`name`.png, of the window as it stands; `page` is another tab. */
  screenshot(name: string, page?: Page): Promise<void>;
  close(): Promise<void>;
}

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** The browser for the tests: `CHROMIUM_PATH` alone when it is set, else the first of the usual places that exists. */
export function findChromium(): string | undefined {
  const told = process.env['CHROMIUM_PATH'];
  return (told ? [told] : usualPlaces).find((path) => existsSync(path));
}

/**
 * A mocha suite that needs a browser. Without Chromium its place is taken by one skipped test that says why,
 * or by a failing one when `REQUIRE_BROWSER=1` (as in CI).
 */
export function describeWithBrowser(title: string, suite: (this: Mocha.Suite) => void): void {
  if (findChromium()) {
    describe(title, suite);
    return;
  }
  const reason = 'no Chromium was found; CHROMIUM_PATH names one';
  describe(title, () => {
    if (process.env['REQUIRE_BROWSER'] === '1') {
      it('needs a browser', () => {
        throw new Error(`REQUIRE_BROWSER=1, but ${reason}.`);
      });
    } else {
      it(`browser tests skipped: ${reason}`, function () {
        this.skip();
      });
    }
  });
}

export const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // What the routes below do not see (web sockets, the browser itself) finds no other machine either.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1, EXCLUDE ::1',
];

/** Every message has this header; its text or card is the element beside it. Only the bot's messages name an author. */
const messageHeader = '[aria-label="Message header"]';
const composer = '[data-lexical-editor="true"][role="textbox"]';

/** The Playground's own fonts and an animation come from here; without them the page works just as well. */
const playgroundFonts = 'res-1.cdn.office.net';

/**
 * The Playground is no phone app: its chat is never narrower than 600 px and hangs out of a small window. This takes
 * away the toolbar, the avatars and the least widths, so that a card gets about the width that Teams gives it on a phone.
 */
const phoneStyle = `
  h1.fui-Text, [role="toolbar"], button[title^="Toggle app bar"] { display: none !important; }
  #root div:has(${messageHeader}), #root div:has(${composer}) {
    min-width: 0 !important; max-width: 100% !important; margin-inline: 0 !important; box-sizing: border-box;
  }
  ${messageHeader} + *, ${messageHeader} + * div { max-width: 100%; box-sizing: border-box; }
  #root div:has(> .fui-Avatar):has(+ .fai-OutputCard) { display: none !important; }`;

/**
 * Opens the Playground's personal chat in a browser of its own and resolves when the person can type.
 * `width` and `height` in CSS pixels (360 × 740 is a phone); `locale` is the browser's, the Playground always says en-US to the bot.
 */
export async function openChat(
  playground: Playground,
  { width = 1280, height = 900, locale = 'vi-VN' }: { width?: number; height?: number; locale?: string } = {},
): Promise<Chat> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('No Chromium was found; CHROMIUM_PATH names one.');
  const browser = await chromium.launch({ executablePath, args: flags });
  try {
    const context = await browser.newContext({
      viewport: { width, height },
      locale,
      serviceWorkers: 'block',
    });
    const blocked: string[] = [];
    await context.route(
      (url) => /^https?:$/.test(url.protocol) && !isLoopback(url.hostname),
      (route) => {
        const url = route.request().url();
        if (new URL(url).hostname !== playgroundFonts) blocked.push(url);
        return route.abort('blockedbyclient');
      },
    );
    const page = await context.newPage();
    const pageErrors: string[] = [];
    page.on('pageerror', (error) => pageErrors.push(error.message));
    await page.goto(playground.url);
    await page.locator(composer).waitFor();
    const hideLog = page.getByTitle('Hide log panel');
    if (await hideLog.isVisible()) await hideLog.click();
    if (width < 600) await page.addStyleTag({ content: phoneStyle });
    return chatOn({ page, context, blocked, pageErrors, close: () => browser.close() });
  } catch (error) {
    await browser.close();
    throw error;
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127\./.test(host);
}

function chatOn(parts: {
  page: Page;
  context: BrowserContext;
  blocked: readonly string[];
  pageErrors: readonly string[];
  close: () => Promise<void>;
}): Chat {
  const { page, context } = parts;
  const bubbles = page.locator(`${messageHeader} + *`);
  const own = page.locator(`${messageHeader}:not(:has([aria-label="Message author"]))`);
  const messages = async () => (await bubbles.allInnerTexts()).map((text) => text.trim());
  const count = () => bubbles.count();

  /** A late bubble can slide in above an earlier one, so that a card is known by a mark on its bubble, not by its place. */
  let marks = 0;
  const cards = async (after = 0) => {
    const names = await bubbles.evaluateAll(
      (all, { from, next }) =>
        all.slice(from).flatMap((one, at) => {
          if (!one.querySelector('.ac-adaptiveCard')) return [];
          one.dataset['card'] ??= `${next + at}`;
          return [one.dataset['card']];
        }),
      { from: after, next: marks },
    );
    marks += await count();
    return names.map((name) => cardIn({ page, bubble: page.locator(`[data-card="${name}"]`), count }));
  };
  const detail = (texts: readonly string[]) => () => `In the chat:\n${texts.join('\n---\n')}`;
  let seen: readonly string[] = [];

  return {
    page,
    context,
    messages,
    cards: () => cards(),
    lastCard: async () => {
      const last = (await cards()).at(-1);
      if (!last) throw new Error('There is no card in the chat.');
      return last;
    },
    say: async (text) => {
      const [before, ownBefore] = [await count(), await own.count()];
      await page.locator(composer).fill(text);
      await page.getByLabel('Send Message').click();
      await own.nth(ownBefore).waitFor();
      return before;
    },
    waitForText: (pattern, { after = 0, limitMs = 15_000 } = {}) =>
      waitUntil(
        async () => {
          seen = await messages();
          return seen.slice(after).find((text) => pattern.test(text));
        },
        { what: `${pattern} in the chat`, limitMs, detail: () => detail(seen)() },
      ),
    waitForCard: (pattern, { after = 0, limitMs = 15_000 } = {}) =>
      waitUntil(
        async () => {
          seen = await messages();
          for (const card of (await cards(after)).reverse()) {
            if (pattern.test(await card.text())) return card;
          }
          return undefined;
        },
        { what: `a card with ${pattern}`, limitMs, detail: () => detail(seen)() },
      ),
    opened: async (action) => {
      const [tab] = await Promise.all([context.waitForEvent('page'), action()]);
      await tab.waitForLoadState();
      return tab;
    },
    blocked: () => parts.blocked,
    pageErrors: () => parts.pageErrors,
    screenshot: async (name, tab = page) => {
      const folder = join(process.cwd(), 'test-results');
      await mkdir(folder, { recursive: true });
      await tab.screenshot({ path: join(folder, `${name}.png`) });
    },
    close: parts.close,
  };
}
