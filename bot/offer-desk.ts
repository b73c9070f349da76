import type { ClientDid, OfferDesk } from '../dialogs/offer-desk.ts';
import type { Account } from '../partner/accounts.ts';
import type { CloudName } from '../partner/capabilities.ts';
import { hasPutOff } from '../partner/offer-attention.ts';
import type { TenantLookups } from '../partner/tenants.ts';
import type { Changes, NewJob } from '../storage/changes.ts';
import type { Storage } from '../storage/storage.ts';
import type { Gathered } from './gathered.ts';

/** Who is told, and what is mailed, about what a client did. */
export interface OfferConsequences {
  of(did: ClientDid): Promise<Pick<Changes, 'operations' | 'jobs' | 'notices'>>;
}

export interface OfferDeskDeps {
  storage: Storage;
  tenantLookups: TenantLookups;
  offerConsequences: OfferConsequences;
  /** 256 random bits, base64url. */
  newNonce(): string;
  /** The job that ends an offer when its time is over. */
  offerExpiryJob(offerId: string, at: number): NewJob;
  /** In which cloud a partner company lives. */
  cloudOf(tenantId: string): CloudName | undefined;
  /** Address of an offer's page. */
  offerLink(code: string, language?: 'vi' | 'en'): string;
}

/** Offers of the company of this account; reads at once, writes with the turn. */
export function createOfferDesk(deps: OfferDeskDeps, gathered: Gathered, account: () => Account): OfferDesk {
  const { storage } = deps;
  const { changes } = gathered;
  const company = () => account().tenantId;
  const own = <T extends { company: string }>(found: T | undefined) =>
    found?.company === company() ? found : undefined;

  return {
    find: async (id) => own(await storage.offers.find(id)),
    byCode: storage.offers.byCode,
    list: ({ mine, ...query }) =>
      storage.offers.ofCompany(company(), { ...query, ...(mine ? { maker: account() } : {}) }),
    // What this turn has just published is not stored yet.
    version: async (offerId, number) =>
      changes.offerVersions.find((each) => each.offerId === offerId && each.number === number) ??
      storage.offers.version(offerId, number),
    acceptance: async (id) => own(await storage.acceptances.find(id)),
    acceptancesOf: async (offerId) =>
      (await storage.acceptances.ofOffer(offerId)).filter((each) => own(each) !== undefined),
    ofClient: storage.acceptances.ofClient,
    waiting: (states) => storage.acceptances.ofCompany(company(), states),
    wishing: () => storage.acceptances.wishing(company()),
    recentClients: (limit) => storage.acceptances.recentClients(company(), limit),
    async events(offerId, limit) {
      // What this turn has just done is not stored yet, and is the newest.
      const now = changes.offerEvents.filter((each) => each.offerId === offerId).toReversed();
      const before = await storage.offerEvents.ofOffer(offerId, limit);
      return [...now, ...before].filter((each) => own(each) !== undefined).slice(0, limit);
    },
    eventsOfKinds: async (...asked) =>
      (await storage.offerEvents.ofKinds(...asked)).filter((each) => own(each) !== undefined),
    eventsOfCompany: (kinds) => storage.offerEvents.ofCompany(company(), kinds),
    countOf: storage.offerEvents.count,
    async hasPutOff(offerId, tenantId, version) {
      return hasPutOff(
        await storage.offerEvents.ofKinds(offerId, ['delegation-later'], tenantId),
        tenantId,
        version,
      );
    },
    save({ offers = [], offerGuards = [], offerVersions = [], acceptances = [], offerEvents = [] }) {
      changes.offerGuards.push(...offerGuards);
      changes.offers.push(...offers);
      for (const write of offers) {
        const { id, status, expiresAt } = 'add' in write ? write.add : write.save;
        const ends = status === 'published' && expiresAt !== null;
        if (ends) changes.jobs.push(deps.offerExpiryJob(id, expiresAt));
      }
      changes.offerVersions.push(...offerVersions);
      changes.acceptances.push(...acceptances);
      changes.offerEvents.push(...offerEvents);
    },
    isInCloudOf(offer) {
      const { cloud, tenantId } = account();
      return (cloud ?? deps.cloudOf(tenantId)) === deps.cloudOf(offer.company);
    },
    newCode: deps.newNonce,
    link: deps.offerLink,
    tenantFor: (offer, tenantId) => deps.tenantLookups.asPartner(offer.company).byId(tenantId),
    async consequences(did: ClientDid) {
      const { operations = [], jobs = [], notices = [] } = await deps.offerConsequences.of(did);
      changes.operations.push(...operations);
      changes.jobs.push(...jobs);
      changes.notices.push(...notices);
    },
  };
}
