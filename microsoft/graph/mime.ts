import { PartnerError } from '../../partner/errors.ts';
import type { Mail } from '../../partner/mail.ts';

/** Base64 has neither `=` at a start nor `_`, so no body can hold it. */
const boundary = '=_alternative';

/**
 * A mail as MIME, its text and its HTML as two forms of the same: RFC 5322, 2045, 2046, 2047. ASCII only, lines
 * with CRLF. Throws `input-invalid` where `to` or `replyTo` is not exactly one plain address.
 */
export function mimeOf({ to, subject, text, html, replyTo }: Mail): string {
  if (!isAddress(to)) throw new PartnerError('input-invalid', { details: { property: 'to' } });
  if (replyTo !== undefined && !isAddress(replyTo))
    throw new PartnerError('input-invalid', { details: { property: 'replyTo' } });
  return [
    'MIME-Version: 1.0',
    `To: ${to}`,
    ...(replyTo === undefined ? [] : [`Reply-To: ${replyTo}`]),
    `Subject: ${headerText(subject)}`,
    `Content-Type: multipart/alternative; boundary="${boundary}"`,
    '',
    ...part('text/plain', text),
    // Readers take the last form that they can show.
    ...part('text/html', html),
    `--${boundary}--`,
    '',
  ].join('\r\n');
}

/** One address without a name: nothing in it may end the header or begin another recipient. */
function isAddress(text: string): boolean {
  const [local = '', domain = '', ...rest] = text.split('@');
  const isLocal = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/.test(local);
  const isDomain = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/i.test(domain);
  return isLocal && isDomain && rest.length === 0 && local.length <= 64 && domain.length <= 253;
}

/** A line with an encoded word has 76 characters at most: `Subject: `, `=?UTF-8?B?`, `?=` and 39 bytes make 73. */
const bytesPerWord = 39;

/** One line of text: as it is where that is safe, else in encoded words that part between characters. */
function headerText(text: string): string {
  const line = text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
  if (/^[\x20-\x7e]{0,60}$/.test(line) && !line.includes('=?')) return line;
  const words: string[] = [];
  let word = '';
  for (const character of line) {
    if (Buffer.byteLength(word + character) > bytesPerWord) {
      words.push(word);
      word = '';
    }
    word += character;
  }
  return [...words, word].map((each) => `=?UTF-8?B?${base64(each)}?=`).join('\r\n ');
}

function part(type: 'text/plain' | 'text/html', content: string): string[] {
  return [
    `--${boundary}`,
    `Content-Type: ${type}; charset=utf-8`,
    'Content-Transfer-Encoding: base64',
    '',
    ...(base64(content.replace(/\r\n?|\n/g, '\r\n')).match(/.{1,76}/g) ?? []),
  ];
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
