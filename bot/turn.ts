import type { Card } from '../cards/render.ts';
import type { Turn } from '../dialogs/turn.ts';
import { createWords } from '../locales/words.ts';
import { type Account, accountKey } from '../partner/accounts.ts';
import { readSituation, type SituationSources } from '../partner/authorise.ts';
import type { Situation } from '../partner/capabilities.ts';
import type { Directories, Directory } from '../partner/directory.ts';
import { PartnerError } from '../partner/errors.ts';
import type { Log } from '../partner/log.ts';
import type { JsonObject, Operation } from '../partner/operations.ts';
import type { ChatPerson } from '../storage/changes.ts';
import type { Storage } from '../storage/storage.ts';
import { type ChatDeps, createChatSide } from './chat-side.ts';
import { type Gathered, nothingGathered } from './gathered.ts';
import type { InboundMessage } from './inbound-message.ts';

export interface TurnDeps extends ChatDeps {
  storage: Storage;
  directories: Directories;
  situations: SituationSources;
  newId(): string;
  newNonce(): string;
  newReference(): string;
  /** The job that runs an operation. */
  operationJob(operationId: string): NonNullable<Gathered['changes']['jobs']>[number];
  log: Log;
}

export interface RunningTurn {
  turn: Turn;
  gathered: Gathered;
  person(): ChatPerson;
}

/** A button works this long; a form left open over a weekend still does. */
const buttonLifetimeMs = 7 * 24 * 60 * 60 * 1000;
const actionSchema = 1;

/** One run of a turn over freshly read state. `signal` ends its reads from Microsoft. */
export function createTurn(
  deps: TurnDeps,
  message: InboundMessage,
  found: { person: ChatPerson; account: Account | undefined; now: number; signal: AbortSignal },
): RunningTurn {
  const { storage, newId } = deps;
  const gathered = nothingGathered();
  let person = found.person;
  let { account } = found;
  let input = message.input;
  let directory: Directory | undefined;
  let situation: Promise<Situation> | undefined;

  const chat = createChatSide(deps, message, found.now, gathered, {
    person: () => person,
    account: () => account,
    become(changed, signedIn) {
      person = changed;
      if (accountKeyOf(signedIn) !== accountKeyOf(account)) {
        directory = undefined;
        situation = undefined;
      }
      account = signedIn;
    },
  });

  function requireAccount(): Account {
    if (account === undefined) throw new PartnerError('sign-in-needed');
    return account;
  }

  function directoryNow(): Directory {
    directory ??= deps.directories.as(requireAccount(), { signal: found.signal });
    return directory;
  }

  function put(activity: JsonObject, key: string, replaces: string | null): string {
    const { conversationKey, reference } = message;
    gathered.outbox.push({
      key,
      conversationKey,
      reference,
      activity,
      replaces,
      passing: false,
      forAccount: null,
    });
    return key;
  }

  const turn: Turn = {
    get input() {
      return input;
    },
    replay(again) {
      input = again;
    },
    now: found.now,
    get words() {
      return createWords(chat.language);
    },
    get account() {
      return account;
    },
    requireAccount,
    directory: directoryNow,
    situation() {
      situation ??= readSituation(directoryNow(), requireAccount(), deps.situations, found.signal);
      return situation;
    },
    say: (text) => void put(textActivity(text), newId(), null),
    show: (card, place = {}) => put(cardActivity(card), place.key ?? newId(), place.replaces ?? null),
    newId,
    reference(facts) {
      const reference = deps.newReference();
      deps.log.info({ reference, ...facts }, 'a person was told of a problem');
      return reference;
    },
    button(meaning) {
      const nonce = deps.newNonce();
      gathered.changes.cardActions.push({
        add: {
          nonce,
          verb: meaning.verb,
          schema: actionSchema,
          personKey: message.personKey,
          accountKey: account === undefined ? null : accountKey(account),
          company: account?.tenantId ?? null,
          args: meaning.args,
          expiresAt: found.now + buttonLifetimeMs,
          usedAt: null,
        },
      });
      return nonce;
    },
    async press(nonce, verb) {
      const action = nonce === undefined ? undefined : await storage.cardActions.find(nonce);
      const isTheirs = action?.verb === verb && action.personKey === message.personKey;
      if (action === undefined || !isTheirs || action.schema !== actionSchema) return 'unknown';
      if (action.usedAt !== null) return 'used';
      if (action.expiresAt <= found.now) return 'unknown';
      gathered.changes.cardActions.push({ use: action.nonce, at: found.now });
      return action.args;
    },
    record(operation, object) {
      gathered.changes.operations.push({ add: operation });
      gathered.changes.jobs.push(deps.operationJob(operation.id));
      gathered.changes.audit.push({
        id: newId(),
        at: found.now,
        operationId: operation.id,
        actor: operation.actor,
        company: operation.company,
        verb: operation.kind,
        object,
        outcome: 'intended',
        details: {},
      });
    },
    resume(operation: Operation) {
      gathered.changes.operations.push({ save: operation });
      gathered.changes.jobs.push(deps.operationJob(operation.id));
    },
    findOperation: (id) => storage.operations.find(id),
    chat,
  };
  return { turn, gathered, person: () => person };
}

const accountKeyOf = (account: Account | undefined) => (account === undefined ? '' : accountKey(account));

function textActivity(text: string): JsonObject {
  return { type: 'message', text, textFormat: 'plain' };
}

export function cardActivity(card: Card): JsonObject {
  const content = JSON.parse(JSON.stringify(card)) as JsonObject;
  return {
    type: 'message',
    attachmentLayout: 'list',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }],
  };
}
