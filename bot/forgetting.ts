import type { ForgettingDesk } from '../dialogs/sign-in/forgetting-desk.ts';
import { conversationKeyOf } from '../notices/conversation-key.ts';
import { type Account, type AccountRef, accountKey } from '../partner/accounts.ts';
import type { Zones } from '../partner/company-zones.ts';
import { operationKinds } from '../partner/kinds.ts';
import { currentStep, type Operation } from '../partner/operations.ts';
import type { Changes, ChatPerson } from '../storage/changes.ts';
import type { Storage } from '../storage/storage.ts';
import { createApprovalCards } from './approval-cards.ts';
import type { Gathered } from './gathered.ts';
import type { InboundMessage } from './inbound-message.ts';

export interface ForgettingDeps {
  storage: Storage;
  zones: Zones;
  newId(): string;
  /** What takes back everything that still waits of somebody. */
  withdrawWork(leaver: AccountRef, by: AccountRef, at: number): Promise<Changes>;
  /** Whether people of this company are staff here. */
  isPartner(tenantId: string): boolean;
}

/** Nobody has more that is not over. */
const most = 1_000;

/** Gathers all that being forgotten changes, so that one commit does it or none of it. */
export function createForgetting(
  deps: ForgettingDeps,
  { message, gathered, now }: { message: InboundMessage; gathered: Gathered; now: number },
  who: {
    person(): ChatPerson;
    account(): Account | undefined;
    become(person: ChatPerson, account: undefined): void;
  },
): ForgettingDesk {
  const { storage } = deps;
  const { changes } = gathered;

  const ofActor = (account: AccountRef, status: 'running' | 'failed') =>
    storage.operations.ofActor(account, [status]);

  async function workOf(account: AccountRef) {
    const running = await ofActor(account, 'running');
    const withdrawn = await deps.withdrawWork(account, account, now);
    const gone = savedIn(withdrawn);
    return {
      busy: running.filter((operation) => !isUnattended(operation)),
      withdrawn,
      left: running.filter(({ id }) => !gone.has(id)),
      // Nobody else could try them again, and the words that they would take are erased.
      failed: (await ofActor(account, 'failed')).filter((each) => !gone.has(each.id) && followsNothing(each)),
    };
  }

  /** Where this account is signed in, and this chat. */
  async function chatsOf(account: Account | undefined) {
    const here = who.person();
    const signedIn = account === undefined ? [] : await storage.people.signedInAs(account);
    const elsewhere = signedIn.filter(({ key }) => key !== here.key);
    return [
      { personKey: here.key, version: here.version, conversationKey: message.conversationKey },
      ...elsewhere.map(({ key, version, reference }) => ({
        ...{ personKey: key, version },
        conversationKey: reference === null ? '' : conversationKeyOf(reference),
      })),
    ];
  }

  /** Whoever was asked for a yes sees that it is not needed any more, and no name. */
  async function closeApprovals(withdrawn: Changes, account: Account): Promise<void> {
    const nameless: Storage = {
      ...storage,
      accounts: {
        find: async (each) =>
          accountKey(each) === accountKey(account) ? undefined : storage.accounts.find(each),
      },
    };
    const cards = createApprovalCards({ ...deps, storage: nameless });
    for (const write of withdrawn.approvals ?? []) {
      const approval = 'decide' in write ? await storage.approvals.find(write.decide.id) : undefined;
      if (approval === undefined) continue;
      const ended = {
        ...approval,
        reason: '',
        status: 'withdrawn' as const,
        decidedBy: account,
        decidedAt: now,
      };
      gathered.outbox.push(...(await cards.closed(ended)));
    }
  }

  async function leave(account: Account, { withdrawn, failed }: Awaited<ReturnType<typeof workOf>>) {
    const { tenantId, objectId } = account;
    changes.operations.push(...(withdrawn.operations ?? []));
    changes.operations.push(
      ...failed.map((each) => ({ save: { ...each, status: 'cancelled' as const, drawn: each.drawn + 1 } })),
    );
    changes.approvals.push(...(withdrawn.approvals ?? []));
    changes.acceptances.push(...(withdrawn.acceptances ?? []));
    changes.delegations.push(...(withdrawn.delegations ?? []));
    changes.offerEvents.push(...(withdrawn.offerEvents ?? []));
    changes.signOuts.push({ account: { tenantId, objectId }, at: Date.now(), keepsName: false });
    await closeApprovals(withdrawn, account);
  }

  return {
    async standing() {
      const account = who.account();
      if (account === undefined) return { isStaff: false, busy: [], waiting: 0, unattended: 0, offers: 0 };
      const { busy, withdrawn, left } = await workOf(account);
      const open = await storage.offers.ofCompany(account.tenantId, {
        ...{ maker: account, statuses: ['published'], limit: most },
      });
      return {
        ...{ isStaff: deps.isPartner(account.tenantId), busy },
        waiting: savedIn(withdrawn).size,
        unattended: left.filter(isUnattended).length,
        offers: open.length,
      };
    },

    async forget(cardKey) {
      const account = who.account();
      const work = account && (await workOf(account));
      if (work !== undefined && work.busy.length > 0) return false;
      if (account !== undefined && work !== undefined) await leave(account, work);
      changes.forgotten.push({
        account: account ?? null,
        chats: await chatsOf(account),
        running: (work?.left ?? []).map(({ id, version }) => ({ id, version })),
        answering: { activityId: message.activity.id ?? '', message: cardKey },
      });
      who.become({ ...who.person(), account: null }, undefined);
      return true;
    },
  };
}

function savedIn({ operations = [] }: Changes): ReadonlySet<string> {
  return new Set(operations.flatMap((write) => ('save' in write ? [write.save.id] : [])));
}

/** It waits for others, perhaps for months, and reads with nobody's sign-in. */
function isUnattended(operation: Operation): boolean {
  const step = currentStep(operation);
  return operationKinds.get(operation.kind)?.steps[step?.id ?? '']?.unattended === true;
}

/** What a client's order or delegation hangs on stays as it stands, for colleagues to look at. */
function followsNothing(operation: Operation): boolean {
  const kind = operationKinds.get(operation.kind);
  return kind?.follows === undefined && kind?.followsDelegation === undefined;
}
