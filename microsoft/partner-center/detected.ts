import { z } from 'zod';
import { type Detected, detect, type PartnerSigns, type UnreadSign } from '../../partner/authorisations.ts';
import type { Clock } from '../../partner/clock.ts';
import { PartnerError, unreadOf } from '../../partner/errors.ts';
import { readCompany } from '../graph/company.ts';
import { withQuery } from '../graph/query.ts';
import type { PartnerCenter } from './client.ts';
import { type Connection, type ConnectionDependencies, createConnections } from './connection.ts';
import { gapOf } from './gap.ts';
import { readPartnerId } from './profiles.ts';

/** Authorisations of partner companies in one cloud, as far as Microsoft tells them. */
export function createDetected(dependencies: ConnectionDependencies & { clock: Clock }): Detected {
  const { clock } = dependencies;
  const connect = createConnections(dependencies);
  return {
    as: (account, options) => {
      const connection = connect(account, options?.signal);
      return { read: async () => detect(await readSigns(connection, account.tenantId), clock.now()) };
    },
  };
}

/** Each by itself: where one is away, the others still tell what they know. */
async function readSigns(connection: Connection, tenantId: string): Promise<PartnerSigns> {
  const { cloud, partnerCenter } = connection;
  const [partnerTenantType, partnerId, agreementSigned] = await Promise.all([
    orUnread(readCompany(connection).then((company) => company.partnerTenantType)),
    orSign(readPartnerId(partnerCenter).then((id) => ({ id }))),
    // The page does not name 21Vianet.
    cloud.name === '21vianet' ? ('unknown' as const) : orSign(readAgreementSigned(partnerCenter, tenantId)),
  ]);
  return { cloud: cloud.name, partnerTenantType, partnerId, agreementSigned };
}

async function orUnread<T>(reading: Promise<T>): Promise<T | UnreadSign> {
  try {
    return await reading;
  } catch (error) {
    const unread = unreadOf(error);
    if (unread === undefined) throw error;
    return { unread };
  }
}

/** A refusal of the company is an answer; one of this person, or of the application, leaves it unknown. */
async function orSign<T extends object | boolean>(
  reading: Promise<T>,
): Promise<T | UnreadSign | 'refused' | 'unknown'> {
  try {
    return await orUnread(reading);
  } catch (error) {
    const gap = gapOf(error);
    if (gap === undefined) throw error;
    return gap === 'no-partner-center' ? 'refused' : 'unknown';
  }
}

const agreementStatus = z.object({ isAgreementSigned: z.boolean() });
/** Not signed · not a reseller · no agreement under this tenant: each comes as a refusal. */
const notSigned = ['2203', '2204', '2206'];

/** https://learn.microsoft.com/partner-center/developer/verify-indirect-reseller-mpa-status */
async function readAgreementSigned(partnerCenter: PartnerCenter, tenantId: string): Promise<boolean> {
  try {
    const path = withQuery('/compliance/csp/agreementstatus', { tenantId });
    return (await partnerCenter.read(path, agreementStatus)).isAgreementSigned;
  } catch (error) {
    const number = error instanceof PartnerError ? String(error.details['microsoftCode']) : '';
    if (notSigned.includes(number)) return false;
    throw error;
  }
}
