import { z } from 'zod';
import { type PartnerAnswer, refuse } from './answer.ts';
import { type PartnerCall, queryValue } from './call.ts';
import { collection } from './collection.ts';
import { type Customer, customerOf } from './customers.ts';
import { demandReader, demandSeller } from './rights.ts';
import { withSmallNames } from './shapes.ts';

/** The ids in Microsoft's examples. */
export const customerAgreement = {
  templateId: '117a77b0-9360-443b-8795-c6dedc750cf9',
  agreementType: 'MicrosoftCustomerAgreement',
  agreementLink: 'https://aka.ms/customeragreement',
  versionRank: 0,
} as const;
const cloudAgreement = {
  templateId: '998b88de-aa99-4388-a42c-1b3517d49490',
  agreementType: 'MicrosoftCloudAgreement',
  agreementLink: 'https://learn.microsoft.com/partner-center/agreements',
  versionRank: 0,
} as const;
const templates = [customerAgreement, cloudAgreement];

/** Templates of a type; without one only the older agreement, as in the example. `*` stands for all. */
export async function listAgreementTemplates(call: PartnerCall): Promise<PartnerAnswer> {
  await demandReader(call);
  const type = queryValue(call, 'agreementType');
  if (type === undefined) return collection([cloudAgreement], '/agreements');
  return collection(templates.filter(({ agreementType }) => isType(type, agreementType)));
}

const isType = (wanted: string, type: string): boolean =>
  wanted === '*' || wanted.toLowerCase() === type.toLowerCase();

/** What the partner attested: https://learn.microsoft.com/partner-center/developer/get-confirmation-of-customer-agreement */
export async function listCustomerAgreements(call: PartnerCall): Promise<PartnerAnswer> {
  await demandReader(call);
  const { tenant } = await customerOf(call);
  const wanted = queryValue(call, 'agreementType') ?? '*';
  const attested = (await call.world.all('agreement', call.tenant.id)).filter(
    ({ customerId, type }) => customerId === tenant.id && isType(wanted, type),
  );
  return collection(
    attested.map(({ attested: by, templateId, dateAgreed, type }) => ({
      primaryContact: by?.primaryContact,
      templateId,
      dateAgreed,
      type,
      agreementLink: templates.find((one) => one.templateId === templateId)?.agreementLink,
    })),
  );
}

const needed = z.string().trim().min(1).max(100);
const confirmation = z.object({
  primaryContact: z.object({
    firstName: needed,
    lastName: needed,
    email: z.string().regex(/^[^\s@<>"]+@[^\s@.]+(\.[^\s@.]+)+$/),
    phoneNumber: z.string().max(30).nullish(),
  }),
  templateId: z.string().transform((id) => id.toLowerCase()),
  dateAgreed: z.string().refine((text) => /^\d{4}-\d{2}-\d{2}/.test(text) && !Number.isNaN(Date.parse(text))),
  type: z.string(),
});

/**
 * The partner's word that the client agreed. What a field may hold, and that the day may not lie ahead, is ours.
 * https://learn.microsoft.com/partner-center/developer/confirm-customer-consent-customer-agreement
 */
export async function confirmCustomerAgreement(call: PartnerCall): Promise<PartnerAnswer> {
  await demandSeller(call);
  const { tenant } = await customerOf(call);
  const sent = confirmation.safeParse(withSmallNames(call.body));
  if (!sent.success)
    return refuse(400, 3000, `Invalid property: ${sent.error.issues[0]?.path.join('.') ?? ''}`);
  const { primaryContact, templateId, dateAgreed, type } = sent.data;
  const template = templates.find((one) => one.templateId === templateId && isType(type, one.agreementType));
  if (template === undefined) return refuse(400, 3000, 'Invalid property: templateId');
  // Somewhere it is tomorrow already.
  if (Date.parse(dateAgreed) > call.clock.now() + 24 * 3_600_000)
    refuse(400, 3000, 'Invalid property: dateAgreed');
  const contact = { ...primaryContact, phoneNumber: primaryContact.phoneNumber ?? '' };
  const userId = call.caller.objectId ?? null;
  await call.world.put('agreement', call.tenant.id, crypto.randomUUID(), {
    customerId: tenant.id,
    templateId,
    type: template.agreementType,
    dateAgreed,
    attested: { userId, primaryContact: contact },
  });
  return {
    status: 201,
    body: { userId, primaryContact: contact, templateId, dateAgreed, type: template.agreementType },
  };
}

/** https://learn.microsoft.com/partner-center/developer/get-direct-sign-status-of-customer-agreement */
export async function getDirectSignStatus(call: PartnerCall): Promise<PartnerAnswer> {
  await demandReader(call);
  const { tenant } = await customerOf(call);
  return { status: 200, body: { isSigned: await hasSigned(call, tenant.id) } };
}

/** Signed agreements are kept with the client that signed them. */
async function hasSigned({ world }: PartnerCall, clientId: string): Promise<boolean> {
  const signed = await world.all('agreement', clientId);
  return signed.some((one) => one.attested === undefined && one.templateId === customerAgreement.templateId);
}

/** 403 unless the client agreed; 21Vianet has an agreement of its own that no interface knows. */
export async function demandAgreement(call: PartnerCall, { tenant }: Customer): Promise<void> {
  if (tenant.cloud !== 'worldwide') return;
  const attested = await call.world.all('agreement', call.tenant.id);
  const isAttested = attested.some(
    (one) => one.customerId === tenant.id && one.templateId === customerAgreement.templateId,
  );
  if (isAttested || (await hasSigned(call, tenant.id))) return;
  refuse(403, 13605, 'Nobody has accepted or attested the Microsoft Customer Agreement of this customer.');
}
