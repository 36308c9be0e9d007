import { isJsonObject, type JsonObject } from '../../../json.ts';
import { invalidValue } from '../../protocol/property-refusals.ts';
import { badRequest } from '../../protocol/refusals.ts';

/** Three of these four kinds of character make a strong password. */
const KINDS = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/];

/** Refuses a new user without a password. */
export function requirePassword({ passwordProfile }: JsonObject): void {
  const password = isJsonObject(passwordProfile) ? passwordProfile['password'] : undefined;
  if (password === undefined || password === null || password === '')
    throw badRequest('A password must be specified to create a new user.');
}

/** Refuses a password that Entra finds weak. It is kept nowhere: nobody signs in with it here, and it never comes back. */
export function checkPassword({ passwordProfile, passwordPolicies }: JsonObject): void {
  if (passwordProfile === undefined) return;
  if (!isJsonObject(passwordProfile)) throw invalidValue('passwordProfile', 'User');
  const { password, ...switches } = passwordProfile;
  const known = ['forceChangePasswordNextSignIn', 'forceChangePasswordNextSignInWithMfa'];
  if (!Object.entries(switches).every(([name, value]) => known.includes(name) && typeof value === 'boolean'))
    throw invalidValue('passwordProfile', 'User');
  if (password === undefined) return;
  const mayBeWeak = typeof passwordPolicies === 'string' && passwordPolicies.includes('DisableStrongPassword');
  if (typeof password !== 'string' || !isStrong(password, mayBeWeak)) {
    throw badRequest(
      'The specified password does not comply with password complexity requirements. Please provide a different password.',
    );
  }
}

function isStrong(password: string, mayBeWeak: boolean): boolean {
  const kinds = KINDS.filter((kind) => kind.test(password)).length;
  return password.length >= 8 && password.length <= 256 && (mayBeWeak || kinds >= 3);
}
