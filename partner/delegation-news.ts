/** What somebody has to be told of a delegation that nobody was working on. */
export type DelegationNews =
  /** It ends in so many days. */
  | { what: 'reminder'; days: number }
  /** Its time is over. */
  | { what: 'expired' }
  /** Somebody ended it before its time: usually the client, in its own admin center. */
  | { what: 'ended' }
  /** Asked for, and the client's administrator did not approve while that was possible. */
  | { what: 'unapproved' };
