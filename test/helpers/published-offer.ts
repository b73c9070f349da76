import type { AccountRef } from '../../partner/accounts.ts';
import { newDraft, type Published, publish } from '../../partner/offer-life.ts';
import type { OfferTerms } from '../../partner/offers.ts';
import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import { offerTerms, offerView } from '../partner/offer-record.ts';
import type { TestBot } from './app.ts';
import { hanoi } from './zones.ts';

/** Link codes are 256 random bits; these only look so. */
const codeOf = (name: string) => `${name}-${'x'.repeat(43)}`.slice(0, 43);

/** An offer of Contoso by its seller Lan, or somebody else of it, for Fabrikam, published now and stored. */
export async function publishedAt(
  bot: TestBot,
  name: string,
  change: Partial<OfferTerms> = {},
  maker: AccountRef = seedAccounts.sales,
): Promise<Published> {
  const { tenantId, objectId } = maker;
  const recipient = { ...offerTerms().recipient, tenantId: seedTenants.fabrikam };
  const terms = offerTerms({ recipient, ...change });
  const now = bot.sandbox.clock.now();
  const { signature, contact } = offerView();
  const draft = newDraft({
    ...{ id: name, company: tenantId, code: codeOf(name), maker: { tenantId, objectId } },
    ...{ makerName: 'Nguyễn Thị Lan', terms, now },
  });
  const by = { tenantId, objectId };
  const hash = (text: string) => `hash-${text.length}`;
  const published = publish(draft, { signature, contact, by, now, zone: hanoi, hash });
  await bot.app.storage.commit({ offers: [{ add: published.offer }], offerVersions: [published.version] });
  return published;
}
