import type { Language, Words } from '../locales/words.ts';
import { wordsForError } from '../locales/words-for-error.ts';
import type { Account } from '../partner/accounts.ts';
import { type CapabilityId, capabilityIds, decide } from '../partner/capabilities.ts';
import type { PartnerError } from '../partner/errors.ts';
import { manualLink } from '../partner/links.ts';
import { button } from './buttons.ts';
import { messageCard } from './message.ts';
import type { Card } from './render.ts';
import { ownCompany } from './scope.ts';
import { roleName } from './users.ts';

interface View {
  account: Account | undefined;
  cloud: 'worldwide' | '21vianet';
  reference: string;
}

/** What happened, what to do, who can fix it, and the reference that is in the log. */
export function errorCard(words: Words, language: Language, error: PartnerError, view: View): Card {
  const { account, cloud } = view;
  const reference = words('error.reference', { reference: view.reference });
  const refused = capabilityIds.find((id) => id === error.details['capability']);
  const buttons = [button(words('button.overview'), 'overview'), button(words('button.help'), 'help')];
  if (refused !== undefined) {
    const { intro, route } = refusalWords(words, language, refused, error.code === 'not-staff');
    return messageCard({
      frame: { ...ownCompany(words, account), title: words('refusal.title'), intro },
      note: reference,
      links: [{ title: words('button.open-portal'), url: manualLink(route, cloud) }],
      buttons,
    });
  }
  const { what, next, who } = wordsForError(words, error);
  return messageCard({
    frame: { ...ownCompany(words, account), title: words('error.title'), intro: what },
    paragraphs: [next, ...(who === undefined ? [] : [who])],
    note: reference,
    buttons,
  });
}

/** The reason comes from the capability table itself, as it stands for somebody without any role. */
function refusalWords(words: Words, language: Language, id: CapabilityId, notStaff: boolean) {
  const nobody = { cloud: 'worldwide' as const, staff: true, roles: [], support: [] };
  const verdict = decide(id, nobody);
  const { whoCan, route } = verdict.allowed ? { whoCan: [], route: 'admin-center-users' as const } : verdict;
  const capability = words(`capability.${id}`);
  const roles = whoCan.map((role) => roleName(language, role)).join(', ');
  const needsSecond = !verdict.allowed && id === 'grant-privileged-role';
  if (notStaff) return { intro: words('refusal.not-staff'), route };
  if (needsSecond) return { intro: words('refusal.second-person', { capability }), route };
  return { intro: words('refusal.role', { capability, roles }), route };
}
