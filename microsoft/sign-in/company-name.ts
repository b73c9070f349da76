import { z } from 'zod';
import type { Cloud } from '../clouds.ts';
import type { Http } from '../http.ts';
import type { Log } from '../log.ts';

const organizations = z.object({ value: z.array(z.object({ displayName: z.string().min(1) })).min(1) });

/**
 * The name of the company that the token is for. A sign-in does not fail for want of it: then it is the domain
 * of the sign-in name. https://learn.microsoft.com/graph/api/organization-list
 */
export async function readCompanyName(
  { cloud, http, log }: { cloud: Cloud; http: Http; log: Log },
  accessToken: string,
  signInName: string,
): Promise<string> {
  try {
    const answer = await http.send({
      method: 'GET',
      url: `${cloud.graph}/v1.0/organization`,
      headers: { Authorization: `Bearer ${accessToken}` },
    });
    const [company] = organizations.parse(await answer.json()).value;
    if (company !== undefined) return company.displayName;
  } catch {
    log.warn({}, 'company name not readable at sign-in');
  }
  return signInName.split('@').at(-1) ?? signInName;
}
