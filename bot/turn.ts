import type { Judge } from '../dialogs/judgement.ts';
import type { Turn } from '../dialogs/turn.ts';
import { createWords } from '../locales/words.ts';
import { messageTo } from '../notices/message-to.ts';
import { type Account, accountKey } from '../partner/accounts.ts';
import { readSituation, type SituationSources } from '../partner/authorise.ts';
import type { Situation } from '../partner/capabilities.ts';
import type { Commerces } from '../partner/commerce.ts';
import type { CompanyRecords } from '../partner/company.ts';
import type { CompanyMailboxes } from '../partner/company-mailbox.ts';
import type { Zones } from '../partner/company-zones.ts';
import type { Directories, Directory, PeopleDesk } from '../partner/directory.ts';
import { PartnerError } from '../partner/errors.ts';
import type { Log } from '../partner/log.ts';
import type { MailFacts } from '../partner/mail-guard.ts';
import { cardOf } from '../partner/operations.ts';
import type { ChatPerson } from '../storage/changes.ts';
import type { Storage } from '../storage/storage.ts';
import { createApprovalCards } from './approval-cards.ts';
import { type ChatDeps, createChatSide, type Who } from './chat-side.ts';
import { createColleagues } from './colleagues.ts';
import { createDelegationDesk, type DelegationDeskDeps } from './delegation-desk.ts';
import { createForgetting, type ForgettingDeps } from './forgetting.ts';
import { type Gathered, nothingGathered } from './gathered.ts';
import type { InboundMessage } from './inbound-message.ts';
import { createKeySetupDesk } from './key-setup-desk.ts';
import { createNoticeDesk } from './notice-desk.ts';
import { createOfferDesk, type OfferDeskDeps } from './offer-desk.ts';
import type { BotPresenter } from './presenter.ts';
import { createRecords } from './records.ts';
import { createTurnButtons } from './turn-buttons.ts';
import { createVoice } from './voice.ts';

export interface TurnDeps extends ChatDeps, OfferDeskDeps, DelegationDeskDeps, ForgettingDeps {
  storage: Storage;
  directories: Pick<Directories, 'as'>;
  companyRecords: CompanyRecords;
  companyMailboxes: CompanyMailboxes;
  mailFacts: MailFacts;
  commerces: Commerces;
  situations: SituationSources;
  zones: Zones;
  presenter: BotPresenter;
  newId(): string;
  newNonce(): string;
  newReference(): string;
  hash(text: string): string;
  /** The job that runs an operation. */
  operationJob(operationId: string): NonNullable<Gathered['changes']['jobs']>[number];
  /** The job that ends an approval when its time is over. */
  expiryJob(approvalId: string, at: number): NonNullable<Gathered['changes']['jobs']>[number];
  log: Log;
}

export interface RunningTurn {
  turn: Turn;
  judge: Judge;
  gathered: Gathered;
  person(): ChatPerson;
}

/** One run of a turn over freshly read state. `signal` ends its reads from Microsoft; `zone` is whose day the person has. */
export function createTurn(
  deps: TurnDeps,
  message: InboundMessage,
  found: { person: ChatPerson; account: Account | undefined; now: number; signal: AbortSignal; zone: string },
): RunningTurn {
  const { storage, newId } = deps;
  const { now, signal } = found;
  const gathered = nothingGathered();
  const { changes } = gathered;
  const colleagues = createColleagues(deps);
  let person = found.person;
  let { account } = found;
  let input = message.input;
  let directory: (Directory & PeopleDesk) | undefined;
  let situation: Promise<Situation> | undefined;

  const who: Who = {
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
  };
  const chat = createChatSide(deps, message, now, gathered, who);

  function requireAccount(): Account {
    if (account === undefined) throw new PartnerError('sign-in-needed');
    return account;
  }

  function directoryNow(): Directory & PeopleDesk {
    directory ??= deps.directories.as(requireAccount(), { signal });
    return directory;
  }

  function situationNow(): Promise<Situation> {
    situation ??= readSituation(directoryNow(), requireAccount(), deps.situations, signal);
    return situation;
  }

  function draw({
    outbox,
    cardActions,
    operationCards,
  }: Awaited<ReturnType<BotPresenter['progress']>>): void {
    gathered.outbox.push(...outbox);
    changes.cardActions.push(...cardActions);
    changes.operationCards.push(...operationCards);
  }

  const { button, judge } = createTurnButtons({
    storage,
    gathered,
    newNonce: deps.newNonce,
    personKey: message.personKey,
    account: () => account,
    now,
  });

  const turn: Turn = {
    get input() {
      return input;
    },
    replay(again) {
      input = again;
    },
    now,
    get words() {
      return createWords(chat.language, found.zone);
    },
    companyZone: () => deps.zones.ofCompany(requireAccount().tenantId),
    wordsFrom: async (company) =>
      createWords(
        chat.language,
        (message.personal ? person.zone : null) ?? (await deps.zones.ofCompany(company)),
      ),
    get account() {
      return account;
    },
    requireAccount,
    directory: directoryNow,
    companyDesk: () => deps.companyRecords.as(requireAccount(), { signal }),
    commerce: () => deps.commerces.as(requireAccount(), { signal }),
    tenants: () => deps.tenantLookups.as(requireAccount(), { signal }),
    offers: createOfferDesk(deps, gathered, requireAccount),
    delegations: createDelegationDesk(deps, gathered, requireAccount),
    keySetups: createKeySetupDesk(deps, gathered, requireAccount),
    notices: createNoticeDesk({ ...deps, now }, gathered, requireAccount),
    mailFacts: deps.mailFacts,
    companyMailbox: () => deps.companyMailboxes.of(requireAccount().tenantId),
    relationships: () => deps.relationships.as(requireAccount(), { signal }),
    situation: situationNow,
    authorisations: (options = {}) =>
      deps.situations.authorisations.of(requireAccount(), { ...options, signal }),
    ...createVoice({ message, gathered, newId, referenceOf: (to) => colleagues.referenceOf(to) }),
    async showProgress(operation, said) {
      draw(await deps.presenter.progress(operation, false, { said }));
    },
    async showAnew(operation) {
      const here = { ...operation, personKey: message.personKey, cardKey: newId() };
      // What is drawn must be how it stands once the card is here: later steps are drawn in its place.
      changes.operations.push({ same: { id: operation.id, version: operation.version } });
      changes.operationCards.push({ place: cardOf(here) });
      draw(await deps.presenter.progress(here, false, { isFirst: true }));
    },
    async tellTakenOver(operation, by) {
      gathered.outbox.push(...(await deps.presenter.takenOver(operation, by)));
    },
    async tellAccount(to, { key = newId(), draw }) {
      const message = await messageTo(deps, to, { key, draw });
      if (message !== undefined) gathered.outbox.push(message);
    },
    async closeApproval(ended) {
      gathered.outbox.push(...(await createApprovalCards(deps).closed(ended)));
    },
    newId,
    reference(facts) {
      const reference = deps.newReference();
      deps.log.info({ reference, ...facts }, 'a person was told of a problem');
      return reference;
    },
    button,
    record(operation) {
      changes.operations.push({ add: operation });
      changes.jobs.push(deps.operationJob(operation.id));
    },
    recordWaiting(operation, approval) {
      changes.operations.push({ add: operation });
      changes.approvals.push({ add: approval });
      changes.jobs.push(deps.expiryJob(approval.id, approval.expiresAt));
    },
    waitAgain(operation, approval) {
      changes.operations.push({ save: operation });
      changes.approvals.push({ add: approval });
      changes.jobs.push(deps.expiryJob(approval.id, approval.expiresAt));
    },
    resume(operation) {
      changes.operations.push({ save: operation });
      changes.jobs.push(deps.operationJob(operation.id));
    },
    hurry: (operation) => void changes.jobs.push(deps.operationJob(operation.id)),
    keep: (operation) => void changes.operations.push({ save: operation, by: requireAccount() }),
    placeCard: (operation) => void changes.operationCards.push({ place: cardOf(operation) }),
    findOperation: (id) => storage.operations.find(id),
    hash: deps.hash,
    async colleaguesWho(capability, as = 'doer') {
      return colleagues.who(capability, as, requireAccount(), directoryNow());
    },
    reach: colleagues.reach,
    accountOf: async (whose) =>
      whose.tenantId === requireAccount().tenantId ? storage.accounts.find(whose) : undefined,
    everyoneReachable: () => colleagues.everyone(requireAccount().tenantId),
    wasTold: async (key) => (await storage.outbox.find(key)) !== undefined,
    records: createRecords(storage, gathered, {
      ...{ account: requireAccount, personKey: message.personKey, zones: deps.zones },
    }),
    forgetting: createForgetting(deps, { message, gathered, now }, who),
    chat,
  };
  return { turn, judge, gathered, person: () => person };
}

const accountKeyOf = (account: Account | undefined) => (account === undefined ? '' : accountKey(account));
