import { operationCardFor } from '../cards/operation-views.ts';
import { takenOverCard } from '../cards/take-over.ts';
import { createWords, type Words } from '../locales/words.ts';
import { cardActionFor } from '../notices/card-actions.ts';
import { asChat, type Chat, chatOf } from '../notices/chats.ts';
import { correctedNotices } from '../notices/corrected.ts';
import { messageFor } from '../notices/message.ts';
import { accountKey } from '../partner/accounts.ts';
import type { Approval } from '../partner/approvals.ts';
import type { CloudName } from '../partner/capabilities.ts';
import type { Clock } from '../partner/clock.ts';
import type { Zones } from '../partner/company-zones.ts';
import { editCompanyKind } from '../partner/edit-company.ts';
import { cardOf, type Operation } from '../partner/operations.ts';
import type { CardAction, Changes, OutboxMessage } from '../storage/changes.ts';
import type { Storage } from '../storage/storage.ts';
import { createApprovalCards } from './approval-cards.ts';

type Drawn = Required<Pick<Changes, 'outbox' | 'cardActions' | 'operationCards'>>;

interface Drawing {
  /** What there is to say besides. */
  said?: ((words: Words) => readonly string[]) | undefined;
  /** It is the card itself, and takes no other one's place. */
  isFirst?: boolean;
}

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

  async function shownTo(operation: Operation): Promise<{ chat: Chat | undefined; isOwn: boolean }> {
    const person = await storage.people.find(operation.personKey);
    if (person?.account && accountKey(person.account) === accountKey(operation.actor))
      return { chat: asChat(person), isOwn: true };
    return { chat: await chatOf(storage, operation.actor), isOwn: false };
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
      { said = () => [], isFirst = false }: Drawing = {},
    ): Promise<Drawn> {
      const { chat, isOwn } = await shownTo(operation);
      const account = await storage.accounts.find(operation.actor);
      // Who is forgotten waits for nothing.
      if (chat === undefined && (passing || account === undefined))
        return { outbox: [], cardActions: [], operationCards: [] };
      const language = chat?.language ?? 'vi';
      const revealAddress = deps.revealAddress(operation.id, language);
      const words = createWords(language, await zones.ofReader(operation.actor, chat));
      const approval = [...(await whoApproved(operation, words)), ...said(words)];
      const cloud = deps.cloudOf(operation.company);
      const buttons: CardAction[] = [];
      const card = operationCardFor(words, account, operation, {
        ...{ revealAddress, approval, cloud, language },
        nonceFor(verb) {
          const meaning = { verb, args: { operation: operation.id } };
          // Where it waits for the account nobody knows yet in which chat it will be read.
          const personKey = chat?.key ?? '';
          const whose = { nonce: newNonce(), personKey, account: operation.actor, now: clock.now() };
          const action = cardActionFor(meaning, whose);
          buttons.push(action);
          return action.nonce;
        },
      });
      const key = isFirst ? operation.cardKey : `${operation.cardKey}.${operation.drawn}`;
      const replaces = isOwn && !isFirst ? operation.cardKey : null;
      const message = messageFor(operation.actor, chat, { key, card, replaces });
      const operationCards = [{ same: cardOf(operation) }];
      return {
        outbox: [{ ...message, passing: passing && isOwn }],
        cardActions: buttons.map((add) => ({ add })),
        operationCards,
      };
    },

    /** Somebody of this name carries on what this person had: told where its card stands, or once they sign in. */
    async takenOver(operation: Operation, by: string): Promise<OutboxMessage[]> {
      const { chat, isOwn } = await shownTo(operation);
      const account = await storage.accounts.find(operation.actor);
      // Who is forgotten hears of nothing.
      if (account === undefined) return [];
      const language = chat?.language ?? 'vi';
      const words = createWords(language, await zones.ofReader(operation.actor, chat));
      const card = takenOverCard(words, language, { account, operation, by });
      const key = `${operation.cardKey}.${deps.newId()}`;
      return [messageFor(operation.actor, chat, { key, card, replaces: isOwn ? operation.cardKey : null })];
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
      const own = await presenter.progress(operation, false, { said });
      const asked = await approvalCards.closed(approval);
      return { ...own, outbox: [...own.outbox, ...asked] };
    },
  };
  return presenter;
}
