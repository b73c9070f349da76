import { agreementOperations } from './partner-agreement-operations.ts';
import { cartOperations } from './partner-cart-operations.ts';
import { catalogueOperations } from './partner-catalogue-operations.ts';
import { consentOperations } from './partner-consent-operations.ts';
import { customerOperations } from './partner-customer-operations.ts';
import { membershipOperations } from './partner-membership-operations.ts';
import type { PartnerOperation } from './partner-operation.ts';
import { orderOperations } from './partner-order-operations.ts';
import { profileOperations } from './partner-profile-operations.ts';

/** Every operation of Partner Center that the sandbox serves. */
export const partnerOperations: readonly PartnerOperation[] = [
  ...profileOperations,
  ...membershipOperations,
  ...customerOperations,
  ...catalogueOperations,
  ...agreementOperations,
  ...cartOperations,
  ...orderOperations,
  ...consentOperations,
];
