/**
 * Whole days of a duration such as `P730D`, `P2Y` or `PT0S`: a year counts 365, a month 30, times of day nothing.
 * 0 for what is none. https://learn.microsoft.com/graph/api/resources/delegatedadminrelationship
 */
export function daysIn(duration: string | null | undefined): number {
  const parts = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T.*)?$/i.exec(duration ?? '');
  const [years = 0, months = 0, weeks = 0, days = 0] = (parts?.slice(1) ?? []).map((part) =>
    Number(part ?? 0),
  );
  return years * 365 + months * 30 + weeks * 7 + days;
}

/** Microsoft's date as our ISO 8601; undefined for one that is empty, unreadable or stands for none (the year 1). */
export function dateIn(text: string | null | undefined): string | undefined {
  const at = Date.parse(text ?? '');
  return Number.isNaN(at) || at < 0 ? undefined : new Date(at).toISOString();
}
