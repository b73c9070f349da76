import { approvalCard } from '../cards/approval.ts';
import { button, mainButton } from '../cards/buttons.ts';
import { messageCard } from '../cards/message.ts';
import { ownCompany } from '../cards/scope.ts';
import { anyRoleOf } from '../cards/users.ts';
import { type Approval, approvalLifetimeMs, approvalStem, approvedText } from '../partner/approvals.ts';
import { type CapabilityId, ruleOf } from '../partner/capabilities.ts';
import { kindNamed } from '../partner/kinds.ts';
import { manualLink } from '../partner/links.ts';
import type { JsonObject, Operation } from '../partner/operations.ts';
import type { Consent } from './judgement.ts';
import { operationCardHere } from './operation-card.ts';
import type { Reachable, Turn } from './turn.ts';

/** An operation that somebody else has to say yes to first, with what was said to persuade them. */
export interface Request {
  operation: Operation;
  /** All that need a second person; whoever approves must be allowed each of them. */
  capabilities: readonly CapabilityId[];
  reason: string;
  /** The review card, which the answer takes the place of. */
  cardKey: string;
  consent: Consent;
}

/** Records the operation as waiting and asks everybody who may approve it; where there is nobody, says what then. */
export async function askSecondPerson(turn: Turn, request: Request): Promise<void> {
  const { capabilities, reason, cardKey, consent } = request;
  const approvers = await whoMay(turn, capabilities);
  if (approvers.length === 0) return showNobody(turn, request);
  const operation: Operation = { ...request.operation, status: 'waiting-approval' };
  const requester = turn.requireAccount();
  const object = kindNamed(operation.kind).object(operation.args);
  const approval: Approval = {
    id: turn.newId(),
    operationId: operation.id,
    company: operation.company,
    requester: operation.actor,
    requesterPersonKey: operation.personKey,
    capability: capabilities.join(' '),
    verb: operation.kind,
    object,
    reason,
    argsHash: turn.hash(approvedText(operation)),
    status: 'waiting',
    decidedBy: null,
    createdAt: turn.now,
    expiresAt: turn.now + approvalLifetimeMs,
    decidedAt: null,
  };
  turn.recordWaiting(operation, object, approval, consent);
  for (const approver of approvers) {
    const meaning = { args: { approval: approval.id } };
    const nonces = {
      approve: turn.button({ verb: 'approve', ...meaning }, approver),
      decline: turn.button({ verb: 'decline', ...meaning }, approver),
    };
    const card = approvalCard(approver, { approval, args: operation.args, requester, nonces });
    turn.tell(approver, card, { key: `${approvalStem(approval.id)}${turn.newId()}` });
  }
  const names = approvers.map(({ account }) => account.displayName).join(', ');
  const card = operationCardHere(turn, operation, [turn.words('approval.sent', { names })]);
  turn.show(card, { key: operation.cardKey, replaces: cardKey || undefined });
}

/** Colleagues who have opened the bot and may do all of it. */
async function whoMay(turn: Turn, capabilities: readonly CapabilityId[]): Promise<Reachable[]> {
  const [first = [], ...others] = await Promise.all(capabilities.map((each) => turn.colleaguesWho(each)));
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
  const { roles: whoCan = [], route } = ruleOf(strictest(capabilities, capability));
  const { cloud } = await turn.situation();
  const roles = anyRoleOf(turn.chat.language, whoCan);
  const names = (await holders(turn, whoCan)).join(', ');
  const reference = turn.reference({ problem: 'approval.nobody', capabilities });
  const { id, kind, args } = operation;
  const nonce = turn.button({ verb: 'approval-again', args: { id, kind, args, reason } });
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
    links: [{ title: words('button.open-portal'), url: manualLink(route, cloud) }],
    buttons: [
      mainButton(words('button.ask-again'), 'approval-again', { nonce }),
      button(words('button.overview'), 'overview'),
    ],
  });
  turn.show(card, { replaces: cardKey || undefined });
}

/** The one that fewest roles give: who may that may the others too. */
function strictest(capabilities: readonly CapabilityId[], first: CapabilityId): CapabilityId {
  const count = (id: CapabilityId) => ruleOf(id).roles?.length ?? Number.POSITIVE_INFINITY;
  return capabilities.reduce((best, each) => (count(each) < count(best) ? each : best), first);
}

const mostNamed = 5;

/** Names of other people who hold one of these roles, to be asked to open the bot. */
async function holders(turn: Turn, roles: readonly string[]): Promise<string[]> {
  const own = turn.requireAccount().objectId;
  const held = await Promise.all(roles.map((role) => turn.directory().holdersOf(role)));
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
