import { type Button, button, mainButton } from '../cards/buttons.ts';
import { companyCard } from '../cards/company.ts';
import { requireCapability } from '../partner/authorise.ts';
import { may, mayTry, type Situation } from '../partner/capabilities.ts';
import type { CompanyConfirmation, ConfirmationState } from '../partner/company-confirmation.ts';
import { manualLink } from '../partner/links.ts';
import { type CompanyNow, companyNow } from './company-now.ts';
import type { Job } from './job.ts';
import { showPreview } from './offer-preview.ts';
import type { Turn } from './turn.ts';

/** The company as clients will see it. `problem`: what to look at again; `draft`: the offer that waits for it. */
export async function showCompany(
  turn: Turn,
  found?: CompanyNow,
  { problem = '', draft = '' }: { problem?: string; draft?: string } = {},
): Promise<void> {
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
      buttons: await buttonsFor(turn, now, draft),
      links: [{ title: turn.words('button.open-portal'), url }],
    }),
  );
}

async function buttonsFor(turn: Turn, { state, hash }: CompanyNow, draft: string): Promise<Button[]> {
  const { words } = turn;
  const situation = await turn.situation();
  const isOpen = state === 'never' || state === 'changed' || state === 'too-old';
  const confirm = () =>
    mainButton(words('company-card.confirm'), 'company-confirm', {
      nonce: turn.button({ verb: 'company-confirm', args: { hash, draft } }),
    });
  const mayEdit = may('edit-company', situation);
  return [
    ...(isOpen && may('confirm-company', situation) ? [confirm()] : []),
    mayEdit
      ? button(words('company-card.edit'), 'edit-company')
      : button(words('company-card.wrong'), 'company-wrong'),
    ...(await draftButton(turn, state, situation)),
    button(words('button.overview'), 'overview'),
  ];
}

/** An offer that waited for the confirmation goes on from here. */
async function draftButton(turn: Turn, state: ConfirmationState, situation: Situation): Promise<Button[]> {
  if (state !== 'confirmed' || !mayTry('make-offer', situation)) return [];
  const waiting = (await turn.offers.list({ mine: true, limit: 5 })).find(({ draft }) => draft !== null);
  if (waiting === undefined) return [];
  return [mainButton(turn.words('company-card.draft'), 'offer-preview', { offer: waiting.id })];
}

/** *Đúng rồi*: kept only for what the person saw; Microsoft is asked once more. */
async function confirm(turn: Turn): Promise<void> {
  const account = turn.requireAccount();
  requireCapability('confirm-company', await turn.situation());
  const pressed = await turn.press(turn.input.submit?.nonce, 'company-confirm');
  const now = await companyNow(turn);
  if (typeof pressed !== 'object') return showCompany(turn, now, { problem: problemOf(turn, pressed) });
  if (pressed['hash'] !== now.hash || now.state === 'incomplete') {
    const draft = typeof pressed['draft'] === 'string' ? pressed['draft'] : '';
    return showCompany(turn, now, { problem: withReference(turn, 'company-card.changed-while'), draft });
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
  // An offer that waited for this goes on where it was.
  const waiting = pressed['draft'] ? await turn.offers.find(String(pressed['draft'])) : undefined;
  if (waiting !== undefined && may('make-offer', await turn.situation())) return showPreview(turn, waiting);
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
