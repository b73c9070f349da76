import { ActivityTypes, type StatePropertyAccessor, type TurnContext } from 'botbuilder';
import { type DialogContext, DialogSet, type DialogState, DialogTurnStatus } from 'botbuilder-dialogs';
import { type CommandId, matchCommand } from '../locales/commands.ts';
import { may } from '../partner/capabilities.ts';
import type { ErrorCode } from '../partner/errors.ts';
import { readQuickOffer } from '../partner/quick-offer.ts';
import { addUserName } from './add-user.ts';
import { showInGroup } from './answer-offer-show.ts';
import { takesText } from './form-dialog.ts';
import { jobs } from './jobs.ts';
import { showNote, showOverview, showWelcome } from './overview.ts';
import { createPresses, permit } from './presses.ts';
import {
  codeIn,
  SignInDialog,
  type SignInOptions,
  type SignInResult,
  signInFinishedEvent,
} from './sign-in.ts';
import {
  back,
  begin,
  cancel,
  cardKeyOf,
  changeLanguage,
  greet,
  isOfAnotherAccount,
  stageOn,
  whoAmI,
} from './steering.ts';
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
  signInFirst(context: TurnContext, why: { reference: string; code: ErrorCode }): Promise<void>;
}

/** Everything that can be said, in one place: commands first, then the open form, then the overview. */
export function createConversation(state: ConversationState): Conversation {
  const work = new DialogSet(state.work);
  for (const dialog of jobs.flatMap((job) => job.dialogs ?? [])) work.add(dialog);
  const commands = new Map(jobs.flatMap((job) => Object.entries(job.commands ?? {})));
  const signIn = new DialogSet(state.signIn).add(new SignInDialog());
  const { press, answerOpen } = createPresses(command);

  async function run(context: TurnContext): Promise<void> {
    const turn = turnOf(context);
    const dialogs = await work.createContext(context);
    const above = await signIn.createContext(context);
    if (context.activity.type === ActivityTypes.ConversationUpdate) {
      if (turn.chat.personal && !turn.chat.welcomed) showWelcome(turn);
      return;
    }
    if (!turn.chat.personal) return inGroup(turn);
    if (context.activity.type === ActivityTypes.Event) {
      if (context.activity.name === signInFinishedEvent) await continueSignIn(turn, above, dialogs);
      return;
    }
    // Signed in, and then the process ended before the conversation could go on.
    if (above.activeDialog !== undefined && (await turn.chat.isSignInOver())) await above.cancelAllDialogs();
    if (isForSignIn(turn.input, above)) return continueSignIn(turn, above, dialogs);
    if (await endOfAnother(turn, dialogs)) return;
    await handle(turn, dialogs, above);
  }

  /**
   * What is open belongs to another account, perhaps of another company: nothing of it is shown or taken any more. True
   * where that is all there is to say to what came.
   */
  async function endOfAnother(turn: Turn, dialogs: DialogContext): Promise<boolean> {
    const open = dialogs.activeDialog;
    if (open === undefined || !isOfAnotherAccount(open, turn.account)) return false;
    const { text, submit } = turn.input;
    const leadsElsewhere = submit === undefined ? matchCommand(text) !== undefined : submit.verb !== open.id;
    if (leadsElsewhere) await dialogs.cancelAllDialogs();
    else await dialogs.endDialog({ outdated: true, cardKey: cardKeyOf(open) });
    return !leadsElsewhere;
  }

  async function continueSignIn(turn: Turn, above: DialogContext, dialogs: DialogContext): Promise<void> {
    const { status, result } = await above.continueDialog();
    if (status !== DialogTurnStatus.complete && above.activeDialog !== undefined) return;
    // Without a result the person has left the sign-in, and Microsoft's page was finished all the same.
    const done = (result as SignInResult | undefined) ?? { pending: undefined, cardKey: '' };
    const { account, words } = turn;
    if (account !== undefined) {
      const { displayName: name, signInName, companyName: company } = account;
      showNote(turn, words('sign-in.done', { name, signInName, company }), done.cardKey);
    }
    if (done.pending !== undefined) {
      turn.replay(done.pending);
      return (await endOfAnother(turn, dialogs)) ? undefined : handle(turn, dialogs, above);
    }
    const open = dialogs.activeDialog;
    if (open === undefined) return showOverview(turn);
    if (!isOfAnotherAccount(open, account)) return dialogs.repromptDialog();
    // What it shows belongs to the account before, perhaps to another company.
    await dialogs.endDialog({ outdated: true, cardKey: cardKeyOf(open) });
  }

  async function handle(turn: Turn, dialogs: DialogContext, above: DialogContext): Promise<void> {
    const { text, submit } = turn.input;
    if (submit !== undefined) return press(submit, turn, dialogs, above);
    const nameExpected = dialogs.activeDialog?.id === addUserName.id;
    const match = matchCommand(text, { nameExpected });
    if (match !== undefined) return command(turn, dialogs, above, match.command, match.rest);
    const open = dialogs.activeDialog;
    if (open !== undefined) {
      if (takesText(work.find(open.id), text)) return answerOpen(turn, dialogs, above, open);
      await dialogs.continueDialog();
      return;
    }
    if (above.activeDialog !== undefined) return above.repromptDialog();
    if (!turn.chat.welcomed && turn.account === undefined) return showWelcome(turn);
    if (turn.account !== undefined && readQuickOffer(text) !== undefined)
      return command(turn, dialogs, above, 'make-offer', text);
    return (await isSomebody(turn)) ? command(turn, dialogs, above, 'users', text) : showOverview(turn);
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
        await turn.chat.endSignIn();
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
        await turn.chat.endSignIn();
        turn.say(turn.words(turn.account === undefined ? 'sign-out.nobody' : 'sign-out.done'));
        return turn.chat.signOut();
      case 'forget-me':
        await above.cancelAllDialogs();
        return commands.get(id)?.(turn, stageOn(dialogs), rest);
      case 'who-am-i':
        return whoAmI(turn);
      default:
        await permit(turn, id);
        return commands.get(id)?.(turn, stageOn(dialogs), rest);
    }
  }

  return {
    run,
    async signInFirst(context, { reference, code }) {
      const { account, words, input } = turnOf(context);
      const { text, submit } = input;
      // Only what the bot understands is kept: anything else that was typed might be a secret.
      const isUnderstood = submit !== undefined || matchCommand(text) !== undefined;
      // Who never signed in has done nothing wrong; whose sign-in ended is told so.
      const toAnswer = code === 'sign-in-to-answer';
      const ended = `${words('error.sign-in-expired.what')} ${words('error.reference', { reference })}`;
      const options: SignInOptions = {
        ...(isUnderstood ? { pending: { text, submit } } : {}),
        ...(account === undefined || toAnswer ? {} : { problem: ended }),
        ...(toAnswer ? { toAnswer } : {}),
      };
      await begin(await signIn.createContext(context), 'sign-in', options);
    },
  };
}

/** Everybody reads along: an offer is shown as to anybody who has its link, and nothing else is talked about. */
async function inGroup(turn: Turn): Promise<void> {
  const { text, submit } = turn.input;
  const typed = matchCommand(text);
  const pressed = submit?.verb === 'answer-offer' ? submit.inputs['code'] : undefined;
  const code = pressed ?? (typed?.command === 'answer-offer' ? typed.rest : undefined);
  if (typeof code === 'string' && (await showInGroup(turn, code))) return;
  turn.say(turn.words('group.note'));
}

/** Letters of any language, as names and sign-in names have them; nothing that could be a key or a code. */
const likeAName = /^[\p{L}][\p{L}\p{M}.'’@ -]{1,79}$/u;

/** Who types a name and nothing else wants that person. */
async function isSomebody(turn: Turn): Promise<boolean> {
  const find = turn.input.text.trim();
  if (turn.account === undefined || !likeAName.test(find)) return false;
  if (!may('users', await turn.situation())) return false;
  return (await turn.directory().users({ find, next: undefined, size: 1 })).items.length > 0;
}

/** The sign-in above takes its own form and typed codes; everything else stays with the work below. */
function isForSignIn(input: Input, above: DialogContext): boolean {
  if (above.activeDialog === undefined) return false;
  if (input.submit !== undefined) return input.submit.verb === 'sign-in' && 'code' in input.submit.inputs;
  const isOneNumber = /^[\s\d-]{4,12}$/.test(input.text);
  return isOneNumber || (codeIn(input.text) !== undefined && matchCommand(input.text) === undefined);
}
