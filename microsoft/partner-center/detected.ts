import { z } from 'zod';
import { type Detected, detect, type PartnerSigns } from '../../partner/authorisations.ts';
import type { Clock } from '../../partner/clock.ts';
import { PartnerError } from '../../partner/errors.ts';
import { readCompany } from '../graph/company.ts';
import { withQuery } from '../graph/query.ts';
import type { PartnerCenter } from './client.ts';
import { type Connection, type ConnectionDependencies, createConnections } from './connection.ts';
import { orGap } from './gap.ts';
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

async function readSigns(connection: Connection, tenantId: string): Promise<PartnerSigns> {
  const { cloud, partnerCenter } = connection;
  const [{ partnerTenantType }, partnerId, agreement] = await Promise.all([
    readCompany(connection),
    orGap(readPartnerId(partnerCenter)),
    // The page does not name 21Vianet.
    cloud.name === '21vianet'
      ? ({ gap: 'not-in-cloud' } as const)
      : orGap(readAgreementSigned(partnerCenter, tenantId)),
  ]);
  return {
    cloud: cloud.name,
    partnerTenantType,
    partnerId: 'found' in partnerId ? { id: partnerId.found } : signOf(partnerId.gap),
    agreementSigned: 'found' in agreement ? agreement.found : signOf(agreement.gap),
  };
}

function signOf(gap: string): 'refused' | 'unknown' {
  return gap === 'no-partner-center' ? 'refused' : 'unknown';
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
