import { z } from 'zod';
import type { AgreementAttestation, AgreementState } from '../../partner/commerce.ts';
import { PartnerError } from '../../partner/errors.ts';
import { withQuery } from '../graph/query.ts';
import { type Listing, readCollection } from './collection.ts';
import { customerPath } from './customers.ts';
import { ofCustomer } from './order-errors.ts';

/** The one agreement that clients of new commerce need; the Cloud Agreement before it is no longer taken. */
const agreementType = 'MicrosoftCustomerAgreement';

const signStatus = z.object({ isSigned: z.boolean() });
const confirmation = z.object({ type: z.string().nullish() });
const template = z.object({
  templateId: z.string(),
  agreementType: z.string().nullish(),
  versionRank: z.number().nullish(),
});

/**
 * Whether the client signed itself or we attested it before; otherwise the template that an attestation names.
 * https://learn.microsoft.com/partner-center/developer/get-direct-sign-status-of-customer-agreement
 * https://learn.microsoft.com/partner-center/developer/get-confirmation-of-customer-agreement
 */
export async function readAgreement(from: Listing, tenantId: string): Promise<AgreementState> {
  const [signed, confirmed] = await Promise.all([
    ofCustomer(
      from.partnerCenter.read(
        customerPath(tenantId, 'directSignedMicrosoftCustomerAgreementStatus'),
        signStatus,
      ),
    ),
    ofCustomer(
      readCollection(from, withQuery(customerPath(tenantId, 'agreements'), { agreementType }), confirmation),
    ),
  ]);
  if (signed.isSigned || confirmed.some(({ type }) => isCustomerAgreement(type)))
    return { state: 'accepted' };
  return { state: 'missing', templateId: await readTemplateId(from) };
}

/**
 * Records for Microsoft who of the client agreed: our own word for it. `now`: domain time, ms.
 * https://learn.microsoft.com/partner-center/developer/confirm-customer-consent-customer-agreement
 */
export async function attestAgreement(
  { partnerCenter }: Listing,
  tenantId: string,
  { templateId, firstName, lastName, mail, phone, agreedOn }: AgreementAttestation,
  { requestId, now }: { requestId: string; now: number },
): Promise<void> {
  // East of Greenwich a day begins before it does there, and Microsoft takes no agreement of the future.
  const agreedAt = Math.min(Date.parse(`${agreedOn}T00:00:00Z`), now);
  const body = {
    primaryContact: {
      firstName,
      lastName,
      email: mail,
      ...(phone === '' ? {} : { phoneNumber: phone }),
    },
    templateId,
    dateAgreed: new Date(agreedAt).toISOString(),
    type: agreementType,
  };
  const path = customerPath(tenantId, 'agreements');
  await ofCustomer(partnerCenter.write({ method: 'POST', path, body, requestId }, z.object({})));
}

/** https://learn.microsoft.com/partner-center/developer/get-customer-agreement-metadata */
async function readTemplateId(from: Listing): Promise<string> {
  const templates = await readCollection(from, withQuery('/agreements', { agreementType }), template);
  const newestFirst = templates
    .filter((one) => isCustomerAgreement(one.agreementType))
    .sort((a, b) => (b.versionRank ?? 0) - (a.versionRank ?? 0));
  const [newest] = newestFirst;
  if (newest === undefined) throw new PartnerError('unexpected');
  return newest.templateId;
}

/** The query asks for this type only; a list that does not say which it holds is believed. */
function isCustomerAgreement(type: string | null | undefined): boolean {
  return (type ?? agreementType).toLowerCase() === agreementType.toLowerCase();
}
