import { type PartnerAnswer, refuse } from './answer.ts';
import type { PartnerCall } from './call.ts';

interface Link {
  uri: string;
  method: 'GET';
  headers: { key: string; value: string }[];
}

export const linkTo = (uri: string): Link => ({ uri, method: 'GET', headers: [] });

/** A whole list: https://learn.microsoft.com/partner-center/developer/utility-resources#resourcecollection */
export function collection(items: readonly object[], self?: string): PartnerAnswer {
  return {
    status: 200,
    body: {
      totalCount: items.length,
      items,
      ...(self === undefined ? {} : { links: { self: linkTo(self) } }),
      attributes: { objectType: 'Collection' },
    },
  };
}

const usualSize = 100;
const largestSize = 500;

/** How many items a caller wants at once; an example of Microsoft's asks for 0 and gets three. */
function sizeOf(call: PartnerCall): number {
  const text = call.query.get('size') ?? '0';
  if (!/^\d{1,9}$/.test(text)) refuse(400, 800002, 'Invalid request input.');
  const size = Number(text);
  return size === 0 ? usualSize : Math.min(size, largestSize);
}

/**
 * One page of a list. The link to the next one carries the token that it wants to see in MS-ContinuationToken;
 * pages go on after the last item, so that a new one in between moves nothing.
 */
export function pageOf<T>(
  call: PartnerCall,
  all: readonly T[],
  about: { uri: string; keyOf: (item: T) => string; shown: (item: T) => object },
): PartnerAnswer {
  const size = sizeOf(call);
  const wantsNext = call.query.get('seekOperation')?.toLowerCase() === 'next';
  const token = call.headers['ms-continuationtoken'];
  const from = wantsNext && token !== undefined ? afterToken(all, about.keyOf, token) : 0;
  const items = all.slice(from, from + size);
  const last = items.at(-1);
  const hasMore = from + size < all.length && last !== undefined;
  const next = hasMore ? tokenOf(about.keyOf(last)) : undefined;
  const query = new URLSearchParams(call.query);
  const self = linkTo(withQuery(about.uri, query));
  query.set('seekOperation', 'Next');
  return {
    status: 200,
    body: {
      totalCount: all.length,
      items: items.map(about.shown),
      ...(next === undefined ? {} : { continuationToken: next }),
      links: {
        self,
        ...(next === undefined
          ? {}
          : {
              next: {
                uri: withQuery(about.uri, query),
                method: 'GET',
                headers: [{ key: 'MS-ContinuationToken', value: next }],
              },
            }),
      },
      attributes: { objectType: 'Collection' },
    },
  };
}

const tokenOf = (key: string): string => Buffer.from(key).toString('base64');

function afterToken<T>(all: readonly T[], keyOf: (item: T) => string, token: string): number {
  const index = all.findIndex((item) => tokenOf(keyOf(item)) === token);
  return index === -1 ? refuse(400, 800002, 'Invalid request input.') : index + 1;
}

const withQuery = (uri: string, query: URLSearchParams): string =>
  query.size === 0 ? uri : `${uri}?${query.toString()}`;
