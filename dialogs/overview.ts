import { authorisationNames } from '../cards/authorisations.ts';
import { type Button, button } from '../cards/buttons.ts';
import { messageCard } from '../cards/message.ts';
import { overviewCard } from '../cards/overview.ts';
import { ownCompany } from '../cards/scope.ts';
import { anyRoleOf } from '../cards/users.ts';
import { welcomeCard } from '../cards/welcome.ts';
import { jobName } from '../cards/wish-words.ts';
import { capabilityIds, decide, mayTry, type Situation, type Verdict } from '../partner/capabilities.ts';
import { kindNamed } from '../partner/kinds.ts';
import { needOf } from '../partner/needs.ts';
import type { Job } from './job.ts';
import type { Turn } from './turn.ts';
import { approvalsFor } from './waiting-approvals.ts';
import { waitingClients } from './waiting-clients.ts';

/** The partner's front page: what this person can begin here. */
export async function showOverview(turn: Turn): Promise<void> {
  const { words } = turn;
  const account = turn.requireAccount();
  const situation = await turn.situation();
  const frame = { ...ownCompany(words, account), title: words('overview.title') };
  if (!situation.staff) {
    const intro = words('overview.not-staff', { company: account.companyName });
    turn.show(
      messageCard({
        frame: { ...frame, intro },
        buttons: [...accountButtons(turn), button(words('button.forget-me'), 'forget-me')],
      }),
    );
    return;
  }
  const verdict = decide('add-user', situation);
  const readOnly =
    verdict.allowed || verdict.reason === 'unknown'
      ? words('overview.intro')
      : words('overview.read-only', { roles: anyRoleOf(turn.chat.language, verdict.whoCan) });
  turn.show(
    overviewCard({
      frame: { ...frame, intro: readOnly },
      attention: await attention(turn, situation),
      sections: [...jobSections(turn, situation), { name: '', buttons: accountButtons(turn) }],
      note: [
        ...(isUnread(situation) ? [words('overview.unread')] : []),
        words('overview.note', { examples: words('overview.examples') }),
      ].join(' '),
    }),
  );
}

/** *Cần bạn xử lý*: approvals that wait for this person, and own work that stands still. */
async function attention(turn: Turn, situation: Situation) {
  const { words } = turn;
  const [waiting, open, clients, wrong] = await Promise.all([
    approvalsFor(turn, situation),
    turn.records.openOperations(),
    mayTry('offers', situation) ? waitingClients(turn) : [],
    mayTry('edit-company', situation) ? turn.notices.ofKind('company-wrong') : [],
  ]);
  return [
    ...(waiting.length === 0
      ? []
      : [
          {
            text: words('overview.approvals', { count: waiting.length }),
            button: button(words('button.approvals'), 'approvals'),
          },
        ]),
    ...(clients.length === 0
      ? []
      : [
          {
            text: words('overview.clients', { count: clients.length }),
            button: button(words('button.offers'), 'offers'),
          },
        ]),
    ...(wrong.length === 0
      ? []
      : [
          {
            text: words('overview.company-wrong', { count: wrong.length }),
            button: button(words('button.company-wrong-list'), 'company-wrong-list'),
          },
        ]),
    ...open.slice(0, 2).map((operation) => {
      const job = jobName(words, operation.kind, 'sentence');
      const object = kindNamed(operation.kind).object(operation.args);
      return {
        text: `${words(`operation.${operation.status}`, { job })} · ${object}`,
        button: button(words('button.open'), 'operation-show', { operation: operation.id }),
      };
    }),
  ];
}

/** Something hangs on what Microsoft did not tell just now: what is offered may yet be refused. */
function isUnread(situation: Situation): boolean {
  return capabilityIds.some((capability) => {
    const verdict = decide(capability, situation);
    return !verdict.allowed && verdict.reason === 'unknown';
  });
}

/** What this person may begin, by subject; what they may not is not shown. */
function jobSections(turn: Turn, situation: Situation) {
  const { words } = turn;
  const subjects = [
    { name: 'overview.people', verbs: ['add-user', 'users', 'roles', 'support'] },
    {
      name: 'overview.offers',
      verbs: ['make-trial', 'make-offer', 'offers', 'make-delegation', 'delegations', 'product-keys'],
    },
    {
      name: 'overview.company',
      verbs: ['company', 'subscriptions', 'domains', 'authorisations', 'settings'],
    },
    { name: 'overview.more', verbs: ['history', 'what-can-i-do', 'help'] },
  ] as const;
  return subjects.map(({ name, verbs }) => ({
    name: words(name),
    buttons: verbs
      .filter((verb) => mayBegin(verb, situation))
      .map((verb) => button(words(`button.${verb}`), verb)),
  }));
}

/** A button is shown when the table allows what it leads to; help and the like are for everybody. */
function mayBegin(verb: string, situation: Situation): boolean {
  const need = needOf(verb) ?? 'everybody';
  return need === 'everybody' || need === 'own' || mayTry(need, situation);
}

function accountButtons(turn: Turn): Button[] {
  return [
    button(turn.words('button.switch-account'), 'sign-in'),
    button(turn.words('button.sign-out'), 'sign-out'),
  ];
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
    case 'unknown':
      return words('capabilities.unknown');
    case 'not-staff':
      return words('refusal.not-staff');
    case 'cloud':
      return words('capabilities.not-in-cloud');
    case 'authorisation': {
      const authorisation = authorisationNames(words, verdict.authorisations);
      return words('capabilities.needs-authorisation', { authorisation });
    }
    case 'role':
      return words('capabilities.needs-role', { roles: anyRoleOf(turn.chat.language, verdict.whoCan) });
  }
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
  commands: { overview: showOverview, 'what-can-i-do': showCapabilities },
};
