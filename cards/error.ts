import type { Language, Words } from '../locales/words.ts';
import { wordsForError } from '../locales/words-for-error.ts';
import type { Account } from '../partner/accounts.ts';
import { approvalRuleOf, type CapabilityId, capabilityIds, ruleOf } from '../partner/capabilities.ts';
import type { PartnerError } from '../partner/errors.ts';
import { manualLink } from '../partner/links.ts';
import { authorisationNames } from './authorisations.ts';
import { button } from './buttons.ts';
import { askHelpButton } from './help.ts';
import { messageCard } from './message.ts';
import type { Card } from './render.ts';
import { ownCompany } from './scope.ts';
import { anyRoleOf } from './users.ts';

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
  // Neither the partner's portal nor a partner's colleague is there for who works elsewhere.
  const isStranger = error.details['reason'] === 'not-staff';
  const buttons = [
    button(words('button.overview'), 'overview'),
    button(words('button.help'), 'help'),
    ...(account === undefined || isStranger
      ? []
      : [askHelpButton(words, { reference: view.reference, code: error.code })]),
  ];
  if (refused !== undefined) {
    const { intro, route } = refusalWords(words, language, refused, error);
    return messageCard({
      frame: { ...ownCompany(words, account), title: words('refusal.title'), intro },
      note: reference,
      links: isStranger ? [] : [{ title: words('button.open-portal'), url: manualLink(route, cloud) }],
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

/** The reason was decided by the capability table; who could do it comes from there too. */
function refusalWords(words: Words, language: Language, id: CapabilityId, error: PartnerError) {
  const rule = error.details['approving'] === undefined ? ruleOf(id) : approvalRuleOf(id);
  const { roles: whoCan = [], authorisations: missing = [], route } = rule;
  const capability = words(`capability.${id}`);
  const roles = anyRoleOf(language, whoCan);
  const authorisation = authorisationNames(words, missing);
  switch (error.details['reason']) {
    case 'not-staff':
      return { intro: words('refusal.not-staff'), route };
    case 'second-person':
      return { intro: words('refusal.second-person', { capability }), route };
    case 'authorisation':
      return { intro: words('refusal.authorisation', { capability, authorisation }), route };
    case 'cloud':
      return { intro: words('refusal.cloud', { capability }), route };
    default:
      return { intro: words('refusal.role', { capability, roles }), route };
  }
}
