import type { Operation } from '../partner/operations.ts';
import { createFollowing as createAcceptanceFollowing } from './acceptance-following.ts';
import { createDelegationFollowing } from './delegation-following.ts';
import type { Following, FollowingDeps } from './following.ts';

/** A client's acceptance or delegation, whichever the operation is about. */
export function createFollowing(deps: FollowingDeps): Following {
  const acceptances = createAcceptanceFollowing(deps);
  const delegations = createDelegationFollowing(deps);
  const theirs = ({ kind }: Operation) =>
    deps.kinds.get(kind)?.followsDelegation === undefined ? acceptances : delegations;
  return {
    check: (operation) => theirs(operation).check(operation),
    changes: (operation) => theirs(operation).changes(operation),
  };
}
