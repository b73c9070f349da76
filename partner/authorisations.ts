import type { AccountRef } from './accounts.ts';
import type { Unread } from './errors.ts';

export type AuthorisationId =
  | 'deliver-services'
  | 'delegated-administration'
  | 'subscription-advisor'
  | 'csp';

/** What Microsoft said that shows it: its type of partner, its partner id, its agreement, or a plain refusal. */
export type Evidence = 'partner-tenant-type' | 'partner-id' | 'agreement-status' | 'refused' | 'cloud';

/** How a value is known; `undefined` for an unknown one. `by` is the Global administrator who stated it. */
export type AuthorisationSource =
  | { kind: 'detected'; how: Evidence }
  | { kind: 'stated'; by: AccountRef }
  | undefined;

/** `at`: when it was detected or stated, ms since 1970. */
export interface Authorisation<Value = 'on' | 'off' | 'unknown'> {
  value: Value;
  source: AuthorisationSource;
  at: number;
  /** Of an unknown one that could not be read just now; left out: Microsoft was asked, and does not show it. */
  unread?: Unread;
}

/** How the company sells as a Cloud Solution Provider. */
export type CspValue = 'direct' | 'indirect' | 'off' | 'unknown';

/** What Microsoft allows a partner company, and where it lives. */
export interface Authorisations {
  deliverServices: Authorisation;
  delegatedAdministration: Authorisation;
  subscriptionAdvisor: Authorisation;
  csp: Authorisation<CspValue>;
  cloud: Authorisation<'worldwide' | '21vianet'>;
}

/** Reads from Microsoft, as one person, what it says of the company. Throws PartnerError. */
export interface Detected {
  as(account: AccountRef, options?: { signal?: AbortSignal }): { read(): Promise<Authorisations> };
}

/** One of several sources, each of which may be away by itself. */
export interface UnreadSign {
  unread: Unread;
}

/** What was read; `refused`: the company has no account in Partner Center; `unknown`: Microsoft does not tell us. */
export interface PartnerSigns {
  cloud: 'worldwide' | '21vianet';
  /** Microsoft's partnerTenantType, an open list; undefined for a company that has none. */
  partnerTenantType: string | undefined | UnreadSign;
  partnerId: { id: string | undefined } | 'refused' | 'unknown' | UnreadSign;
  agreementSigned: boolean | 'refused' | 'unknown' | UnreadSign;
}

interface PartnerType {
  delegation: boolean;
  /** How it resells, if it does. */
  csp: 'direct' | 'indirect' | undefined;
  advisor: boolean;
}

/** https://learn.microsoft.com/graph/api/resources/organization#partnertenanttype-values */
const partnerTypes: ReadonlyMap<string | undefined, PartnerType> = new Map(
  Object.entries({
    breadthPartner: { delegation: false, csp: undefined, advisor: false },
    breadthPartnerDelegatedAdmin: { delegation: true, csp: undefined, advisor: true },
    resellerPartnerDelegatedAdmin: { delegation: true, csp: 'direct', advisor: false },
    valueAddedResellerPartnerDelegatedAdmin: { delegation: true, csp: 'indirect', advisor: false },
    syndicatePartner: { delegation: true, csp: 'direct', advisor: false },
  } satisfies Record<string, PartnerType>),
);

/** What the signs show, and how; what they do not show is unknown. `at`: when they were read, ms since 1970. */
export function detect(signs: PartnerSigns, at: number): Authorisations {
  const known = <const V>(value: V, how: Evidence): Authorisation<V> => ({
    value,
    source: { kind: 'detected', how },
    at,
  });
  /** Unknown; and unread where one of those that might have shown it could not be asked. */
  const unknown = (...sources: (Unread | undefined)[]) => {
    const unread = sources.find((source) => source !== undefined);
    return { value: 'unknown', source: undefined, at, ...(unread === undefined ? {} : { unread }) } as const;
  };
  const typeUnread = unreadIn(signs.partnerTenantType);
  const idUnread = unreadIn(signs.partnerId);
  const agreementUnread = unreadIn(signs.agreementSigned);
  const typeName = typeof signs.partnerTenantType === 'string' ? signs.partnerTenantType : undefined;
  const type = partnerTypes.get(typeName);
  const isRefused = signs.partnerId === 'refused';
  const hasPartnerId =
    typeof signs.partnerId === 'object' && 'id' in signs.partnerId && signs.partnerId.id !== undefined;
  const otherwise: Authorisation<'off' | 'unknown'> =
    isRefused && typeName === undefined && typeUnread === undefined
      ? known('off', 'refused')
      : unknown(typeUnread, idUnread);
  const csp = cspOf();

  return {
    deliverServices: servicesOf(),
    delegatedAdministration:
      type === undefined ? otherwise : known(type.delegation ? 'on' : 'off', 'partner-tenant-type'),
    subscriptionAdvisor: advisorOf(),
    csp,
    cloud: known(signs.cloud, 'cloud'),
  };

  function servicesOf(): Authorisation {
    if (type !== undefined) return known('on', 'partner-tenant-type');
    return hasPartnerId ? known('on', 'partner-id') : otherwise;
  }

  function cspOf(): Authorisation<CspValue> {
    // Of a company whose type could not be read an agreement does not say which kind of reseller it is.
    if (typeUnread !== undefined) return unknown(typeUnread);
    // Microsoft documents the answer for indirect resellers: "not signed" of a direct one contradicts its type.
    if (signs.agreementSigned === false)
      return type?.csp === 'direct' ? unknown() : known('off', 'agreement-status');
    if (type?.csp !== undefined) return known(type.csp, 'partner-tenant-type');
    if (signs.agreementSigned === true) return known('indirect', 'agreement-status');
    if (otherwise.value === 'off') return otherwise;
    if (agreementUnread !== undefined) return unknown(agreementUnread);
    return type === undefined ? otherwise : known('off', 'partner-tenant-type');
  }

  /** A partner is a reseller or an advisor: joining one ends the other. */
  function advisorOf(): Authorisation {
    if (csp.value === 'direct' || csp.value === 'indirect') return { ...csp, value: 'off' };
    if (type?.advisor === true) return known('on', 'partner-tenant-type');
    return type === undefined ? otherwise : unknown(csp.unread);
  }
}

function unreadIn(sign: PartnerSigns[keyof PartnerSigns]): Unread | undefined {
  return typeof sign === 'object' && 'unread' in sign ? sign.unread : undefined;
}
