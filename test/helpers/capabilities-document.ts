import { createWords } from '../../locales/words.ts';
import type { AuthorisationId } from '../../partner/authorisations.ts';
import {
  type CapabilityId,
  type CloudName,
  capabilityIds,
  decide,
  ruleOf,
  type Situation,
} from '../../partner/capabilities.ts';
import { authorisationIds } from '../../partner/company-authorisations.ts';
import type { SupportGroup } from '../../partner/directory.ts';
import { manualLink } from '../../partner/links.ts';
import { buttonNeeds, commandNeeds, kindNeeds, type Need } from '../../partner/needs.ts';
import { roleById } from '../../partner/roles.ts';
import { hanoi } from './zones.ts';

/** Who asks: a role of the own company, a support group, or none of them. */
interface Who {
  name: string;
  roles: readonly string[];
  support: readonly SupportGroup[];
}

const words = createWords('en', hanoi);
const clouds: readonly CloudName[] = ['worldwide', '21vianet'];
const groups: readonly SupportGroup[] = ['full', 'limited', 'sales'];
const groupNames = { full: 'Admin agent', limited: 'Helpdesk agent', sales: 'Sales agent' } as const;
const cloudNames = { worldwide: 'Worldwide', '21vianet': '21Vianet' } as const;

const roleName = (id: string) => roleById(id)?.englishName ?? id;

/** All roles that any rule names: everybody else has the rights of "none". */
const rolesInRules = [...new Set(capabilityIds.flatMap((id) => ruleOf(id).roles ?? []))];
const everyone: readonly Who[] = [
  { name: 'none', roles: [], support: [] },
  ...rolesInRules.map((id) => ({ name: roleName(id), roles: [id], support: [] })),
  ...groups.map((group) => ({ name: groupNames[group], roles: [], support: [group] })),
];

/** The document of capabilities, made from the table that decides. Markdown. */
export function capabilitiesDocument(): string {
  return `${[
    '# Who may do what',
    'Made by `npm run docs` from `partner/capabilities.ts` and `partner/needs.ts`, which decide; change those, not this.',
    'A test fails when this page is out of date. What a person reads about themselves is `what can I do`.',
    '“yes”: allowed. “2nd”: allowed when a second person says yes; below is who may. “role”: refused, another role is needed.',
    '“cloud”: refused, Microsoft has no interface for it there. Whoever is not staff of a partner company may do none of it.',
    ...clouds.flatMap((cloud) => [
      `## ${cloudNames[cloud]}, every authorisation there`,
      matrix(cloud, authorisationIds),
      `## ${cloudNames[cloud]}, without an authorisation`,
      withoutAuthorisation(cloud),
    ]),
    '## Why not, who can change it, and the way by hand',
    reasons(),
    '## What leads to it',
    ways(),
    `Everybody, staff or not, may use: ${verbsFor('everybody').join(', ')}.`,
    `What these begin or go on with says by itself which rights it takes: ${verbsFor('own').join(', ')}.`,
  ].join('\n\n')}\n`;
}

function situation(cloud: CloudName, who: Who, authorisations: readonly AuthorisationId[]): Situation {
  return { cloud, staff: true, roles: who.roles, support: who.support, authorisations };
}

function cell(id: CapabilityId, asked: Situation): string {
  const verdict = decide(id, asked);
  if (verdict.allowed) return verdict.secondPerson ? '2nd' : 'yes';
  return verdict.reason;
}

function matrix(cloud: CloudName, authorisations: readonly AuthorisationId[]): string {
  const rows = capabilityIds.map((id) => [
    words(`capability.${id}`),
    ...everyone.map((who) => cell(id, situation(cloud, who, authorisations))),
  ]);
  return table(['', ...everyone.map(({ name }) => name)], rows);
}

/** Only what changes: whoever may do it with all authorisations, and which missing one stops them. */
function withoutAuthorisation(cloud: CloudName): string {
  const rows = authorisationIds.map((missing) => {
    const left = authorisationIds.filter((id) => id !== missing);
    const stopped = capabilityIds.filter((id) =>
      everyone.some(
        (who) =>
          decide(id, situation(cloud, who, authorisationIds)).allowed &&
          !decide(id, situation(cloud, who, left)).allowed,
      ),
    );
    const names = stopped.map((id) => words(`capability.${id}`)).join('; ');
    return [words(`authorisation.${missing}`), names === '' ? 'nothing' : names];
  });
  return table(['Missing', 'Refused to everybody'], rows);
}

function reasons(): string {
  const rows = capabilityIds.map((id) => {
    const { roles, support = [], clouds: some, authorisations = [], secondPerson, route } = ruleOf(id);
    const holders = [...(roles ?? []).map(roleName), ...support.map((group) => groupNames[group])];
    const needed = [
      roles === undefined ? 'every staff member' : `one of: ${holders.join(', ')}`,
      ...(authorisations.length === 0
        ? []
        : [`authorisation: ${authorisations.map((each) => words(`authorisation.${each}`)).join(' or ')}`]),
      ...(some === undefined ? [] : [`only in: ${some.map((cloud) => cloudNames[cloud]).join(', ')}`]),
    ];
    const change = [
      ...(roles === undefined ? [] : ['whoever may grant roles in the company']),
      ...(authorisations.length === 0
        ? []
        : ['Microsoft by enrolment; where it does not tell, a Global Administrator states it']),
      ...(secondPerson === undefined
        ? []
        : secondPerson === true
          ? ['somebody else who may do it says yes']
          : [`somebody else says yes: one of ${secondPerson.roles.map(roleName).join(', ')}`]),
    ];
    const links = clouds.map((cloud) => `[${cloudNames[cloud]}](${manualLink(route, cloud)})`).join(', ');
    return [words(`capability.${id}`), needed.join('; '), change.join('; ') || 'nobody need', links];
  });
  return table(['', 'Needs', 'Who can change it', 'By hand'], rows);
}

function ways(): string {
  const rows = capabilityIds.map((id) => {
    const kinds = Object.keys(kindNeeds).filter((kind) => kindNeeds[kind]?.includes(id));
    return [words(`capability.${id}`), verbsFor(id).join(', ') || '–', kinds.join(', ') || '–'];
  });
  return table(['', 'Commands and buttons', 'Recorded writes'], rows);
}

function verbsFor(need: Need): string[] {
  const all = { ...commandNeeds, ...buttonNeeds };
  return Object.keys(all).filter((verb) => all[verb] === need);
}

/** Cells padded to their column, as the formatter wants them. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(3, ...all.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
