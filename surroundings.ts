import type { AuthenticationSettings } from './bot/authentication.ts';
import type { MicrosoftConfig } from './config.ts';
import { type Cloud, clouds, sandboxApplication } from './microsoft/clouds.ts';
import type { PartnerCompanies } from './partner/authorise.ts';

/** Where the bot lives: which clouds it talks to, as which application, for which partner companies. */
export interface Surroundings {
  /** All that its companies live in; the first is that of people whose company nobody knows. */
  clouds: readonly [Cloud, ...Cloud[]];
  /** Set when the local Microsoft cloud stands in. */
  sandboxOrigin: string | undefined;
  partnerApp: { clientId: string; clientSecret: string };
  companies: PartnerCompanies;
  /** Tenant ids of all of them. */
  partners: readonly string[];
  /** Mailbox of a company for mails that nobody presses, where its Global administrator stated none. */
  usualMailbox(company: string): string | undefined;
  authentication: AuthenticationSettings;
  /** The channel's own account ids can be believed: only with real Teams tokens. */
  teamsProvesAccounts: boolean;
  /** Nobody else works on this database. */
  onlyProcess: boolean;
}

export function microsoftSurroundings(config: MicrosoftConfig): Surroundings {
  const { cloud, bot, partnerApp, partnerTenants } = config;
  return {
    clouds: [clouds[cloud]],
    sandboxOrigin: undefined,
    partnerApp,
    companies: { cloudOf: (tenantId) => (partnerTenants.includes(tenantId) ? cloud : undefined) },
    partners: partnerTenants,
    usualMailbox: () => undefined,
    authentication: { mode: 'registered', ...bot, cloud },
    teamsProvesAccounts: true,
    onlyProcess: config.databaseUrl === undefined,
  };
}

/** `partners`: the partner companies that the sandbox has, by tenant id, each with its cloud and mailbox. */
export function sandboxSurroundings(
  origin: string,
  partners: ReadonlyMap<string, { cloud: 'worldwide' | '21vianet'; mailbox?: string | undefined }>,
): Surroundings {
  return {
    clouds: [clouds.worldwide, clouds['21vianet']],
    sandboxOrigin: origin,
    partnerApp: sandboxApplication,
    companies: { cloudOf: (tenantId) => partners.get(tenantId)?.cloud },
    partners: [...partners.keys()],
    usualMailbox: (company) => partners.get(company)?.mailbox,
    authentication: { mode: 'local' },
    teamsProvesAccounts: false,
    onlyProcess: true,
  };
}
