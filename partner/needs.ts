import type { CapabilityId } from './capabilities.ts';

/**
 * What a command or a button asks for before anything else happens. `everybody`: also who is no staff, or not
 * signed in. `own`: what it begins or goes on with says by itself which rights it takes.
 */
export type Need = CapabilityId | 'everybody' | 'own';

/** Typed commands. A button that carries the same verb asks for the same. */
export const commandNeeds: Readonly<Record<string, Need>> = {
  help: 'everybody',
  'ask-help': 'everybody',
  cancel: 'everybody',
  back: 'everybody',
  'start-over': 'everybody',
  language: 'everybody',
  vietnamese: 'everybody',
  english: 'everybody',
  greeting: 'everybody',
  'sign-in': 'everybody',
  'sign-out': 'everybody',
  'who-am-i': 'everybody',
  overview: 'everybody',
  'what-can-i-do': 'everybody',
  users: 'users',
  'add-user': 'add-user',
  'deleted-users': 'delete-user',
  roles: 'roles',
  support: 'roles',
  company: 'company',
  'edit-company': 'edit-company',
  domains: 'domains',
  subscriptions: 'subscriptions',
  settings: 'settings',
  authorisations: 'authorisations',
  'set-colleague': 'set-colleague',
  'answer-offer': 'everybody',
  'make-offer': 'make-offer',
  'make-trial': 'make-offer',
  offers: 'offers',
  // Each request says by itself who may decide it; who may decide none is told that none waits.
  approvals: 'own',
  history: 'history',
};

/** Further buttons, by their verb. */
export const buttonNeeds: Readonly<Record<string, Need>> = {
  language: 'everybody',
  'help-topic': 'everybody',
  'help-opinion': 'everybody',
  'answer-offer-accept': 'everybody',
  'answer-offer-wish': 'everybody',
  'answer-offer-decline': 'everybody',
  'answer-offer-ask': 'everybody',
  'answer-offer-withdraw': 'everybody',
  'answer-offer-pass-on': 'everybody',
  user: 'users',
  'edit-user': 'edit-user',
  'user-licences': 'assign-licences',
  'user-password': 'new-password',
  'block-user': 'block-user',
  'unblock-user': 'block-user',
  'delete-user': 'delete-user',
  'restore-user': 'delete-user',
  'company-confirm': 'confirm-company',
  'company-wrong': 'company',
  'edit-company-again': 'edit-company',
  role: 'roles',
  'user-roles': 'roles',
  'role-choose': 'grant-role',
  'role-grant': 'grant-role',
  'role-remove': 'grant-role',
  'user-support': 'roles',
  // Which right it takes follows from the level that is chosen.
  'support-choose': 'own',
  'authorisations-fresh': 'authorisations',
  'state-authorisation': 'state-authorisations',
  'offer-open': 'offers',
  'offer-client': 'offers',
  'offer-preview': 'make-offer',
  'offer-send': 'make-offer',
  'offer-line': 'make-offer',
  'offer-line-remove': 'make-offer',
  'offer-edit': 'make-offer',
  'offer-discard': 'make-offer',
  'offer-share': 'make-offer',
  'offer-as-card': 'make-offer',
  'offer-send-again': 'make-offer',
  'offer-renew': 'make-offer',
  'offer-copy': 'make-offer',
  'offer-new-version': 'make-offer',
  'offer-withdraw': 'make-offer',
  'offer-withdraw-yes': 'make-offer',
  'offer-hand-over': 'make-offer',
  'offer-answer-question': 'make-offer',
  'order-by-hand': 'make-offer',
  // Who may not order sees who may, and can pass it on.
  'order-review': 'offers',
  'order-attest': 'confirm-order',
  'order-reopen': 'confirm-order',
  'order-refuse': 'confirm-order',
  'order-pass-on': 'offers',
  'operation-show': 'own',
  'operation-retry': 'own',
  'operation-look': 'own',
  'operation-skip': 'own',
  'operation-undo': 'own',
  'operation-other-name': 'add-user',
  'new-password': 'own',
  approve: 'own',
  decline: 'own',
  'approval-open': 'own',
  'approval-again': 'own',
  'approval-withdraw': 'own',
};

/** Recorded writes: every capability that one of them can ask for, depending on what is written. */
export const kindNeeds: Readonly<Record<string, readonly CapabilityId[]>> = {
  'add-user': [
    'add-user',
    'assign-licences',
    'grant-role',
    'grant-privileged-role',
    'support-limited',
    'support-full',
  ],
  'edit-user': ['edit-user'],
  'change-licences': ['assign-licences'],
  'new-password': ['new-password'],
  'block-user': ['block-user'],
  'unblock-user': ['block-user'],
  'delete-user': ['delete-user'],
  'restore-user': ['delete-user'],
  'grant-role': ['grant-role', 'grant-privileged-role'],
  'remove-role': ['grant-role'],
  'change-support': ['support-limited', 'support-full', 'support-full-remove'],
  'edit-company': ['edit-company'],
  'confirm-order': ['confirm-order'],
  'send-mail': ['make-offer'],
};

/** What this command or button asks for; undefined for the answer of a form, whose flow has asked. */
export function needOf(verb: string): Need | undefined {
  if (Object.hasOwn(commandNeeds, verb)) return commandNeeds[verb];
  return Object.hasOwn(buttonNeeds, verb) ? buttonNeeds[verb] : undefined;
}
