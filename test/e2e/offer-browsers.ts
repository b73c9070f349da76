import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import type { Chat } from '../helpers/browser.ts';
import type { Card } from '../helpers/card-in-browser.ts';
import { waitUntil } from '../helpers/wait-until.ts';

const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
export const phone = { width: 360, height: 740 };

/** Somebody of their own in the Playground: the bot greets a person once. */
export function person(index: number) {
  const id = `29:person-${index}`;
  const name = `Người ${index}`;
  return {
    ...{ id, name, aadObjectId: crypto.randomUUID(), givenName: 'Người', surname: `${index}` },
    ...{ userPrincipleName: `nguoi${index}@playground.example`, email: `nguoi${index}@playground.example` },
  };
}

export async function ask(chat: Chat, text: string, pattern: RegExp): Promise<Card> {
  const before = await chat.say(text);
  return chat.waitForCard(pattern, { after: before });
}

/** The client opens the newest mail of this subject in the sandbox and follows its first link of an offer. */
export async function openMail(chat: Chat, sandbox: string, subject: RegExp, name: string): Promise<Page> {
  const page = await chat.context.newPage();
  await page.setViewportSize(phone);
  // It is sent after the card is shown.
  const mail = await waitUntil(
    async () => {
      await page.goto(`${sandbox}/sandbox/mail`);
      const found = page.getByRole('link', { name: subject }).first();
      return (await found.isVisible()) ? found : undefined;
    },
    { what: `a mail ${subject}`, limitMs: 20_000 },
  );
  await mail.click();
  await chat.screenshot(`${name}-mail`, page);
  const link = page
    .frameLocator('iframe')
    .getByRole('link', { name: /\/offers\// })
    .first();
  await page.goto((await link.getAttribute('href')) ?? '');
  await page.locator('#offer .ac-adaptiveCard').waitFor();
  return page;
}

/** Names of the rules that axe finds broken, of those that keep people out. */
export async function seriousProblems(page: Page): Promise<string[]> {
  // Its own policy forbids scripts of others, which is tested elsewhere.
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setBypassCSP', { enabled: true });
  await page.evaluate(axe);
  const found: unknown = await page.evaluate(
    `axe.run(document).then(({ violations }) => violations.filter(({ impact }) => /serious|critical/.test(impact)).map(({ id }) => id))`,
  );
  return found as string[];
}
