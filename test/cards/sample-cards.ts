import { addUserDetailsCard, addUserNameCard } from '../../cards/add-user.ts';
import { changeLicencesCard } from '../../cards/change-licences.ts';
import { deletedUsersCard } from '../../cards/deleted-users.ts';
import { editUserCard } from '../../cards/edit-user.ts';
import { errorCard } from '../../cards/error.ts';
import { operationCardFor } from '../../cards/operation-views.ts';
import type { Card } from '../../cards/render.ts';
import { signInCard } from '../../cards/sign-in.ts';
import type { UserRights } from '../../cards/user-jobs.ts';
import { userCard, usersCard } from '../../cards/users.ts';
import { welcomeCard } from '../../cards/welcome.ts';
import { wishReviewCard } from '../../cards/wish-review.ts';
import { showHelp } from '../../dialogs/help.ts';
import { showCapabilities, showOverview } from '../../dialogs/overview.ts';
import type { Turn } from '../../dialogs/turn.ts';
import { createWords, type Language } from '../../locales/words.ts';
import type { Account } from '../../partner/accounts.ts';
import { type AddUserWish, addUserSteps } from '../../partner/add-user.ts';
import { capabilityIds, type Situation } from '../../partner/capabilities.ts';
import type { User } from '../../partner/directory.ts';
import { errorCodes, PartnerError } from '../../partner/errors.ts';
import { newOperation, type Operation, type OperationStatus, type Step } from '../../partner/operations.ts';
import { roleIds } from '../../partner/role-ids.ts';
import { roles } from '../../partner/roles.ts';
import { hanoi } from '../helpers/zones.ts';
import { acceptDelegationSamples } from './accept-delegation-samples.ts';
import { answerSamples } from './answer-samples.ts';
import { companySamples } from './company-samples.ts';
import { delegateSamples } from './delegate-samples.ts';
import { delegationStaffSamples } from './delegation-staff-samples.ts';
import { forgetSamples } from './forget-samples.ts';
import { houseSamples } from './house-samples.ts';
import { keySamples } from './key-samples.ts';
import { offerDeskSamples } from './offer-desk-samples.ts';
import { offerSamples } from './offer-samples.ts';
import { orderSamples } from './order-samples.ts';
import { roleSamples } from './role-samples.ts';

export interface Sample {
  /** File name in cards/templates, without `.json`. */
  template: string;
  title: string;
  card: Card;
}

const account: Account = {
  tenantId: '3f6d7a52-0000-4000-8000-000000000001',
  objectId: '3f6d7a52-0000-4000-8000-000000000002',
  displayName: 'Nguyễn Thị Lan',
  signInName: 'lan.nguyen@contoso.example',
  companyName: 'Contoso Partner',
  wids: undefined,
};

const user: User = {
  id: '3f6d7a52-0000-4000-8000-000000000003',
  displayName: 'Trần Văn Đức',
  signInName: 'duc.tran@contoso.example',
  mailNickname: 'duc.tran',
  givenName: 'Văn Đức',
  surname: 'Trần',
  usageLocation: 'VN',
  accountEnabled: true,
  licences: [],
  createdAt: undefined,
};

const sku = {
  skuId: 'f245ecc8-75af-4f8e-b61f-27d8114de5f3',
  partNumber: 'O365_BUSINESS_PREMIUM',
  active: true,
};

const wish: AddUserWish = {
  displayName: user.displayName,
  givenName: 'Văn Đức',
  surname: 'Trần',
  signInName: user.signInName,
  usageLocation: 'VN',
  licences: [sku.skuId],
  roles: roles.slice(0, 2).map((role) => role.templateId),
  support: 'full',
};

const nobody: Situation = {
  cloud: 'worldwide',
  staff: true,
  roles: [],
  support: [],
  authorisations: ['delegated-administration'],
};
const globalAdmin: Situation = { ...nobody, roles: [roleIds.globalAdministrator] };
const stranger: Situation = { ...nobody, staff: false };

const failedOperation = newOperation({
  ...{
    id: 'operation',
    kind: 'add-user',
    schema: 1,
    personKey: 'person',
    args: wish,
    steps: addUserSteps(wish),
  },
  ...{ actor: account, cardKey: 'card', now: 0 },
});

/** Every card that the bot draws, each with much and with little in it. */
export async function sampleCards(language: Language): Promise<Sample[]> {
  return [
    { template: 'welcome', title: 'welcome', card: welcomeCard() },
    ...signInSamples(language),
    ...(await overviewSamples(language)),
    ...userSamples(language),
    ...roleSamples(language, { account, user }),
    ...userJobSamples(language),
    ...addUserSamples(language),
    ...companySamples(language, account),
    ...errorSamples(language),
    ...operationSamples(language),
    ...houseSamples(language, account),
    ...forgetSamples(language, account),
    ...keySamples(language, account),
    ...offerSamples(language),
    ...answerSamples(language, account),
    ...acceptDelegationSamples(language, account),
    ...offerDeskSamples(language, account),
    ...delegationStaffSamples(language, account),
    ...delegateSamples(language, account),
    ...orderSamples(language, account),
  ];
}

function signInSamples(language: Language): Sample[] {
  const words = createWords(language, hanoi);
  return [
    { problem: '', goesOn: false, toAnswer: false },
    { problem: words('form.used'), goesOn: true, toAnswer: false },
    { problem: '', goesOn: true, toAnswer: true },
  ].map((more) => ({
    template: 'sign-in',
    title: `sign-in ${more.goesOn} ${more.toAnswer}`,
    card: signInCard(words, {
      links: [
        { cloud: 'worldwide', address: 'https://bot.example/sign-in/x' },
        { cloud: '21vianet', address: 'https://bot.example/sign-in/x?cloud=21vianet' },
      ],
      ...more,
    }),
  }));
}

async function overviewSamples(language: Language): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (const [who, situation] of Object.entries({ nobody, globalAdmin, stranger })) {
    for (const show of [showOverview, showCapabilities, showHelp]) {
      const turn: Partial<Turn> = {
        words: createWords(language, hanoi),
        account,
        requireAccount: () => account,
        situation: async () => situation,
        records: {
          waitingApprovals: async () => [],
          openOperations: async () => (situation === globalAdmin ? [failedOperation] : []),
        } as Partial<Turn['records']> as Turn['records'],
        notices: { ofKind: async () => [] } as Partial<Turn['notices']> as Turn['notices'],
        chat: { language } as Turn['chat'],
        show(card) {
          const template = show === showOverview && situation.staff ? 'overview' : 'message';
          samples.push({ template, title: `${show.name} ${who}`, card });
          return '';
        },
      };
      await show(turn as Turn);
    }
  }
  return samples;
}

function userSamples(language: Language): Sample[] {
  const words = createWords(language, hanoi);
  const empty = { account, users: [], find: 'đức', next: undefined, mayAdd: false, mayRestore: false };
  const page = {
    account,
    users: [user, { ...user, accountEnabled: false }],
    next: 'x',
    find: '',
    mayAdd: true,
    mayRestore: true,
  };
  const rightsAre = (all: boolean): UserRights => ({
    ...{ edit: all, licences: all, password: all, roles: all, support: all, block: all, remove: all },
    ...{ isSelf: false, outranked: !all, wouldAct: true },
  });
  const bare = {
    account,
    user: { ...user, usageLocation: undefined },
    ...{ licences: [], roles: [], support: [], rights: rightsAre(false) },
  };
  const rich = {
    account,
    user,
    licences: ['Microsoft 365 E3'],
    roles: wish.roles,
    support: ['full', 'sales'] as const,
    rights: rightsAre(true),
  };
  const few = { ...rich, rights: { ...rightsAre(false), edit: true, isSelf: true } };
  return [
    ...[empty, page].map((view) => ({ template: 'users', title: 'users', card: usersCard(words, view) })),
    ...[bare, rich, few].map((view) => ({
      template: 'user',
      title: 'user',
      card: userCard(words, language, view),
    })),
  ];
}

function userJobSamples(language: Language): Sample[] {
  const words = createWords(language, hanoi);
  const target = { userId: user.id, signInName: user.signInName, displayName: user.displayName };
  const view = { account, nonce: 'nonce', problem: words('form.used'), target };
  const values = {
    ...{ displayName: user.displayName, surname: 'Trần', givenName: 'Văn Đức', jobTitle: '' },
    ...{ department: '', mobilePhone: '', usageLocation: 'VN' },
  };
  const many = { held: [sku.skuId, 'unknown'], skus: [{ ...sku, total: 5, left: 2 }], location: undefined };
  const none = { held: [], skus: [], location: 'VN' };
  const deleted = { id: user.id, ...target, accountEnabled: true, deletedAt: '2026-03-01T00:00:00Z' };
  const page = { account, users: [deleted], find: '', next: 'x', now: Date.parse('2026-03-05T00:00:00Z') };
  return [
    ...[true, false].map((mayPhone) => ({
      template: 'edit-user',
      title: `edit-user ${mayPhone}`,
      card: editUserCard(words, language, { ...view, values, mayPhone }),
    })),
    ...[many, none].map((choices) => ({
      template: 'change-licences',
      title: `change-licences ${choices.held.length}`,
      card: changeLicencesCard(words, language, { ...view, ...choices, chosen: choices.held.join(',') }),
    })),
    ...[page, { ...page, users: [], find: 'lan', next: undefined }].map((each) => ({
      template: 'deleted-users',
      title: `deleted-users ${each.users.length}`,
      card: deletedUsersCard(words, each),
    })),
  ];
}

function addUserSamples(language: Language): Sample[] {
  const words = createWords(language, hanoi);
  const view = { account, nonce: 'nonce', problem: words('form.used') };
  const values = {
    ...{ family: 'Trần', middle: 'Văn', given: 'Đức', signIn: 'duc.tran', domain: 'contoso.example' },
    ...{ location: 'VN', licences: sku.skuId, role: 'none', support: 'none' },
  };
  const all = {
    domains: ['contoso.example'],
    skus: [
      { ...sku, total: 5, left: 2 },
      { ...sku, skuId: 'unknown', total: 5, left: 0 },
    ],
    mayGiveLicences: true,
    mayGrantRoles: true,
    support: ['none', 'limited', 'full'] as const,
    free: ['duc.tran', 'duc.tv'],
    cannot: [],
  };
  const few = {
    ...all,
    ...{ skus: [], mayGrantRoles: false, support: [], free: [], cannot: [words('refusal.not-staff')] },
  };
  const plain: AddUserWish = { ...wish, licences: [], roles: [], support: 'none' };
  return [
    {
      template: 'add-user-name',
      title: 'name',
      card: addUserNameCard(words, { ...view, fullName: user.displayName }),
    },
    ...[all, few].map((choices) => ({
      template: 'add-user-details',
      title: `details ${choices.skus.length}`,
      card: addUserDetailsCard(words, language, { ...view, values, choices }),
    })),
    ...[wish, plain].map((each) => ({
      template: 'wish-review',
      title: `review ${each.support}`,
      card: wishReviewCard(words, language, {
        ...view,
        ...{
          kind: 'add-user',
          args: each,
          intro: 'x',
          secondPerson: each === wish,
          typed: {},
          canGoBack: true,
        },
      }),
    })),
  ];
}

function errorSamples(language: Language): Sample[] {
  const words = createWords(language, hanoi);
  const errors = [
    ...errorCodes.map((code) => new PartnerError(code)),
    ...capabilityIds.map((capability) => new PartnerError('not-allowed', { details: { capability } })),
  ];
  return errors.map((error) => ({
    template: 'message',
    title: `error ${error.code}`,
    card: errorCard(words, language, error, { account, cloud: 'worldwide', reference: 'ABCD2345' }),
  }));
}

function operationSamples(language: Language): Sample[] {
  const words = createWords(language, hanoi);
  const at = (current: Step['status'], status: OperationStatus, step: string): Operation => {
    const steps = addUserSteps(wish);
    const index = steps.findIndex(({ id }) => id === step);
    const error = { code: 'microsoft-busy', details: { seconds: 5 }, reference: 'ABCD2345' } as const;
    return {
      ...{
        id: 'operation',
        kind: 'add-user',
        schema: 1,
        version: 1,
        status,
        actor: account,
        approvedBy: null,
      },
      ...{ personKey: 'p', company: account.tenantId, args: wish, cardKey: 'k', drawn: 0, createdAt: 0 },
      steps: steps.map((each, place) => {
        if (place > index) return each;
        return place < index ? { ...each, status: 'done' } : { ...each, status: current, error };
      }),
    };
  };
  const done = at('done', 'done', 'read-back');
  const skipped = done.steps.map((step) =>
    step.id === 'roles' ? { ...step, result: { skipped: true }, error: null } : { ...step, error: null },
  );
  const operations = [
    at('todo', 'running', 'create'),
    at('started', 'running', 'licences'),
    at('failed', 'failed', 'licences'),
    at('asked', 'failed', 'create'),
    at('todo', 'waiting-sign-in', 'roles'),
    at('todo', 'cancelled', 'roles'),
    { ...done, steps: skipped },
    { ...done, kind: 'new-password' },
  ];
  return operations.map((operation) => ({
    template: 'operation',
    title: `operation ${operation.status}`,
    card: operationCardFor(words, account, operation, {
      revealAddress: 'https://bot.example/passwords/x',
      nonceFor: () => 'nonce',
    }),
  }));
}
