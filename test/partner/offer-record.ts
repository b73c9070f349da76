import type { OfferView } from '../../cards/offer.ts';
import type {
  Acceptance,
  CompanySignature,
  Offer,
  OfferLine,
  OfferTerms,
  OfferVersion,
} from '../../partner/offers.ts';

const day = 24 * 60 * 60 * 1000;

/** 9:00 on 2 March 2026 in Vietnam. */
export const madeAt = Date.UTC(2026, 2, 2, 2);
export const endsAt = madeAt + 14 * day;
const partner = '11111111-1111-4111-8111-111111111111';
export const fabrikam = '22222222-2222-4222-8222-222222222222';
const lan = { tenantId: partner, objectId: '11111111-1111-4111-8111-000000000001' };

/** A service with a stated price, of which a client may choose 1 to 300 licences. */
export function offeredLine(change: Partial<OfferLine> = {}): OfferLine {
  return {
    ...{ item: 'CFQ7TTC0LDPB:0001', name: 'Microsoft 365 Business Standard', seats: 15 },
    ...{ minSeats: 1, maxSeats: 300, trial: false, term: 'P1Y', billing: 'monthly' },
    price: { amount: '250000', currency: 'VND', per: 'month', vat: 'excluded' },
    ...change,
  };
}

export const signature: CompanySignature = {
  name: 'Contoso Partner',
  address: ['12 Lê Lợi, Tầng 5', 'Thành phố Hồ Chí Minh', 'Việt Nam'],
  phone: '+84 28 3822 0100',
  mail: 'lienhe@contosopartner.vn',
  website: 'www.contosopartner.vn',
  domains: ['contosopartner.vn'],
  partnerId: '1234567',
};

export function offerTerms(change: Partial<OfferTerms> = {}): OfferTerms {
  return {
    ...{ kind: 'purchase', route: 'reseller', portalLink: null, language: 'vi', validDays: 14 },
    recipient: { name: 'Fabrikam', tenantId: fabrikam, domain: 'fabrikam.vn', person: 'Minh', mail: '' },
    lines: [offeredLine()],
    note: 'Chào anh Minh, em gửi báo giá như đã trao đổi.\nCần gì anh gọi em nhé.',
    ...change,
  };
}

export function offerView(change: Partial<OfferTerms> = {}): OfferView {
  return {
    terms: offerTerms(change),
    signature,
    contact: { name: 'Nguyễn Thị Lan', mail: 'lan@contosopartner.vn', phone: '+84 90 123 4567' },
    ...{ expiresAt: endsAt, number: 1, standing: 'open' },
  };
}

/** A published offer with its one version. */
export function publishedOffer(change: Partial<OfferTerms> = {}): { offer: Offer; version: OfferVersion } {
  const { terms, contact } = offerView(change);
  const offer: Offer = {
    ...{
      id: 'offer',
      company: partner,
      code: 'Q2hpcHMtYW5kLWZpc2gtMQ',
      maker: lan,
      makerName: 'Nguyễn Thị Lan',
    },
    ...{ status: 'published', version: 1, draft: null, createdAt: madeAt, publishedAt: madeAt },
    ...{ expiresAt: endsAt, rev: 1 },
  };
  const version: OfferVersion = {
    ...{ offerId: offer.id, number: 1, terms, signature, contact, hash: 'hash-1', by: lan },
    ...{ at: madeAt, expiresAt: endsAt },
  };
  return { offer, version };
}

export function acceptanceOf(change: Partial<Acceptance> = {}): Acceptance {
  return {
    ...{ id: 'acceptance', offerId: 'offer', company: partner },
    client: { tenantId: fabrikam, name: 'Fabrikam', domain: 'fabrikam.vn' },
    person: { objectId: 'minh', name: 'Lê Minh', signInName: 'minh@fabrikam.vn' },
    ...{ state: 'accepted', version: 1, versionHash: 'hash-1', seats: [15], wish: [], reason: '' },
    ...{ answeredAt: madeAt, confirmedBy: null, operationId: null, orderId: null, createdAt: madeAt, rev: 1 },
    ...change,
  };
}
