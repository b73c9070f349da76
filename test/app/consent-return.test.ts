import assert from 'node:assert/strict';
import { startTestBot, type TestBot } from '../helpers/app.ts';

describe('an administrator who comes back from the consent page', () => {
  let bot: TestBot;
  before(async () => {
    bot = await startTestBot();
  });
  after(() => bot.stop());

  async function comesBack(query: string, language: 'vi' | 'en') {
    const headers = { 'accept-language': language };
    const answer = await fetch(`${bot.url}/sign-in/callback?${query}`, { headers, redirect: 'manual' });
    return { status: answer.status, text: await answer.text(), cookie: answer.headers.get('set-cookie') };
  }

  it('is told that nothing more is to be done, and nobody is signed in by it', async () => {
    const { status, text, cookie } = await comesBack('admin_consent=True&tenant=x', 'vi');
    assert.equal(status, 200);
    assert.match(text, /Không cần làm gì thêm/);
    assert.equal(cookie, null);
  });

  it('is told how it stands after a cancel, and nothing that an address could make untrue', async () => {
    const { status, text } = await comesBack('error=access_denied&error_description=%3Cb%3Ex', 'en');
    assert.equal(status, 200);
    assert.match(text, /If you have just cancelled/);
    assert.doesNotMatch(text, /<b>x/);
  });

  it('is no way past a sign-in', async () => {
    for (const query of ['admin_consent=True&state=x&code=y', 'admin_consent=False', ''])
      assert.equal((await comesBack(query, 'vi')).status, 400, query);
  });
});
