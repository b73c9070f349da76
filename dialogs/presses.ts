import type { DialogContext, DialogInstance } from 'botbuilder-dialogs';
import { type CommandId, commandIds } from '../locales/commands.ts';
import { requireCapability } from '../partner/authorise.ts';
import { needOf } from '../partner/needs.ts';
import type { Pressed } from './job.ts';
import { jobs } from './jobs.ts';
import { type Judged, judgePress, lookAtButton, putAnswer, type Refused } from './judgement.ts';
import { cardKeyOf, changeLanguage, leadOn, sayRefusal, stageOn } from './steering.ts';
import type { FormSubmit, Turn } from './turn.ts';

/** Runs what is a command too when it is typed. */
type Command = (
  turn: Turn,
  dialogs: DialogContext,
  above: DialogContext,
  id: CommandId,
  rest: string,
) => Promise<void>;

/** Presses of buttons and answers of forms: each is judged once, here, and no handler can go past it. */
export function createPresses(command: Command) {
  const presses = new Map(jobs.flatMap((job) => Object.entries(job.presses ?? {})));
  const once = new Map(jobs.flatMap((job) => Object.entries(job.once ?? {})));

  /** Whatever carries a nonce, and every verb that is single-use, is judged here before its handler runs. */
  async function press(
    { verb, inputs, nonce }: FormSubmit,
    turn: Turn,
    dialogs: DialogContext,
    above: DialogContext,
  ): Promise<void> {
    const text = (name: string) => (typeof inputs[name] === 'string' ? inputs[name] : undefined);
    if (verb === 'language') return changeLanguage(turn, dialogs, above, text('to') === 'en' ? 'en' : 'vi');
    const single = once.get(verb);
    const plain = presses.get(verb);
    const id = commandIds.find((each) => each === verb);
    if (single === undefined && plain === undefined && id === undefined)
      return answerForm(turn, dialogs, above, verb, nonce);
    await permit(turn, verb);
    const stage = stageOn(dialogs);
    const pressed: Pressed = { inputs, text };
    if (single !== undefined || nonce !== undefined) {
      const judged = await judgeFor(turn, dialogs, { nonce, verb });
      if ('refused' in judged) return refuse(turn, dialogs, above, verb, judged);
      if (single !== undefined) return single.press(turn, stage, judged, pressed);
    }
    if (plain !== undefined) return plain(turn, stage, pressed);
    if (id !== undefined) return command(turn, dialogs, above, id, '');
  }

  /** Says why nothing has changed, and shows what the button stood for as it is now, or where it goes on. */
  async function refuse(
    turn: Turn,
    dialogs: DialogContext,
    above: DialogContext,
    verb: string,
    { refused, args }: Refused,
  ): Promise<void> {
    sayRefusal(turn, verb, refused);
    const { shows } = once.get(verb) ?? {};
    if (args !== undefined && shows !== undefined) return shows(turn, args);
    if (refused !== 'used') await leadOn(turn, dialogs, above);
  }

  /** A form's own answer goes to the open form; a late or repeated one is told so and changes nothing. */
  async function answerForm(
    turn: Turn,
    dialogs: DialogContext,
    above: DialogContext,
    verb: string,
    nonce: string | undefined,
  ): Promise<void> {
    const open = dialogs.activeDialog;
    const isOpenForm = open?.id === verb && (open.state as { nonce?: string }).nonce === nonce;
    if (isOpenForm) return answerOpen(turn, dialogs, above, open);
    const verdict = await lookAtButton(dialogs.context, { nonce, verb, forEverybody: isForEverybody(verb) });
    const refused = 'refused' in verdict ? verdict.refused : 'old';
    sayRefusal(turn, verb, refused);
    if (refused !== 'used') await leadOn(turn, dialogs, above);
  }

  /** What was pressed or typed for the open form: judged first, and a form that is too old is drawn anew. */
  async function answerOpen(
    turn: Turn,
    dialogs: DialogContext,
    above: DialogContext,
    open: DialogInstance,
  ): Promise<void> {
    const { nonce } = open.state as { nonce?: string };
    const { id: verb } = open;
    const judged = await judgePress(dialogs.context, { nonce, verb, forEverybody: isForEverybody(verb) });
    if (!('refused' in judged)) {
      putAnswer(dialogs.context, judged);
      await dialogs.continueDialog();
      return;
    }
    if (judged.refused === 'other-account') {
      await dialogs.endDialog({ outdated: true, cardKey: cardKeyOf(open) });
      return;
    }
    // The button of an open form is only forgotten when its time is over.
    sayRefusal(turn, open.id, judged.refused === 'old' ? 'too-old' : judged.refused);
    await leadOn(turn, dialogs, above);
  }

  return { press, answerOpen };
}

/** Nobody has to be signed in for it. */
const isForEverybody = (verb: string) => needOf(verb) === 'everybody';

async function judgeFor(
  turn: Turn,
  dialogs: DialogContext,
  { nonce, verb }: { nonce: string | undefined; verb: string },
): Promise<Judged | Refused> {
  const forEverybody = isForEverybody(verb);
  if (!forEverybody) turn.requireAccount();
  return judgePress(dialogs.context, { nonce, verb, forEverybody });
}

/** Refuses before anything begins. Overview, help and the document of capabilities go by the same table. */
export async function permit(turn: Turn, verb: string): Promise<void> {
  const need = needOf(verb);
  if (need === undefined || need === 'everybody' || need === 'own') return;
  requireCapability(need, await turn.situation(), { approved: true });
}
