import { keySetupCard, keySetupsCard } from '../cards/key-setups.ts';
import { requireCapability } from '../partner/authorise.ts';
import { type CapabilityId, mayTry, type Situation } from '../partner/capabilities.ts';
import { isAlive } from '../partner/delegation-standing.ts';
import {
  type KeySetup,
  type KeySetupMove,
  type KeyStepDone,
  keySteps,
  moveKeySetup,
} from '../partner/key-setups.ts';
import type { JsonObject } from '../partner/operations.ts';
import { newRecord } from './delegation-record.ts';
import type { Job, Pressed, SingleUse, Stage } from './job.ts';
import { pageStart } from './person.ts';
import type { Turn } from './turn.ts';
import { whyNot } from './why-not.ts';

const pageSize = 10;

/** *Khóa sản phẩm*: set-ups with product keys, those that go on first. */
async function showKeySetups(turn: Turn, from: number): Promise<void> {
  requireCapability('product-keys', await turn.situation());
  const all = [...(await turn.keySetups.open()), ...(await turn.keySetups.over())];
  const end = from + pageSize;
  turn.show(
    keySetupsCard(turn.words, {
      account: turn.requireAccount(),
      setups: all.slice(from, end),
      next: end < all.length ? end : undefined,
    }),
  );
}

/** One set-up with what there is to do. */
export async function showKeySetup(
  turn: Turn,
  setup: KeySetup,
  { problem = '', replaces }: { problem?: string; replaces?: string | undefined } = {},
): Promise<void> {
  const situation = await turn.situation();
  requireCapability('product-keys', situation);
  const { cloud } = situation;
  const account = turn.requireAccount();
  const way = wayToDelegation(situation);
  const noWay = way === undefined ? whyNot(turn, lackingFor(situation), situation) : '';
  const known = await turn.delegations.withClient(setup.client.tenantId ?? '');
  const delegation = known.findLast(isAlive) ?? known.findLast(({ state }) => state !== 'declined');
  turn.show(
    keySetupCard(turn.words, {
      ...{ account, cloud, setup, problem, way, noWay, delegation, now: turn.now },
      nonceFor: (verb, what) => turn.button({ verb, args: { setup: setup.id, what } }),
    }),
    { replaces: replaces || undefined },
  );
}

function lackingFor(situation: Situation): CapabilityId {
  if (situation.cloud !== 'worldwide') return 'record-delegation';
  return mayTry('offer-delegation', situation) ? 'make-offer' : 'offer-delegation';
}

/** Asked for where Microsoft has an interface for it, and recorded by hand where it has none. */
function wayToDelegation(situation: Situation): 'offer' | 'record' | undefined {
  if (mayTry('offer-delegation', situation) && mayTry('make-offer', situation)) return 'offer';
  return mayTry('record-delegation', situation) ? 'record' : undefined;
}

/** The set-up behind a press as it is now; says so and gives nothing when the company has none. */
export async function keySetupById(turn: Turn, id: string | undefined): Promise<KeySetup | undefined> {
  const isId = id !== undefined && id.length > 0 && id.length <= 100;
  const setup = isId ? await turn.keySetups.find(id) : undefined;
  if (setup === undefined) {
    const reference = turn.reference({ problem: 'keys.gone' });
    turn.say(`${turn.words('keys.gone')} ${turn.words('error.reference', { reference })}`);
  }
  return setup;
}

/** Who does something now, and when. */
export function doneNow(turn: Turn): KeyStepDone {
  const { tenantId, objectId, displayName: byName } = turn.requireAccount();
  return { by: { tenantId, objectId }, byName, at: turn.now };
}

/** Stores what a press changes, and shows how it is; a press that came too late changes nothing. */
export async function moveAndShow(
  turn: Turn,
  setup: KeySetup,
  move: KeySetupMove,
  replaces?: string,
): Promise<void> {
  requireCapability('product-keys', await turn.situation());
  const after = moveKeySetup(setup, move);
  if (after !== undefined) turn.keySetups.save({ save: after });
  await showKeySetup(turn, after ?? setup, { replaces });
}

async function tick(turn: Turn, args: JsonObject, isDone: boolean): Promise<void> {
  const step = keySteps.find((each) => each === args['what']);
  const setup = await keySetupOf(turn, args);
  if (setup === undefined || step === undefined) return;
  const move: KeySetupMove = isDone ? { do: 'tick', step, by: doneNow(turn) } : { do: 'untick', step };
  await moveAndShow(turn, setup, move);
}

async function end(turn: Turn, args: JsonObject): Promise<void> {
  const setup = await keySetupOf(turn, args);
  if (setup === undefined) return;
  await moveAndShow(turn, setup, { do: args['what'] === 'drop' ? 'drop' : 'finish' });
}

/** The set-up that a single-use button stands for. */
async function keySetupOf(turn: Turn, { setup }: JsonObject): Promise<KeySetup | undefined> {
  return keySetupById(turn, typeof setup === 'string' ? setup : undefined);
}

const once = (press: (turn: Turn, args: JsonObject) => Promise<void>): SingleUse => ({
  press: (turn, _stage, { args }) => press(turn, args),
  async shows(turn, args) {
    const setup = await keySetupOf(turn, args);
    if (setup !== undefined) await showKeySetup(turn, setup);
  },
});

/** Delegated administration at the same time is an offer of its own to the same client. */
async function delegate(turn: Turn, stage: Stage, pressed: Pressed): Promise<void> {
  const setup = await keySetupById(turn, pressed.text('setup'));
  if (setup === undefined) return;
  const { name, domain } = setup.client;
  const way = wayToDelegation(await turn.situation());
  if (way === 'record') return stage.begin('delegation-record', newRecord({ name, domain: domain ?? '' }));
  await stage.begin('make-delegation', { values: { find: domain ?? name } });
}

export const keySetupsJob: Job = {
  commands: { 'product-keys': (turn) => showKeySetups(turn, 0) },
  presses: {
    'product-keys': (turn, _stage, pressed) => showKeySetups(turn, pageStart(pressed)),
    async 'key-setup-open'(turn, _stage, pressed) {
      const setup = await keySetupById(turn, pressed.text('setup'));
      if (setup !== undefined) await showKeySetup(turn, setup);
    },
    'key-setup-delegation': delegate,
  },
  once: {
    'key-setup-tick': once((turn, args) => tick(turn, args, true)),
    'key-setup-untick': once((turn, args) => tick(turn, args, false)),
    'key-setup-end': once(end),
  },
};
