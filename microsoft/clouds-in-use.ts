import type { AccountRef } from '../partner/accounts.ts';
import type { Detected } from '../partner/authorisations.ts';
import type { ClientSignIn } from '../partner/client-sign-in.ts';
import type { Clock } from '../partner/clock.ts';
import type { Commerces } from '../partner/commerce.ts';
import type { CompanyRecords } from '../partner/company.ts';
import type { Directories } from '../partner/directory.ts';
import type { Mailboxes } from '../partner/mail.ts';
import type { RelationshipDesks } from '../partner/relationships.ts';
import type { SignIn, TokenStore } from '../partner/sign-in.ts';
import type { TenantLookups } from '../partner/tenants.ts';
import type { Cloud, CloudName } from './clouds.ts';
import { createDirectories } from './graph/directory.ts';
import { createMailboxes } from './graph/mail.ts';
import { createRelationshipDesks } from './graph/relationships.ts';
import { createTenantLookups } from './graph/tenants.ts';
import type { Log } from './log.ts';
import { createCommerces } from './partner-center/commerce.ts';
import { createCompanyRecords } from './partner-center/company-records.ts';
import { createDetected } from './partner-center/detected.ts';
import { createClientSignIn } from './sign-in/client-sign-in.ts';
import { createSignIn } from './sign-in/sign-in.ts';

interface CloudsInUseDependencies {
  /** The first is the one of companies that nobody knows. */
  clouds: readonly [Cloud, ...Cloud[]];
  /** In which cloud a partner company lives. */
  cloudOf(tenantId: string): CloudName | undefined;
  clientId: string;
  clientSecret: string;
  /** Where clients' administrators come back to who allowed our application by hand. */
  consentReturn: string;
  sandboxOrigin?: string | undefined;
  tokenStore: TokenStore;
  timeoutMs?: number | undefined;
  clock: Clock;
  log: Log;
}

/** Microsoft's clouds as one: people choose theirs when they sign in, afterwards their company decides. */
export interface CloudsInUse {
  signInTo(cloud: CloudName): SignIn;
  /** For people of clients. */
  clientSignInTo(cloud: CloudName): ClientSignIn;
  directories: Directories;
  companyRecords: CompanyRecords;
  detected: Detected;
  mailboxes: Mailboxes;
  tenantLookups: TenantLookups;
  commerces: Commerces;
  relationships: RelationshipDesks;
}

/** Connects to each cloud by itself: other hosts, other keys, and no token of one reaches the other. */
export function createCloudsInUse(dependencies: CloudsInUseDependencies): CloudsInUse {
  const { clouds, cloudOf, ...common } = dependencies;
  const [first, ...others] = clouds;
  const usual = connect(first);
  const further = new Map(others.map((cloud) => [cloud.name, connect(cloud)]));
  const of = (name: CloudName | undefined) => (name === undefined ? undefined : further.get(name)) ?? usual;
  const home = (account: AccountRef) => of(cloudOf(account.tenantId));

  function connect(cloud: Cloud) {
    const { signIn, tokens } = createSignIn({ cloud, ...common });
    const connection = { cloud, tokens, ...common };
    return {
      signIn,
      clientSignIn: createClientSignIn({ cloud, ...common }),
      directories: createDirectories(connection),
      companyRecords: createCompanyRecords(connection),
      detected: createDetected(connection),
      mailboxes: createMailboxes(connection),
      tenantLookups: createTenantLookups(connection),
      commerces: createCommerces(connection),
      relationships: createRelationshipDesks(connection),
    };
  }

  return {
    signInTo: (cloud) => of(cloud).signIn,
    clientSignInTo: (cloud) => of(cloud).clientSignIn,
    directories: {
      as: (account, options) => home(account).directories.as(account, options),
      asPartner: (company) => of(cloudOf(company)).directories.asPartner(company),
    },
    companyRecords: { as: (account, options) => home(account).companyRecords.as(account, options) },
    detected: { as: (account, options) => home(account).detected.as(account, options) },
    mailboxes: {
      as: (account, options) => home(account).mailboxes.as(account, options),
      ofCompany: (company, address) => of(cloudOf(company)).mailboxes.ofCompany(company, address),
    },
    tenantLookups: {
      as: (account, options) => home(account).tenantLookups.as(account, options),
      asPartner: (company) => of(cloudOf(company)).tenantLookups.asPartner(company),
    },
    commerces: {
      as: (account, options) => home(account).commerces.as(account, options),
      asPartner: (company) => of(cloudOf(company)).commerces.asPartner(company),
    },
    relationships: {
      as: (account, options) => home(account).relationships.as(account, options),
      asPartner: (company) => of(cloudOf(company)).relationships.asPartner(company),
    },
  };
}
