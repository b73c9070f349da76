/** What somebody has to be told of a delegation that nobody was working on. */
export type DelegationNews =
  /** It ends in so many days. */
  | { what: 'reminder'; days: number }
  /** Its time is over. */
  | { what: 'expired' }
  /** Somebody else ended it before its time: usually the client, in its own admin center. */
  | { what: 'ended' }
  /** Asked for, and the client's administrator did not approve while that was possible. */
  | { what: 'unapproved' }
  /** The client approved it, and the work on it stands still. */
  | { what: 'approved' }
  /** It is in force, but Microsoft has no role of it for our groups any more. */
  | { what: 'no-access' };
