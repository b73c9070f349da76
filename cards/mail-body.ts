import type { Language } from '../locales/words.ts';

/** A paragraph of a mail: an optional heading, its lines or points, and at most one address, written out. */
export interface MailBlock {
  title?: string;
  lines?: readonly string[];
  /** Lines with a sign in front of each. */
  points?: readonly string[];
  link?: string;
  small?: true;
}

/** Both forms of a mail from the same paragraphs: what one says, the other says too. Lines that are empty are left out. */
export function mailBody(language: Language, blocks: readonly MailBlock[]): { text: string; html: string } {
  const filled = blocks.map(withoutGaps).filter(isFilled);
  const paragraphs = filled.map(htmlOf).join('\n');
  return {
    text: `${filled.map(textOf).join('\n\n')}\n`,
    html: `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"></head>
<body style="${bodyStyle}">
${paragraphs}
</body></html>
`,
  };
}

type FullBlock = Required<Omit<MailBlock, 'small'>> & { small: boolean };

const bodyStyle =
  'margin:0;padding:16px;max-width:640px;font-family:Segoe UI,Arial,sans-serif;font-size:16px;line-height:1.5;color:#201f1e;background:#ffffff';

function withoutGaps(block: MailBlock): FullBlock {
  const { title = '', lines = [], points = [], link = '', small = false } = block;
  const filled = (texts: readonly string[]) => texts.map((text) => text.trim()).filter(Boolean);
  return { title: title.trim(), lines: filled(lines), points: filled(points), link, small };
}

/** A heading above nothing says nothing. */
function isFilled({ lines, points, link }: FullBlock): boolean {
  return lines.length + points.length > 0 || link !== '';
}

function textOf({ title, lines, points, link }: FullBlock): string {
  return [title, ...lines, ...points.map((point) => `- ${point}`), link].filter(Boolean).join('\n');
}

function htmlOf({ title, lines, points, link, small }: FullBlock): string {
  const style = small ? 'margin:0 0 12px;font-size:13px;color:#605e5c' : 'margin:0 0 16px';
  const rows = [
    ...(title === '' ? [] : [`<strong>${escaped(title)}</strong>`]),
    ...lines.map(escaped),
    ...(link === '' ? [] : [`<a href="${escaped(link)}" style="color:#0b5cad">${escaped(link)}</a>`]),
  ];
  const paragraph = rows.length === 0 ? '' : `<p style="${style}">${rows.join('<br>')}</p>`;
  const items = points.map((point) => `<li>${escaped(point)}</li>`).join('');
  return items === '' ? paragraph : `${paragraph}<ul style="${style};padding-left:24px">${items}</ul>`;
}

const signs: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => signs[sign] ?? sign);
}
