/** What is read of a mail in MIME. */
interface MimeMail {
  subject: string;
  /** Addresses of To, Cc and Bcc. */
  to: string[];
  /** Addresses of Reply-To; left out where there is none. */
  replyTo?: string[];
  text: string | null;
  html: string | null;
}

interface Entity {
  headers: Map<string, string>;
  body: Buffer;
}

/** Reads a mail: encoded words, parts inside parts, base64 and quoted-printable; attachments are left out. */
export function readMime(bytes: Buffer): MimeMail {
  const mail = readEntity(bytes);
  const header = (name: string) => mail.headers.get(name) ?? '';
  const bodies = bodiesIn(mail);
  const replyTo = addressesIn(header('reply-to'));
  return {
    subject: decodedWords(header('subject')),
    to: ['to', 'cc', 'bcc'].flatMap((name) => addressesIn(header(name))),
    ...(replyTo.length === 0 ? {} : { replyTo }),
    text: bodies.get('text/plain') ?? null,
    html: bodies.get('text/html') ?? null,
  };
}

/** Headers and body of RFC 5322; of a header that is there twice the first counts. */
function readEntity(bytes: Buffer): Entity {
  const all = bytes.toString('latin1');
  const gap = /\r?\n\r?\n/.exec(all);
  const head = gap === null ? all : all.slice(0, gap.index);
  const headers = new Map<string, string>();
  for (const line of head.replace(/\r?\n(?=[ \t])/g, '').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim().toLowerCase();
    if (colon > 0 && !headers.has(name)) headers.set(name, line.slice(colon + 1).trim());
  }
  const body = gap === null ? '' : all.slice(gap.index + gap[0].length);
  return { headers, body: Buffer.from(body, 'latin1') };
}

/** The first body of each type. */
function bodiesIn(entity: Entity): Map<string, string> {
  const contentType = entity.headers.get('content-type') ?? 'text/plain';
  const type = (contentType.split(';')[0] ?? '').trim().toLowerCase();
  const parameter = (name: string) =>
    new RegExp(`;\\s*${name}="?([^";]+)"?`, 'i').exec(contentType)?.[1]?.trim();
  const boundary = parameter('boundary');
  if (type.startsWith('multipart/') && boundary !== undefined) {
    const found = partsOf(entity.body, boundary).flatMap((part) => [...bodiesIn(readEntity(part))]);
    // The later of two entries wins in a map, the first part in a mail.
    return new Map(found.reverse());
  }
  if (/^attachment\b/i.test(entity.headers.get('content-disposition') ?? '')) return new Map();
  return new Map([[type, textOf(entity, parameter('charset') ?? 'utf-8')]]);
}

function partsOf(body: Buffer, boundary: string): Buffer[] {
  const [inside = ''] = `\r\n${body.toString('latin1')}`.split(`\n--${boundary}--`);
  const [, ...parts] = inside.split(`\n--${boundary}`);
  return parts.map((part) => Buffer.from(part.replace(/^[ \t]*\r?\n/, '').replace(/\r$/, ''), 'latin1'));
}

function textOf({ headers, body }: Entity, charset: string): string {
  const encoding = (headers.get('content-transfer-encoding') ?? '').toLowerCase();
  if (encoding === 'base64') return decoded(Buffer.from(body.toString('latin1'), 'base64'), charset);
  if (encoding !== 'quoted-printable') return decoded(body, charset);
  return decoded(quotedPrintable(body.toString('latin1').replace(/=[ \t]*\r?\n/g, '')), charset);
}

function quotedPrintable(text: string): Buffer {
  const plain = text.replace(/=([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(plain, 'latin1');
}

function decoded(bytes: Buffer, charset: string): string {
  try {
    return new TextDecoder(charset, { ignoreBOM: true }).decode(bytes);
  } catch {
    return bytes.toString('utf8');
  }
}

/** Encoded words of RFC 2047; white space between two of them is no part of the text. */
function decodedWords(header: string): string {
  return header
    .replace(/(\?=)\s+(?==\?)/g, '$1')
    .replace(/=\?([^?]+)\?([bq])\?([^?]*)\?=/gi, (_, charset: string, kind: string, text: string) =>
      decoded(
        kind.toLowerCase() === 'b' ? Buffer.from(text, 'base64') : quotedPrintable(text.replaceAll('_', ' ')),
        charset,
      ),
    );
}

/** Addresses of a header, without the names in front of them. */
function addressesIn(header: string): string[] {
  return header.replace(/"(?:[^"\\]|\\.)*"/g, '').match(/[^\s<>,;]+@[^\s<>,;]+/g) ?? [];
}
