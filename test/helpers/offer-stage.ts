import assert from 'node:assert/strict';
import { answer, type ClientAction } from '../../partner/answering.ts';
import type { Acceptance, Offer, OfferVersion } from '../../partner/offers.ts';
import { roleIds } from '../../partner/role-ids.ts';
import type { TestBot } from './app.ts';
import type { Desk } from './desk.ts';
import type { Received } from './fake-channel.ts';
import { cardOf } from './fake-channel-person.ts';

/** Values of the choices of this question whose title fits. */
export function choicesOf(received: Received, id: string, title: RegExp): string[] {
  const found: string[] = [];
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(walk);
    else if (typeof value === 'object' && value !== null) {
      const node = value as { id?: string; choices?: { title: string; value: string }[] };
      const fitting = node.id === id ? (node.choices ?? []) : [];
      found.push(...fitting.filter((each) => title.test(each.title)).map((each) => each.value));
      Object.values(value).forEach(walk);
    }
  };
  walk(cardOf(received));
  return found;
}

/** The one choice that fits. */
export function choice(received: Received, id: string, title: RegExp): string {
  const [found] = choicesOf(received, id, title);
  assert.ok(found !== undefined, `no choice ${title} of ${id}`);
  return found;
}

/** From the command to the preview, by somebody who reads Vietnamese. */
export async function previewOffer(desk: Desk, inputs: Record<string, unknown>): Promise<Received> {
  await desk.person.say('chào hàng');
  const form = await desk.see(/Bước 1\/2/);
  const service = choice(form, 'service', /Business Standard/);
  await desk.press(form, 'Xem trước', { service, seats: '15', ...inputs });
  return desk.see(/Khách hàng sẽ thấy/);
}

/** Lan's *Đúng rồi*, without which nothing is published. */
export async function confirmCompany(desk: Desk): Promise<void> {
  await desk.person.say('công ty');
  await desk.press(await desk.see(/Chưa ai xác nhận/), 'Đúng rồi');
  await desk.see(/✓/);
}

/** The newest offer of this company. */
export async function newestOffer(bot: TestBot, company: string): Promise<Offer> {
  const [offer] = await bot.app.storage.offers.ofCompany(company, { limit: 1 });
  assert.ok(offer, 'no offer');
  return offer;
}

export async function versionOf(bot: TestBot, offer: Offer, number = offer.version): Promise<OfferVersion> {
  const version = await bot.app.storage.offers.version(offer.id, number);
  assert.ok(version, 'no version');
  return version;
}

/** Somebody of a client does this with an offer, as the page would have it stored. */
export async function clientDoes(
  bot: TestBot,
  offer: Offer,
  client: { tenantId: string; objectId: string; name: string; domain: string; signInName: string },
  action: (version: OfferVersion) => ClientAction,
): Promise<Acceptance> {
  const { storage } = bot.app;
  const version = await versionOf(bot, offer);
  const { tenantId, objectId, name, domain, signInName } = client;
  const existing = await storage.acceptances.ofClient(offer.id, tenantId);
  const { acceptance, events } = answer({
    ...{ offer, version, existing, now: bot.sandbox.clock.now(), newId: () => crypto.randomUUID() },
    client: {
      ...{ tenantId, name, domain, roles: [roleIds.globalAdministrator] },
      person: { objectId, name: `Minh của ${name}`, signInName },
    },
    action: action(version),
  });
  await storage.commit({ offerEvents: events, ...(acceptance ? { acceptances: [acceptance] } : {}) });
  const after = await storage.acceptances.ofClient(offer.id, tenantId);
  assert.ok(after, 'no acceptance');
  return after;
}
