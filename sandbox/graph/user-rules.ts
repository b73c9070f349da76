import { randomBytes, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import type { SandboxUser } from '../world.ts';
import type { Call } from './call.ts';
import { refuse, refuseProperty } from './refusal.ts';

const derive = promisify<string, Buffer, number, Buffer>(scrypt);

/** Most characters per text property: https://learn.microsoft.com/graph/api/user-post-users */
const textLimits = {
  displayName: 256,
  givenName: 64,
  surname: 64,
  jobTitle: 128,
  department: 64,
  mobilePhone: 64,
  officeLocation: 128,
  preferredLanguage: 64,
} as const;

type TextProperty = keyof typeof textLimits;
const textProperties = Object.keys(textLimits) as TextProperty[];

export interface PasswordProfile {
  password: string | undefined;
  forceChangePasswordNextSignIn: boolean | undefined;
}

/** What POST and PATCH may carry, checked one by one; properties that were not sent are absent. */
export interface UserChange {
  properties: Partial<SandboxUser>;
  passwordProfile: PasswordProfile | undefined;
}

/** Reads and checks a user's properties. 400 as the directory gives it for the first one that is wrong. */
export function readUserChange(body: Record<string, unknown>): UserChange {
  const properties: Partial<SandboxUser> = {};
  let passwordProfile: PasswordProfile | undefined;
  for (const [name, value] of Object.entries(body)) {
    if (name.startsWith('@odata.')) continue;
    const text = textProperties.find((known) => known === name);
    if (text !== undefined) Object.assign(properties, { [text]: readText(text, value) });
    else if (name === 'userPrincipalName') properties.userPrincipalName = readSignInName(value);
    else if (name === 'mailNickname') properties.mailNickname = readNickname(value);
    else if (name === 'accountEnabled') properties.accountEnabled = readBoolean(name, value);
    else if (name === 'usageLocation') properties.usageLocation = readCountry(value);
    else if (name === 'businessPhones') properties.businessPhones = readPhones(value);
    else if (name === 'passwordProfile') passwordProfile = readPasswordProfile(value);
    else {
      const message = `Property '${name}' is read-only, unknown or not kept by the sandbox for resource 'User'.`;
      refuse(400, 'Request_BadRequest', message, {
        details: [{ code: 'InvalidValue', target: name, message }],
      });
    }
  }
  return { properties, passwordProfile };
}

export function refuseAbsent(property: string): never {
  refuse(400, 'Request_BadRequest', `A value is required for property '${property}' of resource 'User'.`);
}

function readText(name: TextProperty, value: unknown): string | null {
  if (value === null && name !== 'displayName') return null;
  const isRight = typeof value === 'string' && value !== '' && value.length <= textLimits[name];
  return isRight ? value : refuseProperty('User', name);
}

function readBoolean(name: string, value: unknown): boolean {
  return typeof value === 'boolean' ? value : refuseProperty('User', name);
}

function readSignInName(value: unknown): string {
  if (typeof value !== 'string' || !/^[^@]+@[^@]+$/.test(value)) {
    return refuse(400, 'Request_BadRequest', 'One or more properties contains invalid values.');
  }
  const local = value.slice(0, value.indexOf('@'));
  const isRight = /^[A-Za-z0-9'._!#^~-]{1,64}$/.test(local) && !local.startsWith('.') && !local.endsWith('.');
  if (isRight) return value;
  const message = 'Property userPrincipalName is invalid.';
  return refuse(400, 'Request_BadRequest', message, {
    details: [{ code: 'InvalidCharacter', target: 'userPrincipalName', message }],
  });
}

function readNickname(value: unknown): string {
  const isRight =
    typeof value === 'string' && /^[\x21-\x7e]{1,64}$/.test(value) && !/[@()\\[\]";:<>,]/.test(value);
  return isRight ? value : refuseProperty('User', 'mailNickname');
}

function readCountry(value: unknown): string | null {
  if (value === null) return null;
  const isRight = typeof value === 'string' && /^[A-Z]{2}$/.test(value) && regions.of(value) !== undefined;
  return isRight ? value : refuseProperty('User', 'usageLocation');
}

/** Two letters that no country has are refused. */
const regions = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

function readPhones(value: unknown): string[] {
  if (!Array.isArray(value) || value.length > 1) return refuseProperty('User', 'businessPhones');
  return value.map((one: unknown) =>
    typeof one === 'string' ? one : refuseProperty('User', 'businessPhones'),
  );
}

function readPasswordProfile(value: unknown): PasswordProfile {
  if (typeof value !== 'object' || value === null) return refuseProperty('User', 'passwordProfile');
  const { password, forceChangePasswordNextSignIn: force } = value as Record<string, unknown>;
  if (password !== undefined && typeof password !== 'string')
    return refuseProperty('User', 'passwordProfile');
  if (force !== undefined && typeof force !== 'boolean') return refuseProperty('User', 'passwordProfile');
  return { password, forceChangePasswordNextSignIn: force };
}

/** 8 to 256 characters, three kinds of four, without the sign-in name in it. */
export function checkPassword(password: string, signInName: string): void {
  const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/].filter((kind) => kind.test(password)).length;
  const local = signInName.slice(0, signInName.indexOf('@')).toLowerCase();
  const isRight =
    password.length >= 8 && password.length <= 256 && kinds >= 3 && !password.toLowerCase().includes(local);
  if (isRight) return;
  const message =
    'The specified password does not comply with password complexity requirements. Please provide a different password.';
  refuse(400, 'Request_BadRequest', message, {
    details: [{ code: 'InvalidValue', target: 'passwordProfile', message }],
  });
}

export async function passwordHash(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, 32);
  return `${salt.toString('base64')}:${key.toString('base64')}`;
}

/** The domain must be verified and the name free; `ownId` is the user who may keep it. */
export async function checkSignInName(call: Call, signInName: string, ownId?: string): Promise<void> {
  const wanted = signInName.toLowerCase();
  const domain = wanted.slice(wanted.indexOf('@') + 1);
  const domains = await call.world.all('domain', call.caller.tenantId);
  if (!domains.some((one) => one.isVerified && one.id.toLowerCase() === domain)) {
    const message =
      'The domain portion of the userPrincipalName property is invalid. You must use one of the verified domain names in your organization.';
    refuse(400, 'Request_BadRequest', message, {
      details: [{ code: 'InvalidValue', target: 'userPrincipalName', message }],
    });
  }
  const users = await call.world.all('user', call.caller.tenantId);
  if (users.some((user) => user.id !== ownId && user.userPrincipalName.toLowerCase() === wanted)) {
    const message = 'Another object with the same value for property userPrincipalName already exists.';
    refuse(400, 'Request_BadRequest', message, {
      details: [{ code: 'ObjectConflict', target: 'userPrincipalName', message }],
    });
  }
}
