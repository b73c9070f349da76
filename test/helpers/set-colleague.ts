import type { Desk } from './desk.ts';

/** A Global admin chooses who gets the company's calls for help, in either language. */
export async function setColleague(admin: Desk, objectId: string): Promise<void> {
  await admin.person.say('set helper');
  const form = await admin.see(/Người nhận|Who gets it/);
  const { nonce, verb } = JSON.parse(
    /\{"verb":"set-colleague-choice"[^}]*\}/.exec(JSON.stringify(form.activity))?.[0] ?? '{}',
  ) as Record<string, string>;
  await admin.person.submit({ verb, nonce, colleague: objectId });
  await admin.see(/Từ giờ|From now on/);
}
