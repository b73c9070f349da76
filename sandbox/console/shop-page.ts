import { html } from '../html.ts';
import { form, type HttpAnswer, redirect, type SandboxRequest } from '../http.ts';
import { type Language, languageOf, type Words } from '../pages/language.ts';
import { cataloguePlaces } from '../seed/catalogue.ts';
import type { SandboxShopSettings } from '../shop-kinds.ts';
import type { World } from '../world.ts';
import { consolePage } from './frame.ts';
import { words as consoleWords } from './words.ts';

const words = {
  lead: {
    vi: 'Những gì Partner Center bán cho khách hàng của đối tác. Ngừng bán một sản phẩm để xem điều gì xảy ra với thư chào hàng còn mở.',
    en: 'What Partner Center sells to clients of partners. Withdraw a product to see what becomes of an offer that is open.',
  },
  product: { vi: 'Sản phẩm', en: 'Product' },
  hasTrial: { vi: 'có bản dùng thử', en: 'has a trial' },
  withdrawn: { vi: 'đã ngừng bán', en: 'withdrawn' },
  withdraw: { vi: 'Ngừng bán', en: 'Withdraw' },
  sell: { vi: 'Bán lại', en: 'Sell again' },
  speed: { vi: 'Đơn hàng mất bao lâu', en: 'How long orders take' },
  speedLead: {
    vi: 'Áp dụng cho các đơn đặt từ bây giờ.',
    en: 'For orders that are placed from now on.',
  },
  soon: { vi: 'Khoảng một giây', en: 'About a second' },
  atOnce: { vi: 'Xong ngay', en: 'Done at once' },
  quarter: {
    vi: 'Hiện sau 15 phút, xong sau 20 phút theo đồng hồ',
    en: 'Shown after 15, done after 20 minutes of the clock',
  },
} satisfies Record<string, Words>;

const minuteMs = 60_000;
/** The usual pace is the one that nobody chose. */
const paces: Readonly<Record<string, { name: Words; settings: SandboxShopSettings | undefined }>> = {
  soon: { name: words.soon, settings: undefined },
  'at-once': { name: words.atOnce, settings: { by: 'real', visibleAfterMs: 0, completedAfterMs: 0 } },
  quarter: {
    name: words.quarter,
    settings: { by: 'clock', visibleAfterMs: 15 * minuteMs, completedAfterMs: 20 * minuteMs },
  },
};

/** What is for sale, and how long orders take; both can be changed. */
export async function shopPage(request: SandboxRequest, world: World): Promise<HttpAnswer> {
  const language = languageOf(request);
  const chosen = JSON.stringify(await world.get('shopSettings', 'shop', 'settings'));
  const products = await productRows(world, language);
  const body = html`<h1>${consoleWords.shop[language]}</h1><p class="lead">${words.lead[language]}</p>
    <section class="card"><h2>${words.product[language]}</h2><ul class="plain">${products}</ul></section>
    <section class="card"><h2>${words.speed[language]}</h2><p class="soft">${words.speedLead[language]}</p>
      <form method="post" class="row">${Object.entries(paces).map(([id, { name, settings }]) => {
        const isChosen = JSON.stringify(settings) === chosen;
        return html`<button name="pace" value="${id}" aria-pressed="${String(isChosen)}"${isChosen ? html` class="main"` : html``}>${name[language]}</button>`;
      })}</form></section>`;
  return consolePage(request, { tab: 'shop', title: consoleWords.shop[language], body });
}

async function productRows(world: World, language: Language) {
  const sold = new Set((await world.all('product', 'worldwide')).map(({ id }) => id));
  const seeded = cataloguePlaces().filter(({ tenantId }) => tenantId === 'worldwide');
  return seeded.map(({ id, product }) => {
    const isSold = sold.has(id);
    const action = isSold ? 'withdraw' : 'sell';
    return html`<li><span>${product.title}
      ${product.skus.some(({ isTrial }) => isTrial) && html`<span class="tag">${words.hasTrial[language]}</span>`}
      ${!isSold && html`<span class="tag bad">${words.withdrawn[language]}</span>`}</span>
      <form method="post"><button name="${action}" value="${id}"
        aria-label="${words[action][language]}: ${product.title}">${words[action][language]}</button></form></li>`;
  });
}

/** A press on that page: `withdraw` or `sell` with a product, or `pace`. What it does not know changes nothing. */
export async function changeShop(request: SandboxRequest, world: World): Promise<HttpAnswer> {
  const sent = form(request);
  const place = (name: string) => cataloguePlaces().filter(({ id }) => id === sent.get(name));
  for (const { tenantId, id } of place('withdraw')) await world.remove('product', tenantId, id);
  for (const { tenantId, id, product } of place('sell')) await world.put('product', tenantId, id, product);
  const pace = paces[sent.get('pace') ?? ''];
  if (pace !== undefined) {
    if (pace.settings === undefined) await world.remove('shopSettings', 'shop', 'settings');
    else await world.put('shopSettings', 'shop', 'settings', pace.settings);
  }
  return redirect('/sandbox/shop');
}
