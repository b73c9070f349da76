import type { JsonObject } from '../partner/operations.ts';
import { jsonObject, jsonText } from './rows.ts';

/** Kind of the operations whose arguments are a mail. */
export const mailKind = 'send-mail';

const mail = jsonText(jsonObject);

/** A mail without what was written in it; `to` stays unless it is said anew. Text of the `args` column. */
export function withoutText(args: string, more: JsonObject = {}): string {
  return JSON.stringify({ ...mail.parse(args), subject: '', text: '', html: '', ...more });
}

/** To whom the mail in this `args` column goes. */
export const addressOf = (args: string) => String(mail.parse(args)['to'] ?? '');
