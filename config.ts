import { join } from 'node:path';
import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);
const address = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/$/, ''));
const guid = z.guid();
const key = z
  .string()
  .transform((text) => Buffer.from(text, 'base64'))
  .refine((bytes) => bytes.length === 32, 'must be 32 bytes in base64');
const list = z.string().transform((text) =>
  text
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean),
);

const common = {
  PORT: port.default(3978),
  DATA_DIR: z.string().min(1).default('data'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
};

/** Without an app id: everything runs against the local Microsoft cloud, on loopback only. */
const sandboxMode = z.object({
  ...common,
  PUBLIC_URL: address.optional(),
  SANDBOX_PORT: port.default(3979),
  /** Set when the sandbox runs as a process of its own. */
  SANDBOX_URL: address.optional(),
});

/** With an app id: Microsoft itself. Nothing has a default that could be wrong in silence. */
const microsoftMode = z.object({
  ...common,
  PUBLIC_URL: address.refine((url) => url.startsWith('https://'), 'must begin with https://'),
  CLOUD: z.enum(['worldwide', '21vianet']).default('worldwide'),
  MICROSOFT_APP_ID: guid,
  MICROSOFT_APP_PASSWORD: z.string().min(1),
  MICROSOFT_APP_TENANT_ID: guid,
  BOT_CHANNELS: list.pipe(z.array(z.string().regex(/^[a-z]+$/)).min(1)).default(['msteams']),
  PARTNER_APP_ID: guid,
  PARTNER_APP_SECRET: z.string().min(1),
  PARTNER_TENANTS: list.pipe(z.array(guid).min(1)),
  VAULT_KEY: key,
  DATABASE_URL: z.string().optional(),
});

interface CommonConfig {
  port: number;
  dataDir: string;
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent';
}

export interface SandboxConfig extends CommonConfig {
  mode: 'sandbox';
  publicUrl: string | undefined;
  sandbox: { kind: 'inside'; port: number } | { kind: 'apart'; url: string };
}

export interface MicrosoftConfig extends CommonConfig {
  mode: 'microsoft';
  publicUrl: string;
  cloud: 'worldwide' | '21vianet';
  /** `channels`: those that are answered. */
  bot: { appId: string; appPassword: string; tenantId: string; channels: string[] };
  partnerApp: { clientId: string; clientSecret: string };
  partnerTenants: string[];
  vaultKey: Buffer;
  databaseUrl: string | undefined;
}

export type Config = SandboxConfig | MicrosoftConfig;

/** Where the database is: PostgreSQL where that is said, else a file of `DATA_DIR`. */
export function databaseOf(config: Config): { file: string } | { url: string } {
  return config.mode === 'microsoft' && config.databaseUrl !== undefined
    ? { url: config.databaseUrl }
    : { file: join(config.dataDir, 'bot.sqlite') };
}

/** Where the key of the vault is, with the sandbox: beside the database. */
export const vaultKeyFile = ({ dataDir }: SandboxConfig) => join(dataDir, 'vault.key');

/** The environment does not say what the bot needs; the message names each variable. */
export class ConfigError extends Error {}

/** Reads the environment. Throws ConfigError. The variables are described in the README. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const hasAppId = given['MICROSOFT_APP_ID'] !== undefined;
  const namesMicrosoft = ['MICROSOFT_APP_PASSWORD', 'PARTNER_APP_ID', 'PARTNER_TENANTS'].some(
    (name) => name in given,
  );
  if (!hasAppId && namesMicrosoft) {
    throw new ConfigError(
      'MICROSOFT_APP_ID is missing. Without it the bot would answer anybody, so it does not start.',
    );
  }
  return hasAppId ? microsoftConfig(parse(microsoftMode, given)) : sandboxConfig(parse(sandboxMode, given));
}

function parse<T>(schema: z.ZodType<T>, env: object): T {
  const parsed = schema.safeParse(env);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new ConfigError(`The configuration is not complete.\n  ${problems.join('\n  ')}`);
}

function sandboxConfig(env: z.infer<typeof sandboxMode>): SandboxConfig {
  const { PORT, DATA_DIR, LOG_LEVEL, PUBLIC_URL, SANDBOX_PORT, SANDBOX_URL } = env;
  return {
    mode: 'sandbox',
    port: PORT,
    dataDir: DATA_DIR,
    logLevel: LOG_LEVEL,
    publicUrl: PUBLIC_URL,
    sandbox:
      SANDBOX_URL === undefined
        ? { kind: 'inside', port: SANDBOX_PORT }
        : { kind: 'apart', url: SANDBOX_URL },
  };
}

function microsoftConfig(env: z.infer<typeof microsoftMode>): MicrosoftConfig {
  return {
    mode: 'microsoft',
    port: env.PORT,
    dataDir: env.DATA_DIR,
    logLevel: env.LOG_LEVEL,
    publicUrl: env.PUBLIC_URL,
    cloud: env.CLOUD,
    bot: {
      appId: env.MICROSOFT_APP_ID,
      appPassword: env.MICROSOFT_APP_PASSWORD,
      tenantId: env.MICROSOFT_APP_TENANT_ID,
      channels: env.BOT_CHANNELS,
    },
    partnerApp: { clientId: env.PARTNER_APP_ID, clientSecret: env.PARTNER_APP_SECRET },
    partnerTenants: env.PARTNER_TENANTS.map((tenant) => tenant.toLowerCase()),
    vaultKey: env.VAULT_KEY,
    databaseUrl: env.DATABASE_URL,
  };
}
