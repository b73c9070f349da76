import type { ChatSide, SignInLink } from '../dialogs/turn.ts';
import { type Account, accountKey } from '../partner/accounts.ts';
import { handOverKey } from '../partner/sealed-keys.ts';
import type { ChatPerson, SignInRequest } from '../storage/changes.ts';
import type { Storage } from '../storage/storage.ts';
import type { Gathered } from './gathered.ts';
import type { InboundMessage } from './inbound-message.ts';
import { type CodeTry, countCode, forgiveCode, mayBegin, openedHandOver } from './sign-in-codes.ts';
import { signedIn } from './signed-in.ts';

export interface ChatDeps {
  storage: Storage;
  /** Starts a sign-in: what to store, and the addresses to open. */
  newSignIn(personKey: string, conversationKey: string, now: number): NewSignIn;
  linksOf(state: string): SignInLink[];
  hashCode(state: string, code: string): string;
  /** Whether people of this company are staff here. */
  isPartner(tenantId: string): boolean;
  operationJob(operationId: string): NonNullable<Gathered['changes']['jobs']>[number];
  newId(): string;
}

export interface NewSignIn {
  request: SignInRequest;
  /** One per cloud. */
  links: SignInLink[];
}

/** Who is in this chat, as the turn has it by now. */
export interface Who {
  person(): ChatPerson;
  account(): Account | undefined;
  become(person: ChatPerson, account: Account | undefined): void;
}

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
  const { personKey, conversationKey } = message;
  /** The same message counts once, however often its turn runs. */
  const attempt = JSON.stringify([conversationKey, message.activity.id ?? deps.newId()]);
  /** The sign-in that this turn has ended: each is ended once. */
  let ended = '';
  let extended = '';

  function end({ state, ...request }: SignInRequest, status: 'finished' | 'failed'): void {
    if (ended === state) return;
    ended = state;
    changes.signIns.push({ update: { ...request, state, status, codeHash: null }, from: request.status });
    changes.vault.push({ remove: handOverKey(state) });
  }

  const tryOf = ({ state, account }: SignInRequest): CodeTry => ({
    ...{ state, personKey, account: account === null ? '' : accountKey(account) },
  });

  async function signIn(request: SignInRequest, typed: string): Promise<boolean> {
    const isRight = request.codeHash !== null && request.codeHash === deps.hashCode(request.state, typed);
    const handedOver = isRight ? await storage.vault.open(handOverKey(request.state), now) : undefined;
    const signed = openedHandOver(handedOver);
    if (signed === undefined) return false;
    end(request, 'finished');
    const { account } = signed;
    const { accounts, tokens, operations, operationCards, jobs, signOuts, attempts } = await signedIn(
      { ...deps, now },
      signed,
      who.person(),
    );
    changes.accounts.push(...accounts);
    changes.tokens.push(...tokens);
    changes.operations.push(...operations);
    changes.operationCards.push(...operationCards);
    changes.jobs.push(...jobs);
    changes.signOuts.push(...signOuts);
    changes.attempts.push(...attempts, ...forgiveCode(attempt, tryOf(request)));
    gathered.signedIn = true;
    const { tenantId, objectId } = account;
    who.become({ ...who.person(), account: { tenantId, objectId } }, account);
    return true;
  }

  const inLanguage = (links: readonly SignInLink[]): SignInLink[] =>
    links.map(({ cloud, address }) => ({ cloud, address: `${address}&lang=${chat.language}` }));

  const chat: ChatSide = {
    personKey,
    get language() {
      return who.person().language ?? 'vi';
    },
    get languageChosen() {
      return who.person().language !== null;
    },
    personal: message.personal,
    isJustSignedIn: message.isSignInFinished,
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
      const earlier = await storage.signIns.openFor(personKey, now);
      if (earlier?.status === 'open' && earlier.state !== ended) {
        // The link that there is leads to the same place, and has all its time again.
        const { expiresAt } = deps.newSignIn(personKey, conversationKey, now).request;
        if (extended !== earlier.state)
          changes.signIns.push({ update: { ...earlier, expiresAt }, from: 'open' });
        extended = earlier.state;
        return inLanguage(deps.linksOf(earlier.state));
      }
      if (!(await mayBegin(storage, attempt, personKey, now))) return 'too-often';
      if (earlier !== undefined) end(earlier, 'failed');
      const { request, links } = deps.newSignIn(personKey, conversationKey, now);
      changes.signIns.push({ add: request });
      return inLanguage(links);
    },
    async endSignIn() {
      const open = await storage.signIns.openFor(personKey, now);
      if (open !== undefined) end(open, 'failed');
    },
    async enterCode(code) {
      const request = await storage.signIns.openFor(personKey, now);
      if (request === undefined) return 'expired';
      if (request.status === 'open') return 'not-yet';
      const counted = await countCode(storage, attempt, tryOf(request), now);
      if (counted === 'hourly') return 'hourly';
      if (counted !== 'ended' && (await signIn(request, code))) return 'signed-in';
      if (counted === 'fine') return 'wrong';
      end(request, 'failed');
      return 'too-often';
    },
    async isSignInOver() {
      const newest = await storage.signIns.newestOf(personKey);
      return newest?.status === 'finished' && who.account() !== undefined;
    },
    signOut() {
      const account = who.account();
      if (account !== undefined) {
        const { tenantId, objectId } = account;
        const keepsName = deps.isPartner(tenantId);
        changes.signOuts.push({ account: { tenantId, objectId }, at: Date.now(), keepsName });
      }
      who.become({ ...who.person(), account: null }, undefined);
    },
  };
  return chat;
}
