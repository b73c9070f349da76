import { approvalCard } from '../cards/approval.ts';
import { button, mainButton } from '../cards/buttons.ts';
import { messageCard } from '../cards/message.ts';
import { ownCompany } from '../cards/scope.ts';
import {
  type Approval,
  approvalLifetimeMs,
  approvalStem,
  approvedText,
  doesApprovalHold,
} from '../partner/approvals.ts';
import { needSecondPerson } from '../partner/authorise.ts';
import { approvalRuleOf, type CapabilityId, ruleOf } from '../partner/capabilities.ts';
import { kindNamed } from '../partner/kinds.ts';
import { manualLink } from '../partner/links.ts';
import type { JsonObject, Operation } from '../partner/operations.ts';
import type { Consent } from './judgement.ts';
import { operationCardHere } from './operation-card.ts';
import type { Reachable, Turn } from './turn.ts';
import { enoughFor } from './why-not.ts';

/** An operation that somebody else has to say yes to first, with what was said to persuade them. */
export interface Request {
  operation: Operation;
  /** All that need a second person; whoever approves must be allowed each of them. */
  capabilities: readonly CapabilityId[];
  reason: string;
  /** The review card, which the answer takes the place of. */
  cardKey: string;
  consent: Consent;
  /** It is recorded, and an earlier yes no longer holds. */
  again?: true;
}

/** Records the operation as waiting and asks everybody who may approve it; where there is nobody, says what then. */
export async function askSecondPerson(turn: Turn, request: Request): Promise<void> {
  const { capabilities, reason, consent, again = false } = request;
  const approvers = await whoMay(turn, capabilities);
  if (approvers.length === 0) return showNobody(turn, request);
  const operation: Operation = { ...request.operation, status: 'waiting-approval', approvedBy: null };
  if (again) operation.drawn += 1;
  const requester = turn.requireAccount();
  const object = kindNamed(operation.kind).object(operation.args);
  const approval: Approval = {
    id: turn.newId(),
    operationId: operation.id,
    company: operation.company,
    requester: operation.actor,
    // Asked once more it may be from another chat than the first time.
    requesterPersonKey: turn.chat.personKey,
    capability: capabilities.join(' '),
    verb: operation.kind,
    object,
    reason,
    argsHash: turn.hash(approvedText(operation)),
    status: 'waiting',
    decidedBy: null,
    answer: '',
    createdAt: turn.now,
    expiresAt: turn.now + approvalLifetimeMs,
    decidedAt: null,
  };
  if (again) turn.waitAgain(operation, approval, consent);
  else turn.recordWaiting(operation, approval, consent);
  for (const approver of approvers.slice(0, mostAsked)) {
    const nonce = turn.button({ verb: 'approve', args: { approval: approval.id } }, approver);
    const card = approvalCard(approver, { approval, args: operation.args, requester, nonce });
    turn.tell(approver, card, { key: `${approvalStem(approval.id)}${turn.newId()}` });
  }
  const { names, count } = asked(approvers);
  const said = [
    ...(again ? [turn.words('approval.again')] : []),
    turn.words('approval.sent', { names }),
    ...(count === 0 ? [] : [turn.words('approval.sent-more', { count })]),
  ];
  const card = operationCardHere(turn, operation, said);
  const { cardKey, drawn } = operation;
  if (again) turn.show(card, { key: `${cardKey}.${drawn}`, replaces: cardKey });
  else turn.show(card, { key: cardKey, replaces: request.cardKey || undefined });
}

/** So many get a card of their own; that the others may as well is said. */
export const mostAsked = 20;

/** Names of those who are asked of all who may, and how many more may. */
export function asked(able: readonly Reachable[]): { names: string; count: number } {
  const names = able.slice(0, mostAsked).map(({ account }) => account.displayName);
  return { names: names.join(', '), count: able.length - names.length };
}

/** Whether the second person's yes to this operation holds now, for all of these. */
export async function isApprovedNow(
  turn: Turn,
  operation: Operation,
  capabilities: readonly CapabilityId[],
): Promise<boolean> {
  const approval = await turn.records.approvalOf(operation.id);
  const facts = { directory: turn.directory(), situation: await turn.situation(), capabilities };
  return doesApprovalHold(operation, approval, {
    ...facts,
    hash: (text) => turn.hash(text),
    now: turn.now,
  });
}

/** Asks once more where what is left to write takes a yes and none holds; false when it may go on as it is. */
export async function askOnceMore(turn: Turn, operation: Operation, consent: Consent): Promise<boolean> {
  const { needs, steps } = kindNamed(operation.kind);
  const isToWrite = operation.steps.some(({ id, status }) => status !== 'done' && !steps[id]?.onlyReads);
  const some = needs(operation.args).filter((capability) => ruleOf(capability).secondPerson !== undefined);
  if (!isToWrite || some.length === 0) return false;
  const capabilities = needSecondPerson(some, await turn.situation());
  if (capabilities.length === 0 || (await isApprovedNow(turn, operation, capabilities))) return false;
  const { reason = '' } = (await turn.records.approvalOf(operation.id)) ?? {};
  await askSecondPerson(turn, { operation, capabilities, reason, cardKey: '', consent, again: true });
  return true;
}

/** Colleagues who have opened the bot and may do all of it. */
async function whoMay(turn: Turn, capabilities: readonly CapabilityId[]): Promise<Reachable[]> {
  const [first = [], ...others] = await Promise.all(
    capabilities.map((each) => turn.colleaguesWho(each, 'approver')),
  );
  return first.filter(({ personKey }) =>
    others.every((able) => able.some((each) => each.personKey === personKey)),
  );
}

/** Nobody can be asked: says who could, how they get here, and where to do it by hand. Never self-approved. */
async function showNobody(turn: Turn, request: Request): Promise<void> {
  const { words } = turn;
  const { operation, capabilities, reason, cardKey } = request;
  const [capability] = capabilities;
  if (capability === undefined) return;
  const rule = approvalRuleOf(strictest(capabilities, capability));
  const { cloud } = await turn.situation();
  const roles = enoughFor(turn, rule);
  const names = (await namesOfHolders(turn, rule)).join(', ');
  const reference = turn.reference({ problem: 'approval.nobody', capabilities });
  const { id, kind, args } = operation;
  const [verb, kept] = request.again
    ? (['operation-retry', { operation: id }] as const)
    : (['approval-again', { id, kind, args, reason }] as const);
  const askAgain = mainButton(words('button.ask-again'), verb, { nonce: turn.button({ verb, args: kept }) });
  const card = messageCard({
    frame: {
      ...ownCompany(words, turn.account),
      title: words('approval.nobody-title'),
      intro: words('approval.nobody', { roles }),
    },
    paragraphs:
      names === ''
        ? [words('approval.nobody-at-all'), words('approval.nobody-give')]
        : [words('approval.nobody-names', { names }), words('approval.nobody-how')],
    note: words('error.reference', { reference }),
    links: [{ title: words('button.open-portal'), url: manualLink(rule.route, cloud) }],
    buttons: [askAgain, button(words('button.overview'), 'overview')],
  });
  turn.show(card, { replaces: cardKey || undefined });
}

/** The one that fewest roles give: who may that may the others too. */
function strictest(capabilities: readonly CapabilityId[], first: CapabilityId): CapabilityId {
  const count = (id: CapabilityId) => approvalRuleOf(id).roles?.length ?? Number.POSITIVE_INFINITY;
  return capabilities.reduce((best, each) => (count(each) < count(best) ? each : best), first);
}

const mostNamed = 5;

/** Names of other people who hold one of these roles or groups, to be asked to open the bot. */
export async function namesOfHolders(
  turn: Turn,
  { roles = [], support = [] }: ReturnType<typeof ruleOf>,
): Promise<string[]> {
  const own = turn.requireAccount().objectId;
  const directory = turn.directory();
  const held = await Promise.all([
    ...roles.map((role) => directory.holdersOf(role)),
    ...support.map((group) => directory.membersOf(group)),
  ]);
  const others = held.flat().filter(({ id, accountEnabled }) => accountEnabled && id !== own);
  return [...new Set(others.map(({ displayName }) => displayName))].slice(0, mostNamed);
}

/** What a button that asks once more stands for; it was kept on the server. */
export function requestedAgain(kept: JsonObject): {
  wish: { id: string; kind: string; args: JsonObject };
  reason: string;
} {
  const { id, kind, args, reason } = kept;
  const isWish = typeof id === 'string' && typeof kind === 'string';
  if (!isWish || typeof args !== 'object' || args === null || Array.isArray(args))
    throw new Error('a button to ask again lost its wish');
  return { wish: { id, kind, args }, reason: typeof reason === 'string' ? reason : '' };
}
