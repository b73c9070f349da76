import { operationCardFor } from '../cards/operation-views.ts';
import { createWords, type Words } from '../locales/words.ts';
import { cardActionFor } from '../notices/card-actions.ts';
import { chatOf } from '../notices/chats.ts';
import { conversationKeyOf } from '../notices/conversation-key.ts';
import { correctedNotices } from '../notices/corrected.ts';
import { cardActivity } from '../notices/message.ts';
import { accountKey } from '../partner/accounts.ts';
import type { Approval } from '../partner/approvals.ts';
import type { CloudName } from '../partner/capabilities.ts';
import type { Clock } from '../partner/clock.ts';
import type { Zones } from '../partner/company-zones.ts';
import { editCompanyKind } from '../partner/edit-company.ts';
import type { Operation } from '../partner/operations.ts';
import type { CardAction, Changes, ChatPerson, OutboxMessage } from '../storage/changes.ts';
import type { Storage } from '../storage/storage.ts';
import { createApprovalCards } from './approval-cards.ts';

type Drawn = Required<Pick<Changes, 'outbox' | 'cardActions'>>;

export type BotPresenter = ReturnType<typeof createPresenter>;

/**
 * Draws how far an operation is, for the chat in which its account is signed in. Where it is signed in nowhere,
 * the last word waits for the account and steps on the way are not drawn.
 */
export function createPresenter(deps: {
  storage: Storage;
  zones: Zones;
  revealAddress(operationId: string, language: 'vi' | 'en'): string;
  cloudOf(tenantId: string): CloudName | undefined;
  newId(): string;
  /** 256 random bits, base64url. */
  newNonce(): string;
  clock: Clock;
}) {
  const { storage, zones, newNonce, clock } = deps;
  const approvalCards = createApprovalCards(deps);

  async function shownTo(operation: Operation): Promise<{ person: ChatPerson | undefined; isOwn: boolean }> {
    const person = await storage.people.find(operation.personKey);
    if (person?.account && accountKey(person.account) === accountKey(operation.actor))
      return { person, isOwn: true };
    return { person: await chatOf(storage, operation.actor), isOwn: false };
  }

  async function whoApproved({ approvedBy }: Operation, words: Words): Promise<string[]> {
    if (approvedBy === null) return [];
    const name = (await storage.accounts.find(approvedBy))?.displayName ?? words('person.erased');
    return [words('approval.approved', { name })];
  }

  const presenter = {
    async progress(
      operation: Operation,
      passing: boolean,
      more: (words: Words) => readonly string[] = () => [],
    ): Promise<Drawn> {
      const { person, isOwn } = await shownTo(operation);
      const reference = person?.reference ?? null;
      const account = await storage.accounts.find(operation.actor);
      // Who is forgotten waits for nothing.
      if (reference === null && (passing || account === undefined)) return { outbox: [], cardActions: [] };
      const language = person?.language ?? 'vi';
      const revealAddress = deps.revealAddress(operation.id, language);
      const words = createWords(language, await zones.ofReader(operation.actor, person));
      const approval = [...(await whoApproved(operation, words)), ...more(words)];
      const cloud = deps.cloudOf(operation.company);
      const buttons: CardAction[] = [];
      const card = operationCardFor(words, account, operation, {
        ...{ revealAddress, approval, cloud, language },
        nonceFor(verb) {
          const meaning = { verb, args: { operation: operation.id } };
          // Where it waits for the account nobody knows yet in which chat it will be read.
          const personKey = reference === null ? '' : (person?.key ?? '');
          const whose = { nonce: newNonce(), personKey, account: operation.actor, now: clock.now() };
          const action = cardActionFor(meaning, whose);
          buttons.push(action);
          return action.nonce;
        },
      });
      const message: OutboxMessage = {
        key: `${operation.cardKey}.${operation.drawn}`,
        conversationKey: reference === null ? '' : conversationKeyOf(reference),
        reference: reference ?? {},
        activity: cardActivity(card),
        replaces: isOwn ? operation.cardKey : null,
        passing: passing && isOwn,
        forAccount: reference === null ? accountKey(operation.actor) : null,
      };
      return { outbox: [message], cardActions: buttons.map((add) => ({ add })) };
    },

    /** Whoever else wants to hear how it ended: the person who approved it, or who said what it corrects. */
    async others(operation: Operation): Promise<Pick<Changes, 'outbox' | 'notices'>> {
      const isDone = operation.status === 'done';
      if (isDone && operation.kind === editCompanyKind.kind)
        return correctedNotices(deps, operation, deps.newId);
      if (!(isDone || operation.status === 'failed') || operation.approvedBy === null) return {};
      const approval = await storage.approvals.ofOperation(operation.id);
      return approval === undefined ? {} : { outbox: await approvalCards.finished(approval, isDone) };
    },

    /** Nobody said yes in time: for the requester and for those who were asked. */
    async expired(approval: Approval, operation: Operation): Promise<Drawn> {
      const said = (words: Words) => [words('approval.expired')];
      const own = await presenter.progress(operation, false, said);
      const asked = await approvalCards.closed(approval);
      return { ...own, outbox: [...own.outbox, ...asked] };
    },
  };
  return presenter;
}
