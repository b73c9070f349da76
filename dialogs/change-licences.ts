import { z } from 'zod';
import { changeLicencesCard } from '../cards/change-licences.ts';
import { requireCapability } from '../partner/authorise.ts';
import type { ChangeLicencesWish } from '../partner/change-licences.ts';
import { directLicences } from '../partner/group-licences.ts';
import { productName } from '../partner/skus.ts';
import type { TargetUser } from '../partner/targets.ts';
import { createFlow } from './flow-dialog.ts';
import { createForm } from './form-dialog.ts';
import { type InheritedLicence, inheritedOf } from './inherited-licences.ts';
import type { Job, Pressed, Stage } from './job.ts';
import { showOverview } from './overview.ts';
import { pressedUser, targetOf } from './person.ts';
import type { Turn } from './turn.ts';
import { confirmWish, wishAnswer } from './wish.ts';

interface Options {
  target: TargetUser;
  /** SKU ids that the person has, as the form saw them. */
  held: string[];
  /** What groups give: shown, and not to be taken. */
  inherited: InheritedLicence[];
  /** Asked for where the person has none: the proposed country. */
  location?: string;
  chosen: string[];
}

interface ChangeLicencesData extends Options {
  reason: string;
}

const idsIn = (value: string) => value.split(',').filter((id) => id !== '');

const choiceInputs = z.object({
  licences: z.string('form.invalid').max(2000, 'form.invalid').default(''),
  location: z
    .string('form.choose')
    .regex(/^[A-Z]{2}$/, 'form.choose')
    .optional(),
});

const changeLicencesChoice = createForm({
  id: 'change-licences-choice',
  inputs: choiceInputs,
  labels: { licences: 'user.licences', location: 'user.location' },
  shown: () => ['licences'],
  async card(turn, { target, held, inherited, location, chosen }: Options, { nonce, typed, problem }) {
    return changeLicencesCard(turn.words, turn.chat.language, {
      ...{ account: turn.account, nonce, problem, target, held, inherited },
      skus: await turn.directory().skus(),
      chosen: typed['licences'] ?? chosen.join(','),
      location: location === undefined ? undefined : (typed['location'] ?? location),
    });
  },
  async check(turn, { held }, { licences }) {
    const { words } = turn;
    const chosen = idsIn(licences);
    const added = chosen.filter((id) => !held.includes(id));
    if (added.length === 0 && held.every((id) => chosen.includes(id)))
      return words('change-licences.problem-nothing');
    const skus = await turn.directory().skus();
    const known = added.map((id) => skus.find((sku) => sku.skuId === id && sku.active));
    if (known.includes(undefined)) return words('add-user.problem.licence-unknown');
    const empty = known.find((sku) => sku !== undefined && sku.left < 1);
    return empty && words('add-user.problem.licence', { name: productName(empty) });
  },
});

function wishOf({ target, held, chosen, location }: ChangeLicencesData): ChangeLicencesWish {
  const add = chosen.filter((id) => !held.includes(id));
  const remove = held.filter((id) => !chosen.includes(id));
  const wantsLocation = location !== undefined && add.length > 0;
  return { ...target, add, remove, ...(wantsLocation ? { usageLocation: location } : {}) };
}

const changeLicences = createFlow<ChangeLicencesData>({
  id: 'change-licences',
  async start(turn, brought) {
    requireCapability('assign-licences', await turn.situation());
    return { ...(brought as Options), reason: '' };
  },
  steps: [
    {
      form: 'change-licences-choice',
      options: async (_turn, { reason: _reason, ...options }) => options,
      async take(_turn, data, values) {
        const { licences, location } = choiceInputs.parse(values);
        const chosen = idsIn(licences);
        return data.location === undefined
          ? { ...data, chosen }
          : { ...data, chosen, location: location ?? data.location };
      },
    },
    {
      form: 'wish-review',
      options: async (_turn, data) => ({ kind: 'change-licences', args: wishOf(data), canGoBack: true }),
      take: async (_turn, data, values) => ({ ...data, reason: wishAnswer.parse(values).reason }),
    },
  ],
  finish: (turn, data, cardKey, consent) =>
    confirmWish(
      turn,
      { kind: 'change-licences', args: wishOf(data) },
      { reason: data.reason, cardKey, consent },
    ),
  outdated: showOverview,
});

/** Opens the form with what the person holds now. */
async function begin(turn: Turn, stage: Stage, pressed: Pressed): Promise<void> {
  requireCapability('assign-licences', await turn.situation());
  const user = await pressedUser(turn, pressed);
  if (user === undefined) return;
  const held = directLicences(user);
  const options = { target: targetOf(user), held, inherited: await inheritedOf(turn, user), chosen: held };
  if (user.usageLocation !== undefined) return stage.begin(changeLicences.id, options);
  const { countryCode: location = '' } = await turn.directory().company();
  return stage.begin(changeLicences.id, { ...options, location });
}

export const changeLicencesJob: Job = {
  dialogs: [changeLicences, changeLicencesChoice],
  presses: { 'user-licences': (turn, stage, pressed) => begin(turn, stage, pressed) },
};
