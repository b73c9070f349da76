/** A browser without a window: keeps cookies by origin and path, and follows redirects. */
export interface CookieBrowser {
  /** Opens an address and goes where it leads; `at` is where it ended. */
  open(address: string, init?: RequestInit): Promise<{ response: Response; at: string; page: string }>;
  /** What this browser would send of this name to that address, as a header. */
  cookie(name: string, address: string): string;
}

interface Cookie {
  origin: string;
  path: string;
  name: string;
  value: string;
}

const mostRedirects = 10;

export function createCookieBrowser(): CookieBrowser {
  const kept: Cookie[] = [];

  const sentTo = ({ origin, pathname }: URL) =>
    kept.filter((cookie) => cookie.origin === origin && pathname.startsWith(cookie.path));

  function keep(url: URL, header: string): void {
    const [pair = '', ...flags] = header.split(';').map((part) => part.trim());
    const [name = '', ...value] = pair.split('=');
    const flag = (of: string) => flags.find((each) => each.startsWith(`${of}=`))?.slice(of.length + 1);
    const path = flag('Path') ?? '/';
    const old = kept.findIndex(
      (each) => each.origin === url.origin && each.name === name && each.path === path,
    );
    if (old !== -1) kept.splice(old, 1);
    if (flag('Max-Age') !== '0') kept.push({ origin: url.origin, path, name, value: value.join('=') });
  }

  async function once(url: URL, init: RequestInit): Promise<Response> {
    const cookie = sentTo(url)
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
    const headers = { ...Object.fromEntries(new Headers(init.headers)), ...(cookie ? { cookie } : {}) };
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const header of response.headers.getSetCookie()) keep(url, header);
    return response;
  }

  return {
    async open(address, init = {}) {
      let url = new URL(address);
      let response = await once(url, init);
      for (let hops = 0; response.status >= 300 && response.status < 400; hops++) {
        if (hops >= mostRedirects) throw new Error(`too many redirects, the last to ${url.href}`);
        await response.arrayBuffer();
        url = new URL(response.headers.get('location') ?? '', url);
        response = await once(url, {});
      }
      return { response, at: url.href, page: await response.text() };
    },
    cookie(name, address) {
      const found = sentTo(new URL(address)).find((cookie) => cookie.name === name);
      return found === undefined ? '' : `${name}=${found.value}`;
    },
  };
}
