import { z } from 'zod';
import type { SandboxPartnerAccount } from '../world.ts';

/**
 * What Partner Center takes in a profile. The properties are documented, what each may hold is not: lengths and
 * forms are ours, so that there is something to refuse.
 * https://learn.microsoft.com/partner-center/developer/profile-resources
 */
const optional = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .nullish()
    .transform((text) => text ?? '');
const needed = (most: number) => z.string().trim().min(1).max(most);
const phone = optional(30).refine((text) => /^$|^\+?[0-9][0-9 ().-]{5,19}$/.test(text));
const mail = needed(254).refine((text) => /^[^\s@<>"]+@[^\s@.]+(\.[^\s@.]+)+$/.test(text));
const optionalMail = optional(254).refine((text) => text === '' || mail.safeParse(text).success);
const website = optional(200).refine((text) =>
  /^$|^(https?:\/\/)?[a-z0-9-]+(\.[a-z0-9-]+)+(\/\S*)?$/i.test(text),
);
const postalCode = optional(12).refine((text) => /^[A-Za-z0-9 -]*$/.test(text));

const address = z.object({
  country: z.string().regex(/^[A-Z]{2}$/),
  city: needed(100),
  state: optional(100),
  addressLine1: needed(200),
  addressLine2: optional(200),
  postalCode,
});
const personName = { firstName: optional(60), lastName: optional(60) };
const addressWithPerson = address.extend({ ...personName, phoneNumber: phone });
const contact = z.object({ ...personName, email: optionalMail, phoneNumber: phone });

export const shapes = {
  organization: z.object({
    companyName: needed(200),
    defaultAddress: addressWithPerson,
    email: mail,
    language: needed(10),
    culture: needed(10),
  }),
  legal: z.object({
    companyName: needed(200),
    address: addressWithPerson,
    primaryContact: contact,
    companyApproverAddress: address,
    companyApproverEmail: mail,
    vettingStatus: needed(40),
    vettingSubStatus: needed(40),
  }),
  support: z.object({ email: mail, telephone: phone, website }),
  billing: z.object({
    companyName: needed(200),
    address,
    primaryContact: contact,
    purchaseOrderNumber: optional(40),
    taxId: optional(40),
    billingCurrency: z.string().regex(/^[A-Z]{3}$/),
  }),
} satisfies { [K in ProfileName]: z.ZodType<SandboxPartnerAccount[K]> };

export type ProfileName = 'organization' | 'legal' | 'support' | 'billing';

/** `CompanyName` and `companyName` are the same property: Microsoft's examples send both spellings. */
export function withSmallNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withSmallNames);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name.charAt(0).toLowerCase() + name.slice(1),
      withSmallNames(inner),
    ]),
  );
}
