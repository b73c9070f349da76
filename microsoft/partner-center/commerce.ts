import type { AccountRef } from '../../partner/accounts.ts';
import type { Clock } from '../../partner/clock.ts';
import type { Commerce, Commerces } from '../../partner/commerce.ts';
import { PartnerError } from '../../partner/errors.ts';
import { onSandbox } from '../clouds.ts';
import { attestAgreement, readAgreement } from './agreements.ts';
import { checkOut, createCart } from './carts.ts';
import { readCatalogue } from './catalogue.ts';
import { type ConnectionDependencies, createApplicationListings, createConnections } from './connection.ts';
import { findCustomers, readCustomer, readRelationshipLink } from './customers.ts';
import { createKeptCatalogues } from './kept-catalogues.ts';
import { readOrders, readSubscriptionsOf } from './orders.ts';

/**
 * Customers, catalogue and orders of partner companies in one cloud, over Partner Center.
 * https://learn.microsoft.com/partner-center/developer/place-orders
 */
export function createCommerces(dependencies: ConnectionDependencies & { clock: Clock }): Commerces {
  const { clock, cloud, sandboxOrigin } = dependencies;
  const connect = createConnections(dependencies);
  const asApplication = createApplicationListings(dependencies);
  const catalogues = createKeptCatalogues(clock);

  function commerceOf(account: AccountRef, signal: AbortSignal | undefined): Commerce {
    const connection = connect(account, signal);
    return {
      findCustomers: (startsWith) => findCustomers(connection, startsWith),
      customer: (tenantId) => readCustomer(connection, tenantId),
      async relationshipLink() {
        const link = await readRelationshipLink(connection);
        return sandboxOrigin === undefined ? link : onSandbox(sandboxOrigin, link);
      },
      catalogue: (country, { whole = false } = {}) => {
        const read = () => readCatalogue(connect(account, undefined), country);
        return catalogues.get({ account, country, signal, whole, read });
      },
      async agreement(tenantId) {
        demandAgreements();
        return readAgreement(connection, tenantId);
      },
      async attestAgreement(tenantId, attestation, requestId) {
        demandAgreements();
        await attestAgreement(connection, tenantId, attestation, { requestId, now: clock.now() });
      },
      createCart: (tenantId, country, lines, requestId) =>
        createCart(connection, tenantId, { country, lines, requestId }),
      checkOut: (tenantId, cartId, requestId) => checkOut(connection, { tenantId, cartId, requestId }),
      orders: (tenantId) => readOrders(connection, tenantId),
      subscriptionsOf: (tenantId, orderId) => readSubscriptionsOf(connection, tenantId, orderId),
    };
  }

  /** None of the pages on agreements names 21Vianet. */
  function demandAgreements(): void {
    if (cloud.name === '21vianet') throw new PartnerError('not-in-cloud');
  }

  return {
    as: (account, options) => commerceOf(account, options?.signal),
    asPartner(company) {
      const listing = asApplication(company);
      return {
        customer: (tenantId) => readCustomer(listing, tenantId),
        subscriptionsOf: (tenantId, orderId) => readSubscriptionsOf(listing, tenantId, orderId),
      };
    },
  };
}
