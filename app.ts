import { createHash, createHmac, hkdfSync, randomBytes, randomInt, randomUUID } from 'node:crypto';
import { createPages } from './app-pages.ts';
import { createAuthentication } from './bot/authentication.ts';
import { type Bot, createBot } from './bot/bot.ts';
import { createCompanyNames } from './bot/company-names.ts';
import { createConnector } from './bot/connector.ts';
import { createDelegationConsequences } from './bot/delegation-consequences.ts';
import { createMailFacts } from './bot/mail-facts.ts';
import { createOfferConsequences } from './bot/offer-consequences.ts';
import { createOfferMails } from './bot/offer-mails.ts';
import { createPacing, unpaced } from './bot/pacing.ts';
import { createPresenter } from './bot/presenter.ts';
import { createSignIns } from './bot/sign-ins.ts';
import { dialogStateOf } from './bot/state.ts';
import { teamsAccountIs } from './bot/teams-account.ts';
import { createConversation } from './dialogs/conversation.ts';
import { signInFinishedEvent } from './dialogs/sign-in.ts';
import { createExpireApprovals, expiryJob } from './jobs/expire-approvals.ts';
import { createExpireOffers, offerExpiryJob } from './jobs/expire-offers.ts';
import { createFollowing } from './jobs/follow-operations.ts';
import { createHandOver } from './jobs/hand-over.ts';
import { withdrawWorkOf } from './jobs/leavers-work.ts';
import { createRetention, retentionJob } from './jobs/retention.ts';
import { createRunOperations, operationJob } from './jobs/run-operations.ts';
import { createRunner } from './jobs/runner.ts';
import { type Channel, createSender } from './jobs/send-outbox.ts';
import { createWatchDelegations, firstLooks } from './jobs/watch-delegations.ts';
import { createCloudsInUse } from './microsoft/clouds-in-use.ts';
import { chatOf } from './notices/chats.ts';
import { createDuties } from './notices/duties.ts';
import { createReadRights } from './notices/rights.ts';
import { createTellNotices } from './notices/tell-notices.ts';
import { doesApprovalHold } from './partner/approvals.ts';
import { stillMay } from './partner/authorise.ts';
import type { Clock } from './partner/clock.ts';
import { createCompanyAuthorisations } from './partner/company-authorisations.ts';
import { type CompanyMailboxes, mailboxOf } from './partner/company-mailbox.ts';
import { createCompanyZones } from './partner/company-zones.ts';
import { operationKinds } from './partner/kinds.ts';
import type { Log } from './partner/log.ts';
import { passwordRight } from './partner/passwords.ts';
import type { Storage } from './storage/storage.ts';
import type { Surroundings } from './surroundings.ts';
import { createWebServer, type WebServer } from './web/server.ts';

export interface App {
  web: WebServer;
  bot: Bot;
  storage: Storage;
  /** Starts what works in the background. */
  start(): Promise<void>;
  /** Lets running work end, then closes the database. */
  stop(): Promise<void>;
}

interface AppDeps {
  surroundings: Surroundings;
  storage: Storage;
  clock: Clock;
  vaultKey: Buffer;
  publicUrl: string;
  log: Log;
  /** How long one call to Microsoft may take, ms; 10 s unless told. */
  timeoutMs?: number | undefined;
}

/** Puts the house together: storage → Microsoft → bot, pages and jobs. Starts and listens to nothing. */
export function createApp(deps: AppDeps): App {
  const { surroundings, storage, clock, vaultKey, publicUrl, log, timeoutMs } = deps;
  const { clouds, sandboxOrigin, partnerApp, companies } = surroundings;
  const newId = () => randomUUID();
  const newReference = () => newReadableReference();
  const newSecret = () => randomBytes(32).toString('base64url');
  const hash = (text: string) => createHash('sha256').update(text).digest('base64url');
  const hashKey = derived(vaultKey, 'codes');

  const microsoft = createCloudsInUse({
    clouds,
    cloudOf: companies.cloudOf,
    ...partnerApp,
    consentReturn: `${publicUrl}/sign-in/callback`,
    sandboxOrigin,
    tokenStore: storage.tokens,
    timeoutMs,
    clock,
    log,
  });
  const { directories, companyRecords, detected, commerces, mailboxes } = microsoft;
  const { tenantLookups, relationships } = microsoft;
  const offerLink = (code: string, language?: 'vi' | 'en') =>
    `${publicUrl}/offers/${code}${language === undefined ? '' : `?lang=${language}`}`;
  const mailFacts = createMailFacts({ storage, clock, hash });
  const companyMailboxes: CompanyMailboxes = {
    of: async (company) =>
      mailboxOf(await storage.statements.of(company), surroundings.usualMailbox(company)),
  };
  const job = (operationId: string) => operationJob(operationId, Date.now());
  const isPartner = (tenantId: string) => companies.cloudOf(tenantId) !== undefined;
  const zones = createCompanyZones({
    isPartner,
    countryOf: async (company) => (await directories.asPartner(company).company()).countryCode,
    kept: storage.companyZones.find,
    keep: (read) => storage.commit({ companyZones: [{ read }] }),
    ...{ clock, log },
  });
  const signIns = createSignIns({
    storage,
    signInTo: microsoft.signInTo,
    clientSignInTo: microsoft.clientSignInTo,
    clouds: clouds.map(({ name }) => name),
    cloudOf: companies.cloudOf,
    companyName: createCompanyNames({ ...surroundings, tenantLookups, log }),
    clock,
    publicUrl,
    newSecret,
    newCode: () => String(randomInt(1_000_000)).padStart(6, '0'),
    hash: (text) => createHmac('sha256', hashKey).update(text).digest('base64url'),
    isProven: (person, account) => surroundings.teamsProvesAccounts && teamsAccountIs(person, account),
    tellChat: (person) => bot.event(person, signInFinishedEvent),
    operationJob: job,
    isPartner,
  });

  const situations = {
    companies,
    authorisations: createCompanyAuthorisations({
      detected,
      statements: storage.statements.of,
      cloudOf: companies.cloudOf,
      clock,
      log,
    }),
  };
  const authentication = createAuthentication(surroundings.authentication, log);
  const isLocal = surroundings.authentication.mode === 'local';
  const connector = createConnector({ authentication, log, pacing: isLocal ? unpaced : createPacing() });
  const presenter = createPresenter({
    ...{ storage, zones },
    cloudOf: companies.cloudOf,
    revealAddress: (id, language) => `${publicUrl}/passwords/${id}?lang=${language}`,
    ...{ newId, newNonce: newSecret, clock },
  });
  const mails = createOfferMails({
    ...{ storage, zones, companyMailboxes, clock, newId, operationJob: job },
    link: offerLink,
  });
  const offerConsequences = createOfferConsequences({ storage, clock, newId, mails, operationJob: job });
  const following = createFollowing({ storage, kinds: operationKinds, clock, newId });
  const bot: Bot = createBot({
    storage,
    directories,
    situations,
    zones,
    authentication,
    conversation: createConversation({ work: dialogStateOf('work'), signIn: dialogStateOf('signIn') }),
    clock,
    newId,
    newNonce: newSecret,
    newReference,
    newSignIn: signIns.newSignIn,
    linksOf: signIns.linksOf,
    hashCode: signIns.hashCode,
    isPartner,
    operationJob: job,
    expiryJob,
    hash,
    presenter,
    companyRecords,
    companyMailboxes,
    mailFacts,
    commerces,
    relationships,
    tenantLookups,
    offerConsequences,
    withdrawWork: (leaver, by, at) =>
      withdrawWorkOf({ ...storage, following, kinds: operationKinds }, leaver, by, at),
    offerExpiryJob,
    cloudOf: companies.cloudOf,
    offerLink,
    log,
  });

  const runner = createRunner({
    storage,
    handlers: {
      'expire-approvals': createExpireApprovals({
        storage,
        clock,
        expired: presenter.expired,
        log,
      }),
      'expire-offers': createExpireOffers({
        ...{ storage, clock, newId, log },
      }),
      retention: createRetention({ storage, clock, isPartner, log }),
      'run-operation': createRunOperations({
        storage,
        kinds: operationKinds,
        randomBelow: (bound) => randomInt(bound),
        directories,
        companyRecords,
        commerces,
        mailboxes,
        companyMailboxes,
        mailFacts,
        relationships,
        situations,
        presenter,
        delegationMoved: createDelegationConsequences({ relationships, newId, mails }),
        isApproved: async (operation, facts) =>
          doesApprovalHold(operation, await storage.approvals.ofOperation(operation.id), {
            ...facts,
            hash,
            now: clock.now(),
          }),
        clock,
        newId,
        newReference,
        log,
      }),
      'tell-notices': createTellNotices({
        ...{ storage, zones, clock, log, newNonce: newSecret },
        duties: createDuties(storage, companyMailboxes),
        readRights: createReadRights({ directories, situations, log }),
      }),
      'watch-delegations': createWatchDelegations({
        ...{ storage, zones, relationships, clock, newId, log },
        isPartner,
      }),
    },
    clock,
    owner: newId(),
    log,
  });
  const sender = createSender({ storage, channel: connector as Channel, owner: newId(), log });
  const handOver = createHandOver({
    ...{ storage, operationJob: job, log },
    chatOf: (account) => chatOf(storage, account),
  });
  storage.onCommitted((changes) => {
    if (changes.outbox?.length) sender.wake();
    if (changes.jobs?.length) runner.wake();
    if (changes.accounts?.length) handOver.wake();
  });

  const web = createWebServer({
    messages: bot.receive,
    ...createPages({
      ...{
        surroundings,
        storage,
        zones,
        clock,
        publicUrl,
        signIns,
        microsoft,
        offerLink,
        offerConsequences,
        log,
      },
      ...{ newId, newReference, newSecret },
      keyFor: (purpose) => derived(vaultKey, purpose),
      mayReveal: ({ actor, kind }) =>
        stillMay(directories.asPartner(actor.tenantId), actor, passwordRight(kind), companies),
    }),
    hostNames:
      surroundings.authentication.mode === 'local'
        ? [...loopbackNames, new URL(publicUrl).hostname]
        : undefined,
    health: async () => (await storage.state.find('health')) === undefined,
    log,
  });

  return {
    web,
    bot,
    storage,
    async start() {
      if (surroundings.onlyProcess) {
        await storage.jobs.releaseAll();
        await storage.outbox.releaseAll();
      }
      const looks = firstLooks(surroundings.partners, clock.now());
      await storage.commit({ jobs: [retentionJob(Date.now()), ...looks] });
      sender.start();
      runner.start();
      handOver.start();
    },
    async stop() {
      await web.close();
      await bot.idle();
      await runner.stop();
      await sender.stop();
      await handOver.stop();
      await storage.close();
    },
  };
}

/** As a Host header names this machine. */
const loopbackNames = ['localhost', '127.0.0.1', '[::1]'];

function derived(key: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', purpose, 32));
}

/** Eight characters that people can read out: no 0/O, 1/I. */
function newReadableReference(): string {
  const signs = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
  return Array.from({ length: 8 }, () => signs.charAt(randomInt(signs.length))).join('');
}
