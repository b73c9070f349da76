import { type Button, button } from '../cards/buttons.ts';
import { messageCard } from '../cards/message.ts';
import { ownCompany } from '../cards/scope.ts';
import { roleName } from '../cards/users.ts';
import { welcomeCard } from '../cards/welcome.ts';
import type { MessageKey } from '../locales/words.ts';
import { capabilityIds, decide, may, type Situation, type Verdict } from '../partner/capabilities.ts';
import type { Job } from './job.ts';
import type { Turn } from './turn.ts';

/** The partner's front page: what this person can begin here. */
export async function showOverview(turn: Turn): Promise<void> {
  const { words } = turn;
  const account = turn.requireAccount();
  const situation = await turn.situation();
  const frame = { ...ownCompany(words, account), title: words('overview.title') };
  if (!situation.staff) {
    const intro = words('overview.not-staff', { company: account.companyName });
    turn.show(messageCard({ frame: { ...frame, intro }, buttons: accountButtons(turn) }));
    return;
  }
  const verdict = decide('add-user', situation);
  const readOnly = verdict.allowed
    ? []
    : [words('overview.read-only', { roles: rolesText(turn, verdict.whoCan) })];
  turn.show(
    messageCard({
      frame: { ...frame, intro: words('overview.intro') },
      paragraphs: readOnly,
      buttons: [...jobButtons(turn, situation), ...accountButtons(turn)],
      note: words('overview.note', { examples: words('overview.examples') }),
    }),
  );
}

/** Only what this person may press. */
function jobButtons(turn: Turn, situation: Situation): Button[] {
  const { words } = turn;
  return [
    ...(may('add-user', situation) ? [button(words('button.add-user'), 'add-user')] : []),
    ...(may('users', situation) ? [button(words('button.users'), 'users')] : []),
    button(words('button.capabilities'), 'what-can-i-do'),
  ];
}

function accountButtons(turn: Turn): Button[] {
  return [
    button(turn.words('button.switch-account'), 'sign-in'),
    button(turn.words('button.sign-out'), 'sign-out'),
  ];
}

function rolesText(turn: Turn, roles: readonly string[]): string {
  return roles.map((id) => roleName(turn.chat.language, id)).join(', ');
}

/** The capability table as it stands for this person. */
export async function showCapabilities(turn: Turn): Promise<void> {
  const { words } = turn;
  const account = turn.requireAccount();
  const situation = await turn.situation();
  const facts = capabilityIds.map((capability) => {
    const verdict = decide(capability, situation);
    const name = words(`capability.${capability}`);
    return { name, value: verdictWords(turn, verdict) };
  });
  turn.show(
    messageCard({
      frame: {
        ...ownCompany(words, account),
        title: words('capabilities.title'),
        intro: account.displayName,
      },
      facts,
      buttons: [button(words('button.overview'), 'overview')],
    }),
  );
}

function verdictWords(turn: Turn, verdict: Verdict): string {
  const { words } = turn;
  if (verdict.allowed)
    return words(verdict.secondPerson ? 'capabilities.allowed-second' : 'capabilities.allowed');
  switch (verdict.reason) {
    case 'not-staff':
      return words('refusal.not-staff');
    case 'cloud':
      return words('capabilities.not-in-cloud');
    case 'authorisation': {
      const authorisation = verdict.authorisation ? words(`authorisation.${verdict.authorisation}`) : '';
      return words('capabilities.needs-authorisation', { authorisation });
    }
    case 'role':
      return words('capabilities.needs-role', { roles: rolesText(turn, verdict.whoCan) });
  }
}

const helpLines = [
  'add-user',
  'users',
  'capabilities',
  'back',
  'cancel',
  'start-over',
  'language',
  'sign-out',
] as const;

/** Words that a person can type, each with what it does. */
export function showHelp(turn: Turn): void {
  const { words } = turn;
  turn.show(
    messageCard({
      frame: { ...ownCompany(words, turn.account), title: words('help.title'), intro: words('help.intro') },
      facts: helpLines.map((line) => ({
        name: words(`command.${line}` as MessageKey),
        value: words(`help.${line}`),
      })),
      buttons: [button(words('button.overview'), 'overview')],
    }),
  );
}

/** A sentence in the place of a card that has served its purpose. */
export function showNote(turn: Turn, text: string, cardKey: string): void {
  const frame = { ...ownCompany(turn.words, turn.account), intro: text };
  turn.show(messageCard({ frame }), { replaces: cardKey || undefined });
}

export function showWelcome(turn: Turn): void {
  turn.chat.markWelcomed();
  turn.show(welcomeCard());
}

export const overviewJob: Job = {
  commands: { overview: showOverview, help: showHelp, 'what-can-i-do': showCapabilities },
};
