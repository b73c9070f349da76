import type { Notice, NoticeKind, NoticeSubject } from '../partner/notices.ts';

/** What whoever has the duty is told, of the signed-in person's own company. Writes are gathered. */
export interface NoticeDesk {
  find(id: string): Promise<Notice | undefined>;
  /** Those that nobody has taken or answered yet, the oldest first. */
  open(subject: NoticeSubject): Promise<Notice[]>;
  ofKind(kind: NoticeKind): Promise<Notice[]>;
  /** Has it told as soon as this turn is stored. */
  add(notice: Notice): void;
  /** Has what is open about this looked at: whose business it is has changed. */
  tell(subject: NoticeSubject): void;
  /** Somebody has taken or answered them: nobody else is told, and the others' cards say who it was. */
  end(notices: readonly Notice[], how: 'taken' | 'answered'): Promise<void>;
}
