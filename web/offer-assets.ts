import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { WebAnswer } from './http.ts';
import { cardScript, offerStyle, pageScript } from './pages/offer-assets.ts';

const yearSeconds = 365 * 24 * 60 * 60;

/** The library that draws cards in the browser; its version is part of the address, so that browsers may keep it. */
const libraryFile = 'adaptivecards-3.0.6.js';
let library: Promise<string> | undefined;

/** Beside the sources the packages are one folder up, beside the built files two. */
async function readLibrary(): Promise<string> {
  const file = 'node_modules/adaptivecards/dist/adaptivecards.min.js';
  const [source, built] = ['../', '../../'].map((up) => new URL(up + file, import.meta.url));
  return readFile(source !== undefined && existsSync(source) ? source : (built ?? file), 'utf8');
}

/** Style and scripts of the pages for clients, by file name; undefined when there is no such file. */
export async function offerAsset(name: string): Promise<WebAnswer | undefined> {
  switch (name) {
    case 'offer.css':
      return asset('text/css', offerStyle);
    case 'card.js':
      return asset('text/javascript', cardScript);
    case 'page.js':
      return asset('text/javascript', pageScript);
    case libraryFile:
      library ??= readLibrary();
      return asset('text/javascript', await library, `public, max-age=${yearSeconds}, immutable`);
    default:
      return undefined;
  }
}

function asset(type: string, body: string, caching = 'max-age=300'): WebAnswer {
  return {
    status: 200,
    headers: {
      'content-type': `${type}; charset=utf-8`,
      'cache-control': caching,
      'x-content-type-options': 'nosniff',
    },
    body,
  };
}
