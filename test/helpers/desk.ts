import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import en from '../../locales/en.json' with { type: 'json' };
import vi from '../../locales/vi.json' with { type: 'json' };
import type { AccountRef } from '../../partner/accounts.ts';
import type { Operation } from '../../partner/operations.ts';
import { seedAccounts } from '../../sandbox/seed/seed.ts';
import type { SandboxUser } from '../../sandbox/world.ts';
import { openSignIn, signInAddress, type TestBot, teamsProvesByDefault, wordsOf } from './app.ts';
import { dataOf, valuesOf } from './card-answers.ts';
import type { Received } from './fake-channel.ts';
import type { PersonOptions } from './fake-channel-activities.ts';
import type { Answer, Person } from './fake-channel-person.ts';

/** A signed-in person who adds users, and what they see while they do. */
export interface Desk {
  person: Person;
  /** Session of the browser in which they signed in. */
  cookie: string;
  /** The next message whose words fit, after the one seen last. Signs in on the way where an answer asks for that. */
  see(words: RegExp): Promise<Received>;
  /** Presses a button of this card with what the card holds, changed by `inputs`. */
  press(card: Received, title: string, inputs?: Record<string, unknown>): Promise<Answer>;
  /** From the command to the second card. */
  openDetails(fullName: string): Promise<Received>;
  /** From the command to the third card. */
  openReview(fullName: string, inputs?: Record<string, unknown>): Promise<Received>;
  /** From the command to the confirm; what follows is seen with `see`. */
  confirm(fullName: string, inputs?: Record<string, unknown>): Promise<void>;
}

type Language = 'vi' | 'en';

/** Titles of the buttons and words of the cards on the way, in the person's language. */
const spoken = {
  vi: {
    title: { next: 'Tiếp tục', review: 'Xem lại', create: 'Thêm người dùng' },
    steps: [/Bước 1\/3/, /Bước 2\/3/, /Bước 3\/3/],
    reference: /Mã tra cứu: ([2-9A-Z]{8})/,
  },
  en: {
    title: { next: 'Continue', review: 'Review', create: 'Add a user' },
    steps: [/Step 1 of 3/, /Step 2 of 3/, /Step 3 of 3/],
    reference: /Reference number: ([2-9A-Z]{8})/,
  },
} as const;

/** Somebody who signed in as this account and speaks this language, in the Emulator unless told. */
export async function sitDown(
  bot: Pick<TestBot, 'channel'>,
  account: { tenantId: string; objectId: string } = seedAccounts.globalAdmin,
  {
    language = 'en',
    cloud = 'worldwide',
    ...options
  }: PersonOptions & { language?: Language; cloud?: 'worldwide' | '21vianet' } = {},
): Promise<Desk> {
  const person = bot.channel.person(seatOf(account, options));
  await person.say(language === 'en' ? 'english' : 'tiếng việt');
  const asked = await person.waitFor((each) => signInAddress(each) !== undefined);
  const cookie = await signInOn(asked, person, account, cloud);
  const desk = deskOf(person, { cookie, language, account, cloud });
  await desk.see(language === 'en' ? /Overview/ : /Tổng quan/);
  return desk;
}

/** The same for people of the cloud operated by 21Vianet, whose sign-in has a button of its own. */
export function sitDownInChina(
  bot: Pick<TestBot, 'channel'>,
  account: { tenantId: string; objectId: string },
  options: PersonOptions & { language?: Language } = {},
): Promise<Desk> {
  return sitDown(bot, account, { ...options, cloud: '21vianet' });
}

/** Follows the link of this sign-in card and types the code; answers the browser's session cookie. */
export async function signInOn(
  card: Received,
  person: Person,
  account: { tenantId: string; objectId: string },
  cloud: 'worldwide' | '21vianet' = 'worldwide',
): Promise<string> {
  const address = (signInAddress(card) ?? '').replace('cloud=worldwide', `cloud=${cloud}`);
  const { code, cookie } = await openSignIn(address, account);
  if (code !== '') await person.say(code);
  return cookie;
}

/** Where Teams proves people, those who are no more exactly described sit in Teams as the account that they will use. */
function seatOf(
  { tenantId, objectId }: { tenantId: string; objectId: string },
  options: PersonOptions,
): PersonOptions {
  if (!teamsProvesByDefault) return options;
  return { as: 'teams', tenantId, aadObjectId: objectId, userId: `29:${randomUUID()}`, ...options };
}

interface Seat {
  cookie: string;
  language: Language;
  account: { tenantId: string; objectId: string };
  cloud: 'worldwide' | '21vianet';
}

/** The card on which somebody who answers for their company signs in for that answer. */
export function asksWhoAnswers(received: Received): boolean {
  const words = wordsOf(received);
  return [vi, en].some((texts) => words.includes(texts['error.sign-in-to-answer.what']));
}

function deskOf(person: Person, { cookie, language, account, cloud }: Seat): Desk {
  const { title, steps } = spoken[language];
  let seen = 0;

  async function see(words: RegExp): Promise<Received> {
    for (;;) {
      const from = seen;
      const found = await person.waitFor(
        (each) =>
          person.received().indexOf(each) >= from && (words.test(wordsOf(each)) || asksWhoAnswers(each)),
        9_000,
      );
      seen = person.received().indexOf(found) + 1;
      if (words.test(wordsOf(found))) return found;
      await signInOn(found, person, account, cloud);
    }
  }

  const press: Desk['press'] = (card, name, inputs = {}) =>
    person.submit({ ...dataOf(card, name), ...valuesOf(card), ...inputs });

  async function openDetails(fullName: string): Promise<Received> {
    await person.say('add user');
    await press(await see(steps[0]), title.next, { fullName });
    return see(steps[1]);
  }

  async function openReview(fullName: string, inputs: Record<string, unknown> = {}): Promise<Received> {
    await press(await openDetails(fullName), title.review, inputs);
    return see(steps[2]);
  }

  return {
    person,
    cookie,
    see,
    press,
    openDetails,
    openReview,
    async confirm(fullName, inputs) {
      await press(await openReview(fullName, inputs), title.create);
    },
  };
}

/** Asserts that this message gives a reference number, and that the log has it; answers the number. */
export function assertReference(bot: TestBot, received: Received, language: Language = 'en'): string {
  const reference = spoken[language].reference.exec(wordsOf(received))?.[1];
  assert.ok(reference, `no reference number in: ${wordsOf(received)}`);
  assert.match(bot.logged(), new RegExp(`"reference":"${reference}"`));
  return reference;
}

/** Users of the person's company with this display name. */
export async function usersNamed(bot: TestBot, displayName: string): Promise<SandboxUser[]> {
  const users = await bot.sandbox.world.all('user', seedAccounts.globalAdmin.tenantId);
  return users.filter((user) => user.displayName === displayName);
}

/** Puts changed properties on the one user with this display name. */
export async function changeUser(
  bot: TestBot,
  displayName: string,
  change: Partial<SandboxUser>,
): Promise<void> {
  const [user] = await usersNamed(bot, displayName);
  assert.ok(user, `no user ${displayName}`);
  await bot.sandbox.world.put('user', seedAccounts.globalAdmin.tenantId, user.id, { ...user, ...change });
}

const statuses = ['running', 'waiting-sign-in', 'waiting-approval', 'done', 'failed', 'cancelled'] as const;

/** All that this account has recorded, the newest first. */
export function operationsOf({ app }: TestBot, account: AccountRef): Promise<Operation[]> {
  return app.storage.operations.ofActor(account, statuses, 100);
}
