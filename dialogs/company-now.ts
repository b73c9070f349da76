import {
  type CompanyConfirmation,
  type ConfirmationState,
  confirmationState,
  confirmedText,
  type HashedDetails,
} from '../partner/company-confirmation.ts';
import type { Turn } from './turn.ts';

export interface CompanyNow extends HashedDetails {
  confirmation: CompanyConfirmation | undefined;
  state: ConfirmationState;
}

/** The company's details as Microsoft has them now, and whether they may go out to clients. Throws PartnerError. */
export async function companyNow(turn: Turn): Promise<CompanyNow> {
  const [record, confirmation] = await Promise.all([turn.companyDesk().read(), turn.records.confirmation()]);
  const hash = turn.hash(confirmedText(record));
  return { record, hash, confirmation, state: confirmationState({ record, hash }, confirmation, turn.now) };
}
