import { z } from 'zod';
import { PartnerError } from '../../partner/errors.ts';
import type { Cloud } from '../clouds.ts';
import type { PartnerCenter } from './client.ts';

/** What every read of a list needs: the cloud says which links may be followed. */
export interface Listing {
  partnerCenter: PartnerCenter;
  cloud: Cloud;
}

const link = z.object({
  uri: z.string(),
  headers: z.array(z.object({ key: z.string(), value: z.string() })).nullish(),
});

/** More pages than any list of ours has; a link that leads in a circle ends here. */
const mostPages = 50;

/** The first page of a list; `totalCount` is not to be trusted and left out. */
export async function readFirstPage<T>({ partnerCenter }: Listing, path: string, item: z.ZodType<T>) {
  return (await partnerCenter.read(path, pageOf(item))).items ?? [];
}

/**
 * Every item of a list, page by page: the next one is where the link says, with the continuation token as a header.
 * https://learn.microsoft.com/partner-center/developer/get-a-list-of-customers
 */
export async function readCollection<T>(
  { partnerCenter, cloud }: Listing,
  path: string,
  item: z.ZodType<T>,
): Promise<T[]> {
  const shape = pageOf(item);
  const items: T[] = [];
  let next: { path: string; headers: Record<string, string> } = { path, headers: {} };
  for (let pages = 0; pages < mostPages; pages += 1) {
    const page = await partnerCenter.read(next.path, shape, next.headers);
    items.push(...(page.items ?? []));
    const found = page.links?.next ?? undefined;
    if (found === undefined) return items;
    next = { path: pathOf(found.uri, cloud), headers: tokenOf(found) };
  }
  throw new PartnerError('unexpected');
}

/** Takes the readable items of a list and leaves the others out: for lists where one less does no harm. */
export function readableOnly<T>(item: z.ZodType<T>): z.ZodType<T | undefined> {
  return z.unknown().transform((value) => item.safeParse(value).data);
}

function pageOf<T>(item: z.ZodType<T>) {
  return z.object({
    items: z.array(item).nullish(),
    links: z.object({ next: link.nullish() }).nullish(),
  });
}

const version = '/v1';
const tokenHeader = 'MS-ContinuationToken';

/** Some links have the version in front, others not; a whole address must be the cloud's own. */
function pathOf(uri: string, cloud: Cloud): string {
  const url = URL.canParse(uri, cloud.partnerCenter) ? new URL(uri, cloud.partnerCenter) : undefined;
  if (url === undefined || url.origin !== cloud.partnerCenter || url.username !== '')
    throw new PartnerError('unexpected');
  const path = url.pathname + url.search;
  return path.startsWith(`${version}/`) ? path.slice(version.length) : path;
}

function tokenOf({ headers }: z.infer<typeof link>): Record<string, string> {
  const token = headers?.find(({ key }) => key.toLowerCase() === tokenHeader.toLowerCase());
  return token === undefined ? {} : { [tokenHeader]: token.value };
}
