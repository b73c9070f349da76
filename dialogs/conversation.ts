import { ActivityTypes, type StatePropertyAccessor, type TurnContext } from 'botbuilder';
import {
  type DialogContext,
  type DialogInstance,
  DialogSet,
  type DialogState,
  DialogTurnStatus,
} from 'botbuilder-dialogs';
import { type CommandId, commandIds, matchCommand } from '../locales/commands.ts';
import { addUserName } from './add-user.ts';
import type { Stage } from './job.ts';
import { jobs } from './jobs.ts';
import { showNote, showOverview, showWelcome } from './overview.ts';
import { SignInDialog, type SignInOptions, type SignInResult, signInFinishedEvent } from './sign-in.ts';
import { type Input, type Turn, turnOf } from './turn.ts';

/** Where the two stacks of a conversation are kept: the work, and the sign-in above it. */
export interface ConversationState {
  work: StatePropertyAccessor<DialogState>;
  signIn: StatePropertyAccessor<DialogState>;
}

export interface Conversation {
  /** One message, press or event of a person. */
  run(context: TurnContext): Promise<void>;
  /**
   * Instead of a turn that needed a signed-in person: asks for the sign-in and remembers what was wanted.
   * `reference`: under which the log says why.
   */
  signInFirst(context: TurnContext, reference: string): Promise<void>;
}

/** Everything that can be said, in one place: commands first, then the open form, then the overview. */
export function createConversation(state: ConversationState): Conversation {
  const work = new DialogSet(state.work);
  for (const dialog of jobs.flatMap((job) => job.dialogs ?? [])) work.add(dialog);
  const commands = new Map(jobs.flatMap((job) => Object.entries(job.commands ?? {})));
  const presses = new Map(jobs.flatMap((job) => Object.entries(job.presses ?? {})));
  const signIn = new DialogSet(state.signIn).add(new SignInDialog());

  async function run(context: TurnContext): Promise<void> {
    const turn = turnOf(context);
    const dialogs = await work.createContext(context);
    const above = await signIn.createContext(context);
    if (context.activity.type === ActivityTypes.ConversationUpdate) {
      if (turn.chat.personal && !turn.chat.welcomed) showWelcome(turn);
      return;
    }
    if (!turn.chat.personal) return turn.say(turn.words('group.note'));
    if (context.activity.type === ActivityTypes.Event) {
      if (context.activity.name === signInFinishedEvent) await continueSignIn(turn, above, dialogs);
      return;
    }
    if (isForSignIn(turn.input, above)) return continueSignIn(turn, above, dialogs);
    await handle(turn, dialogs, above);
  }

  async function continueSignIn(turn: Turn, above: DialogContext, dialogs: DialogContext): Promise<void> {
    const { status, result } = await above.continueDialog();
    const done = result as SignInResult | undefined;
    if (status !== DialogTurnStatus.complete || done?.signedIn !== true) return;
    const { account, words } = turn;
    if (account !== undefined) {
      const { displayName: name, signInName, companyName: company } = account;
      showNote(turn, words('sign-in.done', { name, signInName, company }), done.cardKey);
    }
    if (done.pending !== undefined) {
      turn.replay(done.pending);
      return handle(turn, dialogs, above);
    }
    if (dialogs.activeDialog !== undefined) return dialogs.repromptDialog();
    return showOverview(turn);
  }

  async function handle(turn: Turn, dialogs: DialogContext, above: DialogContext): Promise<void> {
    const { text, submit } = turn.input;
    if (submit !== undefined) return press(turn, dialogs, above);
    const nameExpected = dialogs.activeDialog?.id === addUserName.id;
    const match = matchCommand(text, { nameExpected });
    if (match !== undefined) return command(turn, dialogs, above, match.command, match.rest);
    if (dialogs.activeDialog !== undefined) {
      await dialogs.continueDialog();
      return;
    }
    if (above.activeDialog !== undefined) return above.repromptDialog();
    return turn.chat.welcomed ? showOverview(turn) : showWelcome(turn);
  }

  async function press(turn: Turn, dialogs: DialogContext, above: DialogContext): Promise<void> {
    const { submit } = turn.input;
    if (submit === undefined) return;
    const { verb, inputs, nonce } = submit;
    const text = (name: string) => (typeof inputs[name] === 'string' ? inputs[name] : undefined);
    if (verb === 'language') return changeLanguage(turn, dialogs, above, text('to') === 'en' ? 'en' : 'vi');
    const pressed = presses.get(verb);
    if (pressed !== undefined) return pressed(turn, stageOn(dialogs), { inputs, text });
    const id = commandIds.find((each) => each === verb);
    if (id !== undefined) return command(turn, dialogs, above, id, '');
    return answerForm(turn, dialogs, above, verb, nonce);
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
    if (isOpenForm) {
      await dialogs.continueDialog();
      return;
    }
    const meaning = await turn.press(nonce, verb);
    const reference = turn.reference({ form: verb, problem: meaning === 'used' ? 'form.used' : 'form.old' });
    turn.say(
      `${turn.words(meaning === 'used' ? 'form.used' : 'form.old')} ${turn.words('error.reference', { reference })}`,
    );
    if (meaning === 'used') return;
    if (above.activeDialog !== undefined) return above.repromptDialog();
    if (turn.account === undefined) return begin(above, 'sign-in', {});
    return open === undefined ? showOverview(turn) : dialogs.repromptDialog();
  }

  async function command(
    turn: Turn,
    dialogs: DialogContext,
    above: DialogContext,
    id: CommandId,
    rest: string,
  ): Promise<void> {
    switch (id) {
      case 'cancel':
        return cancel(turn, dialogs, above);
      case 'back':
        return back(turn, dialogs, above);
      case 'start-over':
        await dialogs.cancelAllDialogs();
        await above.cancelAllDialogs();
        return showOverview(turn);
      case 'language':
        return showWelcome(turn);
      case 'vietnamese':
        return changeLanguage(turn, dialogs, above, 'vi');
      case 'english':
        return changeLanguage(turn, dialogs, above, 'en');
      case 'greeting':
        if (!turn.chat.welcomed) return showWelcome(turn);
        return greet(turn, dialogs, above);
      case 'sign-in':
        return begin(above, 'sign-in', {});
      case 'sign-out':
        await dialogs.cancelAllDialogs();
        await above.cancelAllDialogs();
        turn.say(turn.words(turn.account === undefined ? 'sign-out.nobody' : 'sign-out.done'));
        return turn.chat.signOut();
      case 'who-am-i':
        return whoAmI(turn);
      default:
        return commands.get(id)?.(turn, stageOn(dialogs), rest);
    }
  }

  return {
    run,
    async signInFirst(context, reference) {
      const { account, words, input } = turnOf(context);
      const { text, submit } = input;
      // Only what the bot understands is kept: anything else that was typed might be a secret.
      const isUnderstood = submit !== undefined || matchCommand(text) !== undefined;
      // Who never signed in has done nothing wrong; whose sign-in ended is told so.
      const ended = `${words('error.sign-in-expired.what')} ${words('error.reference', { reference })}`;
      const options: SignInOptions = {
        ...(isUnderstood ? { pending: { text, submit } } : {}),
        ...(account === undefined ? {} : { problem: ended }),
      };
      await begin(await signIn.createContext(context), 'sign-in', options);
    },
  };
}

/** The sign-in above takes its own form and typed codes; everything else stays with the work below. */
function isForSignIn(input: Input, above: DialogContext): boolean {
  if (above.activeDialog === undefined) return false;
  if (input.submit !== undefined) return input.submit.verb === 'sign-in' && 'code' in input.submit.inputs;
  return /^[\s\d-]{4,12}$/.test(input.text);
}

const stageOn = (dialogs: DialogContext): Stage => ({ begin: (id, options) => begin(dialogs, id, options) });

async function begin(dialogs: DialogContext, id: string, options: object): Promise<void> {
  await dialogs.cancelAllDialogs();
  await dialogs.beginDialog(id, options);
}

async function changeLanguage(
  turn: Turn,
  dialogs: DialogContext,
  above: DialogContext,
  to: 'vi' | 'en',
): Promise<void> {
  turn.chat.chooseLanguage(to);
  if (above.activeDialog !== undefined) return above.repromptDialog();
  if (dialogs.activeDialog !== undefined) return dialogs.repromptDialog();
  if (turn.account === undefined) return begin(above, 'sign-in', {});
  return showOverview(turn);
}

/** Who was welcomed and greets back without having pressed a language is answered in the greeting's own. */
async function greet(turn: Turn, dialogs: DialogContext, above: DialogContext): Promise<void> {
  if (turn.chat.languageChosen) return showOverview(turn);
  return changeLanguage(turn, dialogs, above, /^h/i.test(turn.input.text) ? 'en' : 'vi');
}

async function cancel(turn: Turn, dialogs: DialogContext, above: DialogContext): Promise<void> {
  const open = above.activeDialog ?? dialogs.activeDialog;
  await above.cancelAllDialogs();
  await dialogs.cancelAllDialogs();
  if (open === undefined) turn.say(turn.words('nothing-to-cancel'));
  else showNote(turn, turn.words('cancelled'), cardKeyOf(open));
  if (turn.account !== undefined) await showOverview(turn);
}

/** The open card of a form or a sign-in, so that what comes next can take its place. */
function cardKeyOf(open: DialogInstance): string {
  return (open.state as { cardKey?: string }).cardKey ?? '';
}

async function back(turn: Turn, dialogs: DialogContext, above: DialogContext): Promise<void> {
  const open = dialogs.activeDialog;
  if (above.activeDialog !== undefined) return cancel(turn, dialogs, above);
  if (open === undefined) return showOverview(turn);
  await dialogs.endDialog({ back: true, cardKey: cardKeyOf(open) });
}

function whoAmI(turn: Turn): void {
  const { account, words } = turn;
  if (account === undefined) {
    turn.say(words('who-am-i.nobody'));
    return;
  }
  const { displayName: name, signInName, companyName: company } = account;
  showNote(turn, words('sign-in.done', { name, signInName, company }), '');
}
