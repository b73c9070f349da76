import { addUserKind } from './add-user.ts';
import { askGlobalRoleKind } from './ask-global-role.ts';
import { blockUserKind, unblockUserKind } from './block-user.ts';
import { changeLicencesKind } from './change-licences.ts';
import { grantRoleKind, removeRoleKind } from './change-role.ts';
import { changeSupportKind } from './change-support.ts';
import { confirmOrderKind } from './confirm-order.ts';
import { delegateKind } from './delegate.ts';
import { deleteUserKind } from './delete-user.ts';
import { editCompanyKind } from './edit-company.ts';
import { editUserKind } from './edit-user.ts';
import { endDelegationKind } from './end-delegation.ts';
import { extendDelegationKind } from './extend-delegation.ts';
import { newPasswordKind } from './new-password.ts';
import type { OperationKind } from './operation-kinds.ts';
import { restoreUserKind } from './restore-user.ts';
import { sendMailKind } from './send-mail.ts';

/** Every recorded write to Microsoft's clouds that the bot knows. */
const all: readonly OperationKind[] = [
  addUserKind,
  editUserKind,
  changeLicencesKind,
  newPasswordKind,
  blockUserKind,
  unblockUserKind,
  deleteUserKind,
  restoreUserKind,
  grantRoleKind,
  removeRoleKind,
  changeSupportKind,
  editCompanyKind,
  confirmOrderKind,
  sendMailKind,
  askGlobalRoleKind,
  delegateKind,
  extendDelegationKind,
  endDelegationKind,
];

export const operationKinds: ReadonlyMap<string, OperationKind> = new Map(
  all.map((kind) => [kind.kind, kind]),
);

/** The kind of this name; a plain Error, since our own code asks only for what exists. */
export function kindNamed(name: string): OperationKind {
  const kind = operationKinds.get(name);
  if (kind === undefined) throw new Error(`no operation of kind ${name}`);
  return kind;
}
