import { clientsPageMail } from '../cards/delegation-mail.ts';
import { createWords } from '../locales/words.ts';
import { requireCapability } from '../partner/authorise.ts';
import type { ClientsPage } from '../partner/delegation-pages.ts';
import { isOver, otherAlive } from '../partner/delegation-standing.ts';
import { includesGlobalAdministrator } from '../partner/delegation-terms.ts';
import type { Delegation } from '../partner/delegations.ts';
import type { DelegationTarget } from '../partner/end-delegation.ts';
import type { SendMailWish } from '../partner/mail-wish.ts';
import { companyNow } from './company-now.ts';
import { valuesOf } from './delegation-inputs.ts';
import { pressedDelegation, showDelegation } from './delegation-staff.ts';
import type { Job, Pressed, Stage } from './job.ts';
import { isMail } from './offer-inputs.ts';
import { signatureOf, signedWith } from './offer-publication.ts';
import { newestVersion } from './offer-record.ts';
import type { Turn } from './turn.ts';

/** To the review of a change at Microsoft; what is no longer so is shown as it is. */
function wishButton(kind: 'extend-delegation' | 'end-delegation') {
  return async (turn: Turn, stage: Stage, pressed: Pressed): Promise<void> => {
    requireCapability(kind, await turn.situation(), { approved: true });
    const delegation = await pressedDelegation(turn, pressed);
    if (delegation === undefined) return;
    const { id, relationshipId, client, state, terms, endsAt } = delegation;
    const isPast = isOver(state) || state === 'declined';
    const cannotExtend = terms.autoExtend || includesGlobalAdministrator(terms);
    const isPointless = kind === 'extend-delegation' && cannotExtend;
    if (relationshipId === null || isPast || isPointless) return showDelegation(turn, delegation);
    const other = otherAlive(await turn.delegations.withClient(client.tenantId), delegation);
    const args: DelegationTarget = {
      ...{ delegationId: id, relationshipId, clientName: client.name, terms, endsAt },
      isOneOfMore: other !== undefined,
    };
    await stage.begin('wish', { kind, args });
  };
}

/** *Đề nghị lại*: a new offer with the same rights, to be looked over before the client sees it. */
async function offerAgain(turn: Turn, stage: Stage, pressed: Pressed): Promise<void> {
  const delegation = await pressedDelegation(turn, pressed);
  if (delegation === undefined) return;
  const { client, person, terms } = delegation;
  const mail = person !== null && isMail(person.signInName) ? person.signInName : '';
  await stage.begin('make-delegation', {
    values: { ...valuesOf(terms), find: await domainOf(turn, client), person: person?.name ?? '', mail },
  });
}

/** By its domain a company is found whatever it is to us; Microsoft's own record of a relationship has only the id. */
async function domainOf(turn: Turn, { tenantId, name, domain }: Delegation['client']): Promise<string> {
  if (domain !== '') return domain;
  const found = tenantId === '' ? undefined : await turn.tenants().byId(tenantId);
  return found?.domain ?? name;
}

/** A mail with Microsoft's page for whoever has to approve or consent; without an address the link, to be passed on. */
async function remind(turn: Turn, stage: Stage, pressed: Pressed): Promise<void> {
  const delegation = await pressedDelegation(turn, pressed);
  if (delegation === undefined) return;
  const page = turn.delegations.clientsPage(delegation);
  if (page === undefined) return showDelegation(turn, delegation);
  const wish = await reminderOf(turn, delegation, page);
  if (wish === undefined) {
    turn.say(turn.words(`delegations.remind-by-hand.${page.what}`, { client: delegation.client.name }));
    return turn.say(page.link);
  }
  await stage.begin('wish', { kind: 'send-mail', args: wish });
}

async function reminderOf(
  turn: Turn,
  delegation: Delegation,
  page: ClientsPage,
): Promise<SendMailWish | undefined> {
  const { offerId, person, answeredAt, createdAt } = delegation;
  const offer = offerId === null ? undefined : await turn.offers.find(offerId);
  const newest = offer && (await newestVersion(turn, offer));
  if (offer === undefined || newest === undefined) return undefined;
  const to = [person?.signInName ?? '', newest.terms.recipient.mail].find(isMail);
  if (to === undefined) return undefined;
  const { language } = newest.terms;
  const signature = signatureOf(language, (await companyNow(turn)).record);
  const version = { ...newest, signature };
  const view = {
    offer,
    version,
    link: turn.offers.link(offer.code, language),
    delegation,
    page,
  };
  const mail = clientsPageMail(createWords(language, await turn.companyZone()), language, view);
  const about = {
    ...{ what: 'delegation' as const, offerId: offer.id, delegationId: delegation.id, page: page.what },
    since: answeredAt ?? createdAt,
  };
  return { to, ...mail, about, signed: signedWith(turn, language, signature) };
}

export const delegationActsJob: Job = {
  presses: {
    'delegation-extend': wishButton('extend-delegation'),
    'delegation-end': wishButton('end-delegation'),
    'delegation-again': (turn, stage, pressed) => offerAgain(turn, stage, pressed),
    'delegation-remind': (turn, stage, pressed) => remind(turn, stage, pressed),
  },
};
