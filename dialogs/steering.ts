import type { DialogContext, DialogInstance } from 'botbuilder-dialogs';
import { type Account, accountKey } from '../partner/accounts.ts';
import type { Stage } from './job.ts';
import type { Refusal } from './judgement.ts';
import { showNote, showOverview } from './overview.ts';
import type { Turn } from './turn.ts';

/** What works at every step, whatever is open: language, back, cancel, who am I. */

export const stageOn = (dialogs: DialogContext): Stage => ({
  begin: (id, options) => begin(dialogs, id, options),
});

export async function begin(dialogs: DialogContext, id: string, options: object): Promise<void> {
  await dialogs.cancelAllDialogs();
  await dialogs.beginDialog(id, options);
}

export async function changeLanguage(
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
export async function greet(turn: Turn, dialogs: DialogContext, above: DialogContext): Promise<void> {
  if (turn.chat.languageChosen) return showOverview(turn);
  return changeLanguage(turn, dialogs, above, /^h/i.test(turn.input.text) ? 'en' : 'vi');
}

export async function cancel(turn: Turn, dialogs: DialogContext, above: DialogContext): Promise<void> {
  const open = above.activeDialog ?? dialogs.activeDialog;
  await above.cancelAllDialogs();
  await dialogs.cancelAllDialogs();
  await turn.chat.endSignIn();
  if (open === undefined) turn.say(turn.words('nothing-to-cancel'));
  else showNote(turn, turn.words('cancelled'), cardKeyOf(open));
  if (turn.account !== undefined) await showOverview(turn);
}

/** The open card of a form or a sign-in, so that what comes next can take its place. */
export function cardKeyOf(open: DialogInstance): string {
  return (open.state as { cardKey?: string }).cardKey ?? '';
}

export function isOfAnotherAccount(open: DialogInstance, account: Account | undefined): boolean {
  const { accountKey: whose } = open.state as { accountKey?: string };
  return whose !== undefined && whose !== (account === undefined ? '' : accountKey(account));
}

export async function back(turn: Turn, dialogs: DialogContext, above: DialogContext): Promise<void> {
  const open = dialogs.activeDialog;
  if (above.activeDialog !== undefined) return cancel(turn, dialogs, above);
  if (open === undefined) return showOverview(turn);
  await dialogs.endDialog({ back: true, cardKey: cardKeyOf(open) });
}

export function whoAmI(turn: Turn): void {
  const { account, words } = turn;
  if (account === undefined) {
    turn.say(words('who-am-i.nobody'));
    return;
  }
  const { displayName: name, signInName, companyName: company } = account;
  showNote(turn, words('sign-in.done', { name, signInName, company }), '');
}

/** Why a press changed nothing, with its reference. Of another account no more is said than that. */
export function sayRefusal(turn: Turn, verb: string, refused: Refusal): void {
  const problem = `form.${refused}` as const;
  const reference = turn.reference({ form: verb, problem });
  turn.say(`${turn.words(problem)} ${turn.words('error.reference', { reference })}`);
}

/** Where it goes on after a press that changed nothing: what is open, the sign-in, or the overview. */
export async function leadOn(turn: Turn, dialogs: DialogContext, above: DialogContext): Promise<void> {
  if (above.activeDialog !== undefined) return above.repromptDialog();
  if (turn.account === undefined) return begin(above, 'sign-in', {});
  return dialogs.activeDialog === undefined ? showOverview(turn) : dialogs.repromptDialog();
}
