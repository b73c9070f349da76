import { createHash, randomBytes } from 'node:crypto';
import type { SandboxDatabase } from '../database.ts';
import type { SandboxClock } from '../world.ts';

/** What an authorisation code stands for. */
export interface CodeGrant {
  tenantId: string;
  objectId: string;
  clientId: string;
  redirectUri: string;
  scopes: string[];
  nonce: string | undefined;
  codeChallenge: string | undefined;
}

/** What a refresh token stands for. */
export interface RefreshGrant {
  tenantId: string;
  objectId: string;
  clientId: string;
  scopes: string[];
}

/** What a browser's session stands for. */
export interface SessionGrant {
  tenantId: string;
  objectId: string;
}

export interface Issued<Grant> {
  grant: Grant;
  /** Sandbox time, ms. */
  issuedAt: number;
}

export interface Grants {
  issueCode(grant: CodeGrant): Promise<string>;
  /** Redeems a code: once, and never again, also when two calls come at the same moment. */
  redeemCode(code: string): Promise<Issued<CodeGrant> | 'unknown' | 'used'>;
  issueRefreshToken(grant: RefreshGrant): Promise<string>;
  readRefreshToken(token: string): Promise<Issued<RefreshGrant> | undefined>;
  /** A browser in which somebody has picked an account. */
  issueSession(session: SessionGrant): Promise<string>;
  readSession(secret: string): Promise<Issued<SessionGrant> | undefined>;
  clear(): Promise<void>;
}

/** Life of an unused refresh token: https://learn.microsoft.com/entra/identity-platform/refresh-tokens */
export const refreshTokenLifeMs = 90 * 24 * 3_600_000;
export const codeLifeMs = 10 * 60_000;

/** Codes and refresh tokens on the sandbox's file, as hashes. */
export function createGrants(database: SandboxDatabase, clock: SandboxClock): Grants {
  interface Row {
    issued_at: number;
    used: number;
    body: string;
  }

  async function issue(kind: string, prefix: string, grant: object): Promise<string> {
    const secret = `${prefix}${randomBytes(48).toString('base64url')}`;
    // Kept for a while after their end, so that a late one gets "expired" and not "unknown".
    await database('grants')
      .where('issued_at', '<', clock.now() - 2 * refreshTokenLifeMs)
      .delete();
    await database('grants').insert({
      hash: hashOf(secret),
      kind,
      issued_at: clock.now(),
      body: JSON.stringify(grant),
    });
    return secret;
  }

  async function find(kind: string, secret: string): Promise<Row | undefined> {
    return await database('grants')
      .where({ hash: hashOf(secret), kind })
      .first('issued_at', 'used', 'body');
  }

  return {
    issueCode: (grant) => issue('code', '0.', grant),

    async redeemCode(code) {
      const row = await find('code', code);
      if (row === undefined) return 'unknown';
      const taken = await database('grants')
        .where({ hash: hashOf(code), used: 0 })
        .update({ used: 1 });
      if (taken !== 1) return 'used';
      return { grant: JSON.parse(row.body) as CodeGrant, issuedAt: row.issued_at };
    },

    issueRefreshToken: (grant) => issue('refresh', '1.', grant),

    async readRefreshToken(token) {
      const row = await find('refresh', token);
      return row && { grant: JSON.parse(row.body) as RefreshGrant, issuedAt: row.issued_at };
    },

    issueSession: (session) => issue('session', '2.', session),

    async readSession(secret) {
      const row = await find('session', secret);
      return row && { grant: JSON.parse(row.body) as SessionGrant, issuedAt: row.issued_at };
    },

    async clear() {
      await database('grants').delete();
    },
  };
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
