import { type Button, button, mainButton } from '../cards/buttons.ts';
import { companyCard } from '../cards/company.ts';
import { requireCapability } from '../partner/authorise.ts';
import { may } from '../partner/capabilities.ts';
import {
  type CompanyConfirmation,
  type ConfirmationState,
  confirmationState,
  confirmedText,
  type HashedDetails,
} from '../partner/company-confirmation.ts';
import { manualLink } from '../partner/links.ts';
import type { Job } from './job.ts';
import type { Turn } from './turn.ts';

interface CompanyNow extends HashedDetails {
  confirmation: CompanyConfirmation | undefined;
  state: ConfirmationState;
}

/** The company's details as Microsoft has them now, and whether they may go out to clients. Throws PartnerError. */
async function companyNow(turn: Turn): Promise<CompanyNow> {
  const [record, confirmation] = await Promise.all([turn.companyDesk().read(), turn.records.confirmation()]);
  const hash = turn.hash(confirmedText(record));
  return { record, hash, confirmation, state: confirmationState({ record, hash }, confirmation, turn.now) };
}

/** The company as clients will see it. `problem`: what to look at again. */
async function showCompany(turn: Turn, found?: CompanyNow, problem = ''): Promise<void> {
  const account = turn.requireAccount();
  const situation = await turn.situation();
  requireCapability('company', situation);
  const now = found ?? (await companyNow(turn));
  const { record, confirmation, state } = now;
  const url = manualLink('partner-center-company', situation.cloud);
  turn.show(
    companyCard(turn.words, turn.chat.language, {
      account,
      record,
      confirmation,
      state,
      problem,
      buttons: await buttonsFor(turn, now),
      links: [{ title: turn.words('button.open-portal'), url }],
    }),
  );
}

async function buttonsFor(turn: Turn, { state, hash }: CompanyNow): Promise<Button[]> {
  const { words } = turn;
  const situation = await turn.situation();
  const isOpen = state === 'never' || state === 'changed' || state === 'too-old';
  const confirm = () =>
    mainButton(words('company-card.confirm'), 'company-confirm', {
      nonce: turn.button({ verb: 'company-confirm', args: { hash } }),
    });
  const mayEdit = may('edit-company', situation);
  return [
    ...(isOpen && may('confirm-company', situation) ? [confirm()] : []),
    mayEdit
      ? button(words('company-card.edit'), 'edit-company')
      : button(words('company-card.wrong'), 'company-wrong'),
    button(words('button.overview'), 'overview'),
  ];
}

/** *Đúng rồi*: kept only for what the person saw; Microsoft is asked once more. */
async function confirm(turn: Turn): Promise<void> {
  const account = turn.requireAccount();
  requireCapability('confirm-company', await turn.situation());
  const pressed = await turn.press(turn.input.submit?.nonce, 'company-confirm');
  const now = await companyNow(turn);
  if (typeof pressed !== 'object') return showCompany(turn, now, problemOf(turn, pressed));
  if (pressed['hash'] !== now.hash || now.state === 'incomplete') {
    return showCompany(turn, now, withReference(turn, 'company-card.changed-while'));
  }
  const { tenantId, objectId, displayName } = account;
  const confirmation: CompanyConfirmation = {
    company: tenantId,
    hash: now.hash,
    by: { tenantId, objectId },
    byName: displayName,
    at: turn.now,
  };
  turn.records.confirm(confirmation);
  await showCompany(turn, { ...now, confirmation, state: 'confirmed' });
}

function problemOf(turn: Turn, pressed: 'used' | 'unknown'): string {
  return withReference(turn, pressed === 'used' ? 'form.used' : 'form.old');
}

function withReference(turn: Turn, problem: 'form.used' | 'form.old' | 'company-card.changed-while'): string {
  const reference = turn.reference({ problem });
  return `${turn.words(problem)} ${turn.words('error.reference', { reference })}`;
}

export const companyJob: Job = {
  commands: { company: (turn) => showCompany(turn) },
  presses: { 'company-confirm': confirm },
};
