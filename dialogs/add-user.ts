import { z } from 'zod';
import { type AddUserDetails, addUserDetailsCard, addUserNameCard, noRole } from '../cards/add-user.ts';
import { type AddUserWish, addUserKind } from '../partner/add-user.ts';
import { requireAll, requireCapability } from '../partner/authorise.ts';
import type { Sku } from '../partner/directory.ts';
import { cleanText, splitFullName } from '../partner/names.ts';
import { roleById } from '../partner/roles.ts';
import { firstFree, firstProposals, isSignInPart } from '../partner/sign-in-names.ts';
import { productName } from '../partner/skus.ts';
import { choicesFor } from './add-user-choices.ts';
import { createFlow } from './flow-dialog.ts';
import { createForm } from './form-dialog.ts';
import type { Job } from './job.ts';
import { wishOfFailed } from './operation-buttons.ts';
import type { Turn } from './turn.ts';
import { confirmWish, wishAnswer } from './wish.ts';

interface AddUserData {
  fullName: string;
  details: AddUserDetails | null;
  reason: string;
}

const text = (max: number) => z.string('form.missing').max(max, 'form.too-long').transform(cleanText);
const filled = (max: number) => text(max).pipe(z.string().min(1, 'form.missing'));

/** Microsoft's bounds: displayName 256, givenName and surname 64. */
const nameInputs = z.object({ fullName: filled(256) });

export const addUserName = createForm({
  id: 'add-user-name',
  inputs: nameInputs,
  labels: { fullName: 'add-user.name.full' },
  fromText: (typed) => ({ fullName: typed }),
  async card(turn, options: { fullName: string }, { nonce, typed, problem }) {
    const fullName = typed['fullName'] ?? options.fullName;
    return addUserNameCard(turn.words, { account: turn.account, nonce, problem, fullName });
  },
});

const detailsInputs = z.object({
  family: text(64).default(''),
  middle: text(64).default(''),
  given: text(64).default(''),
  signIn: filled(256),
  domain: z.string('form.choose').max(256, 'form.choose'),
  location: z.string('form.choose').regex(/^[A-Z]{2}$/, 'form.choose'),
  licences: z.string().max(2000, 'form.invalid').default(''),
  role: z.string().max(64, 'form.choose').default(noRole),
  support: z.enum(['none', 'limited', 'full'], 'form.choose').default('none'),
});

const addUserDetails = createForm({
  id: 'add-user-details',
  inputs: detailsInputs,
  labels: {
    family: 'add-user.details.surname',
    middle: 'add-user.details.middle',
    given: 'add-user.details.given',
    signIn: 'add-user.details.sign-in',
    domain: 'add-user.details.domain',
    location: 'add-user.details.location',
    licences: 'add-user.details.licences',
    role: 'add-user.details.role',
    support: 'add-user.details.support',
  },
  shown: () => ['family', 'middle', 'given', 'licences'],
  async card(turn, options: { details: AddUserDetails }, { nonce, typed, problem }) {
    const values = { ...options.details, ...typed };
    const choices = await choicesFor(turn, values);
    return addUserDetailsCard(turn.words, turn.chat.language, {
      account: turn.account,
      nonce,
      problem,
      values,
      choices,
    });
  },
  async check(turn, _options, values) {
    const { words } = turn;
    if (!isSignInPart(values.signIn)) return words('add-user.problem.name');
    if (values.role !== noRole && roleById(values.role) === undefined) {
      return words('form.choose', { name: words('add-user.details.role') });
    }
    const directory = turn.directory();
    const domain = (await directory.domains()).find((each) => each.name === values.domain);
    if (domain?.isVerified !== true) return words('add-user.problem.domain', { domain: values.domain });
    const wanted = licenceIds(values.licences);
    const skus = await directory.skus();
    const problem = licenceProblem(turn, wanted, skus);
    if (problem !== undefined) return problem;
    const signInName = `${values.signIn}@${values.domain}`;
    const proposals = firstProposals(values, 6);
    const all = [values.signIn, ...proposals].map((name) => `${name}@${values.domain}`);
    const taken = (await directory.takenSignInNames(all)).map((name) => name.toLowerCase());
    if (taken.includes(signInName.toLowerCase())) {
      const free = proposals.filter((name) => !taken.includes(`${name}@${values.domain}`.toLowerCase()));
      return words('add-user.problem.taken', { signInName, free: free.slice(0, 3).join(', ') });
    }
    // Throws with the reason and the portal route when a part of it is not this person's to give.
    requireAll(addUserKind.needs(wishOf('', values)), await turn.situation(), { approved: true });
    return undefined;
  },
});

const licenceIds = (value: string) => value.split(',').filter((id) => id !== '');

function licenceProblem(turn: Turn, wanted: readonly string[], skus: readonly Sku[]): string | undefined {
  const known = wanted.map((id) => skus.find((sku) => sku.skuId === id));
  if (known.includes(undefined)) return turn.words('add-user.problem.licence-unknown');
  const empty = known.find((sku) => sku !== undefined && sku.left < 1);
  return empty && turn.words('add-user.problem.licence', { name: productName(empty) });
}

function wishOf(fullName: string, details: AddUserDetails): AddUserWish {
  const { family, middle, given } = details;
  const support = details.support === 'full' || details.support === 'limited' ? details.support : 'none';
  return {
    displayName: fullName,
    givenName: [middle, given].filter(Boolean).join(' '),
    surname: family,
    signInName: `${details.signIn}@${details.domain}`,
    usageLocation: details.location,
    licences: licenceIds(details.licences),
    roles: details.role === noRole ? [] : [details.role],
    support,
  };
}

const emptyDetails: AddUserDetails = {
  family: '',
  middle: '',
  given: '',
  signIn: '',
  domain: '',
  location: '',
  licences: '',
  role: noRole,
  support: 'none',
};

/** Fills the second card: the parts of the name, the first free sign-in name, the company's domain and country. */
async function proposeDetails(turn: Turn, fullName: string): Promise<AddUserDetails> {
  const directory = turn.directory();
  const parts = splitFullName(fullName);
  const [domains, company] = await Promise.all([directory.domains(), directory.company()]);
  const verified = domains.filter((each) => each.isVerified);
  const domain = (verified.find((each) => each.isDefault) ?? verified[0])?.name ?? '';
  const proposals = firstProposals(parts, 12);
  const taken = await directory.takenSignInNames(proposals.map((name) => `${name}@${domain}`));
  const signIn =
    firstFree(
      proposals,
      taken.map((name) => name.split('@')[0] ?? name),
    ) ?? '';
  return { ...emptyDetails, ...parts, signIn, domain, location: company.countryCode ?? '' };
}

const addUser = createFlow<AddUserData>({
  id: 'add-user',
  async start(turn, brought) {
    requireCapability('add-user', await turn.situation());
    const { wish } = z.object({ wish: z.custom<AddUserWish>().optional() }).parse(brought);
    return { fullName: wish?.displayName ?? '', details: null, reason: '' };
  },
  steps: [
    {
      form: 'add-user-name',
      options: async (_turn, data) => ({ fullName: data.fullName }),
      async take(turn, data, values) {
        const { fullName } = nameInputs.parse(values);
        const keep = data.details !== null && data.fullName === fullName;
        return { ...data, fullName, details: keep ? data.details : await proposeDetails(turn, fullName) };
      },
    },
    {
      form: 'add-user-details',
      options: async (_turn, data) => ({ details: data.details ?? emptyDetails }),
      take: async (_turn, data, values) => ({ ...data, details: detailsInputs.parse(values) }),
    },
    {
      form: 'wish-review',
      options: async (turn, data) => ({
        kind: 'add-user',
        args: wishOf(data.fullName, data.details ?? emptyDetails),
        intro: turn.words('add-user.review.intro'),
        canGoBack: true,
      }),
      take: async (_turn, data, values) => ({ ...data, reason: wishAnswer.parse(values).reason }),
    },
  ],
  finish(turn, data, cardKey, consent) {
    const args = wishOf(data.fullName, data.details ?? emptyDetails);
    return confirmWish(turn, { kind: 'add-user', args }, { reason: data.reason, cardKey, consent });
  },
});

export const addUserJob: Job = {
  dialogs: [addUser, addUserName, addUserDetails],
  commands: { 'add-user': (_turn, stage) => stage.begin(addUser.id, {}) },
  presses: {
    async 'operation-other-name'(turn, stage, { inputs }) {
      const wish = await wishOfFailed(turn, inputs['operation']);
      if (wish !== undefined) await stage.begin(addUser.id, { wish });
    },
  },
};
