import type { NoticeKind } from '../partner/notices.ts';
import type { Turn } from './turn.ts';

/** What waited about an offer is dealt with by this turn: nobody else is told, and the cards of the others say so. */
export async function endNotices(
  turn: Turn,
  offerId: string,
  { kind, client, eventId }: { kind: NoticeKind; client?: string; eventId?: string },
): Promise<void> {
  const open = await turn.notices.open(`offer/${offerId}`);
  const dealtWith = open.filter(
    (notice) =>
      notice.kind === kind &&
      (client === undefined || notice.details['client'] === client) &&
      (eventId === undefined || notice.eventId === eventId),
  );
  await turn.notices.end(dealtWith, 'answered');
}
