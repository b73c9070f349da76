import type { ChatSide, SignInLink } from '../dialogs/turn.ts';
import { type Account, accountKey } from '../partner/accounts.ts';
import { tokensKey } from '../partner/sign-in.ts';
import type { ChatPerson, SignInRequest } from '../storage/changes.ts';
import type { Storage } from '../storage/storage.ts';
import type { Gathered } from './gathered.ts';
import type { InboundMessage } from './inbound-message.ts';

export interface ChatDeps {
  storage: Storage;
  /** Starts a sign-in: what to store, and the addresses to open. */
  newSignIn(personKey: string, conversationKey: string, now: number): NewSignIn;
  hashCode(state: string, code: string): string;
  operationJob(operationId: string): NonNullable<Gathered['changes']['jobs']>[number];
}

export interface NewSignIn {
  request: SignInRequest;
  vault: Gathered['changes']['vault'];
  /** One per cloud. */
  links: SignInLink[];
}

interface Who {
  person(): ChatPerson;
  account(): Account | undefined;
  become(person: ChatPerson, account: Account | undefined): void;
}

const mostTries = 5;

/** Language and sign-in of the person in this chat. */
export function createChatSide(
  deps: ChatDeps,
  message: InboundMessage,
  now: number,
  gathered: Gathered,
  who: Who,
): ChatSide {
  const { storage } = deps;
  const { changes } = gathered;

  /** From here on this chat is that account's: work that waited for it goes on. */
  async function signedIn(account: Account): Promise<void> {
    gathered.signedInAs = accountKey(account);
    who.become(
      { ...who.person(), account: { tenantId: account.tenantId, objectId: account.objectId } },
      account,
    );
    for (const operation of await storage.operations.waitingForSignIn(account)) {
      changes.operations.push({ save: { ...operation, status: 'running', personKey: message.personKey } });
      changes.jobs.push(deps.operationJob(operation.id));
    }
  }

  return {
    personKey: message.personKey,
    get language() {
      return who.person().language ?? 'vi';
    },
    get languageChosen() {
      return who.person().language !== null;
    },
    personal: message.personal,
    get welcomed() {
      return who.person().welcomedAt !== null;
    },
    markWelcomed() {
      who.become({ ...who.person(), welcomedAt: now }, who.account());
    },
    chooseLanguage(language) {
      who.become({ ...who.person(), language }, who.account());
    },
    async beginSignIn() {
      const earlier = await storage.signIns.openFor(message.personKey, now);
      if (earlier !== undefined) changes.signIns.push(ending(earlier, 'failed'));
      const { request, vault, links } = deps.newSignIn(message.personKey, message.conversationKey, now);
      changes.signIns.push({ add: request });
      changes.vault.push(...vault);
      return links.map(({ cloud, address }) => ({ cloud, address: `${address}&lang=${this.language}` }));
    },
    async enterCode(code) {
      const request = await storage.signIns.openFor(message.personKey, now);
      if (request === undefined) return 'expired';
      if (request.status === 'open') return 'not-yet';
      const isRight = request.codeHash !== null && request.codeHash === deps.hashCode(request.state, code);
      const account =
        isRight && request.account !== null ? await storage.accounts.find(request.account) : undefined;
      if (account !== undefined) {
        changes.signIns.push(ending(request, 'finished'));
        await signedIn(account);
        return 'signed-in';
      }
      const tries = request.tries + 1;
      const update = { ...request, tries, status: tries < mostTries ? request.status : ('failed' as const) };
      changes.signIns.push({ update, from: request.status, tries: request.tries });
      return tries < mostTries ? 'wrong' : 'too-often';
    },
    signOut() {
      const account = who.account();
      if (account !== undefined) changes.vault.push({ remove: tokensKey(account) });
      who.become({ ...who.person(), account: null }, undefined);
    },
  };
}

function ending(request: SignInRequest, status: SignInRequest['status']) {
  return { update: { ...request, status, codeHash: null }, from: request.status, tries: request.tries };
}
