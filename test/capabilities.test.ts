import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { jobs } from '../dialogs/jobs.ts';
import { commandIds } from '../locales/commands.ts';
import { type CapabilityId, capabilityIds } from '../partner/capabilities.ts';
import { operationKinds } from '../partner/kinds.ts';
import { buttonNeeds, commandNeeds, kindNeeds } from '../partner/needs.ts';
import { roleIds } from '../partner/role-ids.ts';
import { roles } from '../partner/roles.ts';
import { capabilitiesDocument } from './helpers/capabilities-document.ts';

describe('capabilities', () => {
  it('are written down as they are; `npm run docs` writes them', () => {
    assert.equal(readFileSync('docs/capabilities.md', 'utf8'), capabilitiesDocument());
  });

  it('are known for every command', () => {
    assert.deepEqual(
      commandIds.filter((id) => !Object.hasOwn(commandNeeds, id)),
      [],
    );
  });

  it('are known for every button', () => {
    const verbs = jobs.flatMap(({ presses = {}, once = {} }) => Object.keys({ ...presses, ...once }));
    assert.ok(verbs.length > 10);
    assert.deepEqual(
      verbs.filter((verb) => !Object.hasOwn(commandNeeds, verb) && !Object.hasOwn(buttonNeeds, verb)),
      [],
    );
  });

  it('are known for every recorded write, and they are what it asks for', () => {
    assert.deepEqual(Object.keys(kindNeeds).toSorted(), [...operationKinds.keys()].toSorted());
    for (const [name, kind] of operationKinds) {
      const asked = new Set(everyWish().flatMap((args) => kind.needs(args)));
      assert.deepEqual([...asked].toSorted(), [...(kindNeeds[name] ?? [])].toSorted(), name);
    }
  });

  it('that somebody can ask for are in the table, and none is without a way to it', () => {
    const asked = new Set<string>([
      ...Object.values(commandNeeds),
      ...Object.values(buttonNeeds),
      ...Object.values(kindNeeds).flat(),
      ...elsewhere,
    ]);
    assert.deepEqual(
      capabilityIds.filter((id) => !asked.has(id)),
      [],
    );
  });
});

/** Asked inside a job: for more lines of the history, and for requests of others. */
const elsewhere: readonly CapabilityId[] = ['history-all', 'approvals'];

/** Arguments of every shape that a kind tells apart when it says what it needs. */
function everyWish() {
  const ordinary = roles.find((role) => !role.privileged)?.templateId ?? '';
  const levels = ['none', 'limited', 'full'] as const;
  return [ordinary, roleIds.globalAdministrator].flatMap((role) =>
    levels.flatMap((from) =>
      levels.flatMap((to) =>
        [[], ['x']].map((licences) => ({
          ...{ userId: 'u', signInName: 'u@x', displayName: 'U', role, roles: [role], from, to, support: to },
          ...{ licences, add: licences, remove: [], wanted: {}, seen: {} },
        })),
      ),
    ),
  );
}
