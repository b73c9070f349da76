import { createWords } from '../locales/words.ts';
import { type AccountRef, accountKey } from '../partner/accounts.ts';
import { againOnConflict, isConflict } from '../partner/again-on-conflict.ts';
import type { Clock } from '../partner/clock.ts';
import type { Zones } from '../partner/company-zones.ts';
import type { Log } from '../partner/log.ts';
import {
  isNoticeSubject,
  isNudge,
  type Notice,
  type NoticeKind,
  type NoticeSubject,
  noticeStem,
  noticeTraits,
  toldNotice,
  wasToldTo,
} from '../partner/notices.ts';
import { workingMoment } from '../partner/working-hours.ts';
import type { CardAction, Job, OutboxMessage } from '../storage/changes.ts';
import type { Storage } from '../storage/storage.ts';
import { cardActionFor } from './card-actions.ts';
import { type Chat, type ChatSources, chatsIn } from './chats.ts';
import type { Duty, DutyOf } from './duty.ts';
import { messageFor } from './message.ts';
import type { createReadRights } from './rights.ts';
import { gatherMs, isOverdue, nextLook, unreadMs } from './when.ts';

const mostTries = 5;

interface Deps {
  storage: ChatSources & Pick<Storage, 'accounts' | 'notices' | 'commit'>;
  /** Whose business the notices of this kind are, whether they are still so, and how they look. */
  duties: Readonly<Record<NoticeKind, DutyOf>>;
  readRights: ReturnType<typeof createReadRights>;
  zones: Zones;
  clock: Clock;
  log: Log;
  /** 256 random bits, base64url. */
  newNonce(): string;
}

/** Notices of one kind about one thing, and what is known of them now. */
interface Group {
  kind: NoticeKind;
  duty: Duty;
  zone: string;
  now: number;
  rightsOf: Deps['readRights'];
}

interface Reader {
  account: AccountRef;
  chat: Chat;
}

/**
 * Tells what waits about one thing: to whom it is first, and where that one is not there, may not act, or has let four
 * working hours go by, to everybody who may act. Whether it is still so is looked at right before. Runs whenever something
 * is added, and when somebody signs in.
 */
export function createTellNotices(deps: Deps) {
  const { storage, clock, zones, readRights } = deps;

  /** When to look again (domain time); undefined: not before something happens. */
  async function tell(subject: NoticeSubject): Promise<number | undefined> {
    const open = await storage.notices.open(subject);
    const looks: number[] = [];
    for (const kind of new Set(open.map((notice) => notice.kind))) {
      looks.push(...(await tellApart(open.filter((notice) => notice.kind === kind))));
    }
    return looks.length === 0 ? undefined : Math.min(...looks);
  }

  /** What is wrong with one kind keeps nobody from hearing the others. */
  async function tellApart(notices: readonly Notice[]): Promise<number[]> {
    try {
      return await tellKind(notices);
    } catch (error) {
      if (isConflict(error)) throw error;
      deps.log.error({ err: error, notices: notices.map(({ id }) => id) }, 'notices could not be told');
      return [clock.now() + unreadMs];
    }
  }

  async function tellKind(notices: readonly Notice[]): Promise<number[]> {
    const [{ kind, company, subject }] = notices as [Notice, ...Notice[]];
    const duty = await deps.duties[kind](notices);
    const group: Group = {
      ...{ kind, duty, zone: await zones.ofCompany(company), now: clock.now() },
      rightsOf: eachOnce(readRights),
    };
    const isStill = ({ id }: Notice) => duty.still.has(id);
    const heldUntil = await holdOf(subject, group, notices.filter(isStill));
    const isHeld = ({ toldAt }: Notice) => toldAt === null && group.now < heldUntil;
    const over = notices.filter((notice) => !isStill(notice)).map(ended);
    const ready = notices.filter((notice) => isStill(notice) && !isHeld(notice));
    const { told, outbox, cardActions, isUnread } = await toldNow(group, company, ready);
    const changed = told.filter((notice) => !notices.includes(notice));
    await storage.commit({
      ...{ outbox, cardActions },
      notices: [...over, ...changed].map((save) => ({ save })),
    });
    return [
      ...(over.length + ready.length < notices.length ? [heldUntil] : []),
      ...(isUnread ? [group.now + unreadMs] : []),
      ...told.flatMap((notice) => nextLook(group, notice)),
    ];
  }

  /** Until when what was told to nobody yet waits for more of its kind, or for working hours. */
  async function holdOf(
    subject: NoticeSubject,
    { kind, zone, now }: Group,
    notices: readonly Notice[],
  ): Promise<number> {
    const first = notices.find(({ toldAt }) => toldAt === null);
    if (first === undefined) return now;
    const last = noticeTraits[kind].gathers ? await storage.notices.lastTold(subject, kind) : undefined;
    const gathered = last === undefined ? now : Math.max(now, last + gatherMs);
    return isNudge(first) ? workingMoment(zone, gathered) : gathered;
  }

  async function toldNow(group: Group, company: string, ready: readonly Notice[]) {
    const drawn: { outbox: OutboxMessage[]; cardActions: { add: CardAction }[] } = {
      ...{ outbox: [], cardActions: [] },
    };
    if (ready.length === 0) return { ...drawn, told: [], isUnread: false };
    const chats = await chatsIn(storage, company);
    const { first } = group.duty;
    const chat = first === null ? undefined : chats.get(accountKey(first));
    // Whoever is first is told also while their rights cannot be known.
    const isAway =
      first === null ||
      chat === undefined ||
      (await group.rightsOf(first))(group.duty.capabilities) === false;
    const notices = ready.map((notice) => {
      const isForAll = notice.everyoneAt === null && (isAway || isOverdue(group, notice));
      return isForAll ? { ...notice, everyoneAt: group.now } : notice;
    });
    const forAll = notices.filter(({ everyoneAt }) => everyoneAt !== null);
    const { able, isUnread } = await whoMay(group, chats, forAll);
    const readers = first === null || chat === undefined ? able : [{ account: first, chat }, ...able];
    const toldTo = new Map<string, string[]>();
    for (const reader of readers) {
      const isFirst = reader.chat === chat;
      const news = (isFirst ? notices : forAll).filter((notice) => !wasToldTo(notice, reader.account));
      const parts = noticeTraits[group.kind].gathers ? [news] : news.map((one) => [one]);
      for (const part of parts.filter(({ length }) => length > 0)) {
        const { message, buttons } = await drawFor(group, reader, part, isFirst);
        drawn.outbox.push(message);
        drawn.cardActions.push(...buttons);
      }
      for (const { id } of news) toldTo.set(id, [...(toldTo.get(id) ?? []), accountKey(reader.account)]);
    }
    const firstKey = first === null ? '' : accountKey(first);
    const told = notices.map((notice) => {
      const after = toldNotice(notice, toldTo.get(notice.id) ?? [], group.now);
      // Told to one who cannot act, or not to all who may: somebody else is still to hear it.
      const isShort = isUnread || (isAway && after.toldTo.every((key) => key === firstKey));
      return isShort ? { ...after, status: notice.status } : after;
    });
    return { ...drawn, told, isUnread };
  }

  /** Others who may act and were not told of all of it. */
  async function whoMay(
    { duty, rightsOf }: Group,
    chats: ReadonlyMap<string, Chat>,
    forAll: readonly Notice[],
  ) {
    const able: Reader[] = [];
    let isUnread = false;
    const isFirst = (key: string) => duty.first !== null && key === accountKey(duty.first);
    for (const [key, chat] of chats) {
      const { account } = chat;
      if (account === null || isFirst(key) || forAll.every((notice) => wasToldTo(notice, account))) continue;
      const may = (await rightsOf(account))(duty.capabilities);
      if (may === true) able.push({ account, chat });
      if (may === undefined) isUnread = true;
    }
    return { able, isUnread };
  }

  async function drawFor(
    { duty, now, rightsOf }: Group,
    { account: ref, chat }: Reader,
    news: readonly Notice[],
    isFirst: boolean,
  ) {
    const language = chat.language ?? 'vi';
    const words = createWords(language, await zones.ofReader(ref, chat));
    const first = duty.first === null ? undefined : await storage.accounts.find(duty.first);
    const firstName = first?.displayName ?? words('person.erased');
    const buttons: { add: CardAction }[] = [];
    const reader = {
      ...{ account: await storage.accounts.find(ref), words, language, now },
      insteadOf: isFirst || duty.first === null ? undefined : firstName,
      // Who cannot be seen to have the right is offered nothing that would be refused.
      mayTake: !isFirst && (await rightsOf(ref))(duty.takes) === true,
      nonceFor(meaning: Parameters<typeof cardActionFor>[0]) {
        const nonce = deps.newNonce();
        const add = cardActionFor(meaning, { nonce, personKey: chat.key, account: ref, now });
        buttons.push({ add });
        return nonce;
      },
    };
    const card = await duty.draw(reader, news);
    const key = `${noticeStem(news[0]?.id ?? '')}${ref.objectId}`;
    return { message: messageFor(ref, chat, { key, card }), buttons };
  }

  return async ({ args: { subject } }: Job) => {
    if (!isNoticeSubject(subject)) return 'done' as const;
    const againAt = await againOnConflict(() => tell(subject), mostTries);
    return againAt === undefined ? ('done' as const) : { againAt, clock: 'domain' as const };
  };
}

/** Nobody's rights are read twice in one look. */
function eachOnce(readRights: Deps['readRights']): Deps['readRights'] {
  const read = new Map<string, ReturnType<Deps['readRights']>>();
  return (account) => {
    const key = accountKey(account);
    const rights = read.get(key) ?? readRights(account);
    read.set(key, rights);
    return rights;
  };
}

const ended = (notice: Notice): Notice => ({ ...notice, status: 'over' });
