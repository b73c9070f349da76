import { ActivityTypes, type StatePropertyAccessor, type TurnContext } from 'botbuilder';
import {
  type DialogContext,
  type DialogInstance,
  DialogSet,
  type DialogState,
  DialogTurnStatus,
} from 'botbuilder-dialogs';
import { type CommandId, matchCommand } from '../locales/commands.ts';
import { addUser, addUserDetails, addUserName, addUserReview } from './add-user.ts';
import { retryOperation, skipStep, startNewPassword, wishOfFailed } from './operation-buttons.ts';
import { showCapabilities, showHelp, showNote, showOverview, showWelcome } from './overview.ts';
import { SignInDialog, type SignInResult, signInFinishedEvent } from './sign-in.ts';
import { type Input, type Turn, turnOf } from './turn.ts';
import { showUser, showUsers } from './users.ts';

/** Where the two stacks of a conversation are kept: the work, and the sign-in above it. */
export interface ConversationState {
  work: StatePropertyAccessor<DialogState>;
  signIn: StatePropertyAccessor<DialogState>;
}

export interface Conversation {
  /** One message, press or event of a person. */
  run(context: TurnContext): Promise<void>;
  /** Instead of a turn that needed a signed-in person: asks for the sign-in and remembers what was wanted. */
  signInFirst(context: TurnContext): Promise<void>;
}

/** Everything that can be said, in one place: commands first, then the open form, then the overview. */
export function createConversation(state: ConversationState): Conversation {
  const work = new DialogSet(state.work);
  for (const dialog of [addUser, addUserName, addUserDetails, addUserReview]) work.add(dialog);
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
    const said = (name: string) => (typeof inputs[name] === 'string' ? inputs[name] : undefined);
    switch (verb) {
      case 'language':
        return changeLanguage(turn, dialogs, above, said('to') === 'en' ? 'en' : 'vi');
      case 'users':
        return showUsers(turn, { find: said('find') ?? '', next: said('next') });
      case 'user':
        return showUser(turn, said('id') ?? '');
      case 'sign-in-again':
        return command(turn, dialogs, above, 'sign-in', '');
      case 'operation-retry':
        return retryOperation(turn, inputs['operation']);
      case 'operation-skip':
        return skipStep(turn, inputs['operation']);
      case 'new-password':
        return startNewPassword(turn, inputs['operation']);
      case 'operation-other-name': {
        const wish = await wishOfFailed(turn, inputs['operation']);
        return wish === undefined ? undefined : begin(dialogs, addUser.id, { wish });
      }
      case 'add-user':
      case 'overview':
      case 'help':
      case 'cancel':
      case 'back':
      case 'sign-in':
      case 'sign-out':
      case 'what-can-i-do':
        return command(turn, dialogs, above, verb, '');
      default:
        return answerForm(turn, dialogs, verb, nonce);
    }
  }

  /** A form's own answer goes to the open form; a late or repeated one is told so and changes nothing. */
  async function answerForm(
    turn: Turn,
    dialogs: DialogContext,
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
      case 'help':
        return showHelp(turn);
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
      case 'what-can-i-do':
        return showCapabilities(turn);
      case 'overview':
        return showOverview(turn);
      case 'users':
        return showUsers(turn, { find: rest, next: undefined });
      case 'add-user':
        return begin(dialogs, addUser.id, {});
    }
  }

  return {
    run,
    async signInFirst(context) {
      const turn = turnOf(context);
      const { text, submit } = turn.input;
      // Only what the bot understands is kept: anything else that was typed might be a secret.
      const isUnderstood = submit !== undefined || matchCommand(text) !== undefined;
      const options = isUnderstood ? { pending: { text, submit } } : {};
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
