import type { IncomingHttpHeaders } from 'node:http';
import type { Activity } from 'botframework-schema';
import { z } from 'zod';
import { cleanJson } from './inbound-clean.ts';
import { withoutProductKeys } from './inbound-product-key.ts';

/** Longest text that is carried on, in UTF-16 units: what Teams lets a person send. */
export const maxTextLength = 28_000;

export type InboundCheck =
  | {
      ok: true;
      activity: Activity;
      /** The text was longer than `maxTextLength` and is cut: the person is told, the turn still happens. */
      textWasCut: boolean;
      /** A product key was in it; it is in the activity no more. */
      heldKey: boolean;
    }
  | { ok: false; status: 400 | 415; body: InboundRefusal };

/** Fixed words: nothing of the request and nothing of a library comes back. */
export interface InboundRefusal {
  error: { code: 'BadActivity' | 'UnsupportedMediaType'; message: string };
}

const badActivity: InboundRefusal = {
  error: { code: 'BadActivity', message: 'The request is not a Bot Framework activity.' },
};
const notJson: InboundRefusal = {
  error: { code: 'UnsupportedMediaType', message: 'Send application/json.' },
};

// Ids become parts of paths and headers of the answer.
const id = z
  .string()
  .min(1)
  .max(1000)
  .regex(/^[^\p{Cc}]+$/u)
  .refine((text) => text !== '.' && text !== '..');
const optionalText = (max: number) => z.string().max(max).nullish();
const account = z.looseObject({ id: id, name: optionalText(2000), aadObjectId: optionalText(100) });
// The other accounts only have to be objects: the Emulator leaves their ids out at times.
const looseAccount = z.looseObject({ id: z.string().max(1000).nullish() });

/** The parts that the bot relies on; everything else is kept as it came. */
const activitySchema = z.looseObject({
  type: z.string().min(1).max(200),
  channelId: id,
  serviceUrl: z.string().min(1).max(2000),
  id: id.nullish(),
  conversation: z.looseObject({
    id: id,
    conversationType: optionalText(100),
    tenantId: optionalText(100),
    isGroup: z.boolean().nullish(),
  }),
  from: account,
  recipient: looseAccount.nullish(),
  text: z.string().nullish(),
  textFormat: optionalText(50),
  locale: optionalText(100),
  name: optionalText(500),
  replyToId: optionalText(1000),
  deliveryMode: optionalText(100),
  membersAdded: z.array(looseAccount).nullish(),
  membersRemoved: z.array(looseAccount).nullish(),
  attachments: z.array(z.looseObject({})).nullish(),
  entities: z.array(z.looseObject({})).nullish(),
});

/** What the SDK expects of a pressed Action.Execute; without it, it fails with a TypeError. */
const cardActionSchema = z.looseObject({
  action: z.looseObject({
    type: z.string(),
    verb: z.string().nullish(),
    data: z.looseObject({}).nullish(),
  }),
});

/**
 * Checks a posted body before the SDK sees it, and copies it without dangerous keys and without nulls at the
 * top. Throws nothing. https://github.com/microsoft/botframework-sdk/blob/main/specs/botframework-activity/botframework-activity.md
 */
export function checkInbound(body: unknown, headers: IncomingHttpHeaders): InboundCheck {
  // A page in a browser cannot send JSON to the bot of a tester without being asked for permission first.
  if (!isJson(headers['content-type'])) return { ok: false, status: 415, body: notJson };
  const refused: InboundCheck = { ok: false, status: 400, body: badActivity };
  const parsed = activitySchema.safeParse(cleanJson(body, { depth: 40, nodes: 20_000 }));
  if (!parsed.success) return refused;
  const { fields, heldKey } = withoutProductKeys(withoutNulls(parsed.data));
  if (fields['type'] === 'invoke' && !isAnswerableInvoke(fields)) return refused;
  const { text } = fields;
  const textWasCut = typeof text === 'string' && text.length > maxTextLength;
  if (textWasCut) fields['text'] = text.slice(0, maxTextLength);
  for (const field of ['timestamp', 'localTimestamp', 'expiration']) fixDate(fields, field);
  return { ok: true, activity: fields as unknown as Activity, textWasCut, heldKey };
}

function isJson(contentType: string | undefined): boolean {
  const kind = contentType?.split(';')[0]?.trim().toLowerCase();
  return kind === 'application/json';
}

function isAnswerableInvoke(fields: Record<string, unknown>): boolean {
  const { name, value } = fields;
  if (typeof name !== 'string' || name === '') return false;
  return name !== 'adaptiveCard/action' || cardActionSchema.safeParse(value).success;
}

function withoutNulls(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}

/** The SDK wants dates, and the text that was sent beside them; an unreadable date is left out. */
function fixDate(fields: Record<string, unknown>, field: string): void {
  const sent = fields[field];
  if (sent === undefined) return;
  delete fields[field];
  const date = typeof sent === 'string' ? new Date(sent) : undefined;
  if (date === undefined || Number.isNaN(date.getTime())) return;
  fields[field] = date;
  fields[`raw${field.charAt(0).toUpperCase()}${field.slice(1)}`] = sent;
}
