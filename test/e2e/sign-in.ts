import type { Chat } from '../helpers/browser.ts';

/** Greets, opens Microsoft's page (the second link for 21Vianet), picks the account, types the code. */
export async function signInInBrowser(
  chat: Chat,
  signInName: string | RegExp,
  link = 'Đăng nhập',
): Promise<void> {
  await chat.say('đăng nhập');
  const card = await chat.waitForCard(/Mã 6 chữ số/);
  const page = await chat.opened(() => card.press(link));
  await page.getByRole('button', { name: signInName }).first().click();
  const code = ((await page.locator('.code').textContent()) ?? '').replace(/\D/g, '');
  await page.close();
  const before = await chat.say(code);
  await chat.waitForCard(/Tổng quan/, { after: before });
}
