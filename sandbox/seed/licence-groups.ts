import type { WorldDocument } from '../world-store.ts';
import { guidFor } from './identifiers.ts';
import { type ProductName, products } from './known-ids.ts';

interface Groups {
  key: string;
  licenceGroups?: Readonly<Record<string, ProductName[]>>;
}

export const licenceGroupIdOf = ({ key }: Groups, name: string): string => guidFor(`group:${key}:${name}`);

const skusOf = ({ licenceGroups }: Groups, name: string) =>
  (licenceGroups?.[name] ?? []).map((product) => products[product].skuId);

/** Groups that give their members licences: https://learn.microsoft.com/entra/fundamentals/concept-group-based-licensing */
export function licenceGroupDocuments(company: Groups, tenantId: string): WorldDocument[] {
  return Object.keys(company.licenceGroups ?? {}).map((displayName) => {
    const id = licenceGroupIdOf(company, displayName);
    const licences = skusOf(company, displayName);
    return { kind: 'group', tenantId, id, value: { id, displayName, securityEnabled: true, licences } };
  });
}

/** What a person has as a member of such groups. */
export function groupLicencesOf(company: Groups, groups: readonly string[] = []) {
  return groups.flatMap((name) =>
    skusOf(company, name).map((skuId) => ({ skuId, groupId: licenceGroupIdOf(company, name) })),
  );
}
