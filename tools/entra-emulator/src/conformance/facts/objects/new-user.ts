import { randomUUID } from 'node:crypto';
import type { Fact } from '../../fact.ts';
import { post } from '../../requests.ts';

/** A creation that Graph takes. */
export const ada = {
  accountEnabled: true,
  displayName: 'Ada',
  mailNickname: 'ada',
  userPrincipalName: 'ada@contoso.example',
  passwordProfile: { password: 'Not-a-real-one-1!' },
};

/** A creation that differs from one that succeeds in the given properties only; each has a UPN of its own. */
export function create(change: object): Fact['ask'] {
  return post('/users', { ...ada, userPrincipalName: `${randomUUID()}@contoso.example`, ...change });
}

/** A creation that succeeds. */
export function takes(lines: readonly string[], says: string, change: object): Fact {
  return { lines, says: `makes a user ${says}`, ask: create(change), status: 201 };
}

/** A creation that fails, and what Graph says of it. */
export function refuses(lines: readonly string[], says: string, change: object, message: string | RegExp): Fact {
  return {
    lines,
    says: `makes no user ${says}`,
    ask: create(change),
    status: 400,
    code: 'Request_BadRequest',
    values: { 'error.message': message },
  };
}

/** A creation that lacks a property which every user has. */
export function without(name: keyof typeof ada): Fact {
  return refuses(
    ['8/1', '8/2'],
    `without ${name}`,
    { [name]: undefined },
    `A value is required for property '${name}' of resource 'User'.`,
  );
}

/** A creation with one value that doesn't fit, which Graph names. */
export function invalid(lines: readonly string[], says: string, change: object): Fact {
  const [target = ''] = Object.keys(change);
  const message = `Invalid value specified for property '${target}' of resource 'User'.`;
  return {
    ...refuses(lines, says, change, message),
    values: { 'error.message': message, 'error.details.0': { code: 'InvalidValue', message, target } },
  };
}
