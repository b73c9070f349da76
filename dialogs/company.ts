import { type Button, button, mainButton } from '../cards/buttons.ts';
import { companyCard } from '../cards/company.ts';
import { requireCapability } from '../partner/authorise.ts';
import { may, mayTry, type Situation } from '../partner/capabilities.ts';
import type { CompanyConfirmation, ConfirmationState } from '../partner/company-confirmation.ts';
import type { CompanyZone } from '../partner/company-zones.ts';
import { manualLink } from '../partner/links.ts';
import { type CompanyNow, companyNow } from './company-now.ts';
import type { Job } from './job.ts';
import type { Judged } from './judgement.ts';
import { showPreview } from './offer-preview.ts';
import type { Turn } from './turn.ts';

interface CompanyPlace {
  /** As it was just read. */
  found?: CompanyNow;
  /** As it was just stated. */
  zone?: CompanyZone;
  /** What to look at again. */
  problem?: string;
  /** The offer that waits for it. */
  draft?: string;
  replaces?: string;
}

/** The company as clients will see it. */
export async function showCompany(
  turn: Turn,
  { found, zone: stated, problem = '', draft = '', replaces = '' }: CompanyPlace = {},
): Promise<void> {
  const account = turn.requireAccount();
  const situation = await turn.situation();
  requireCapability('company', situation);
  const now = found ?? (await companyNow(turn));
  const { record, confirmation, state } = now;
  const url = manualLink('partner-center-company', situation.cloud);
  const zone = stated ?? (await turn.records.zone());
  turn.show(
    companyCard(turn.words, turn.chat.language, {
      account,
      record,
      confirmation,
      state,
      ...{ zone, now: turn.now, problem },
      buttons: await buttonsFor(turn, { company: now, zone, draft }),
      links: [{ title: turn.words('button.open-portal'), url }],
    }),
    { replaces: replaces || undefined },
  );
}

async function buttonsFor(
  turn: Turn,
  { company, zone, draft }: { company: CompanyNow; zone: CompanyZone; draft: string },
): Promise<Button[]> {
  const { words } = turn;
  const { state, hash } = company;
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
    ...(mayEdit && zone.choices.length > 1 ? [button(words('company-zone.choose'), 'company-zone')] : []),
    ...(await draftButton(turn, state, situation)),
    button(words('button.overview'), 'overview'),
  ];
}

/** An offer that waited for the confirmation goes on from here. */
async function draftButton(turn: Turn, state: ConfirmationState, situation: Situation): Promise<Button[]> {
  if (state !== 'confirmed' || !mayTry('make-offer', situation)) return [];
  const waiting = (await turn.offers.list({ mine: true, withDraft: true, limit: 1 })).at(0);
  if (waiting === undefined) return [];
  return [mainButton(turn.words('company-card.draft'), 'offer-preview', { offer: waiting.id })];
}

/** *Đúng rồi*: kept only for what the person saw; Microsoft is asked once more. */
async function confirm(turn: Turn, { args }: Judged): Promise<void> {
  const account = turn.requireAccount();
  requireCapability('confirm-company', await turn.situation());
  const now = await companyNow(turn);
  if (args['hash'] !== now.hash || now.state === 'incomplete') {
    const draft = typeof args['draft'] === 'string' ? args['draft'] : '';
    return showCompany(turn, { found: now, problem: changedWhile(turn), draft });
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
  const waiting = args['draft'] ? await turn.offers.find(String(args['draft'])) : undefined;
  if (waiting !== undefined && may('make-offer', await turn.situation())) return showPreview(turn, waiting);
  await showCompany(turn, { found: { ...now, confirmation, state: 'confirmed' } });
}

function changedWhile(turn: Turn): string {
  const problem = 'company-card.changed-while';
  const reference = turn.reference({ problem });
  return `${turn.words(problem)} ${turn.words('error.reference', { reference })}`;
}

export const companyJob: Job = {
  commands: { company: (turn) => showCompany(turn) },
  once: {
    'company-confirm': {
      press: (turn, _stage, judged) => confirm(turn, judged),
      shows: (turn) => showCompany(turn),
    },
  },
};
