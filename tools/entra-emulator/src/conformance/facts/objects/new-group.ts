import { randomUUID } from 'node:crypto';
import type { Fact } from '../../fact.ts';
import { post } from '../../requests.ts';

/** A creation of a security group that Graph takes. */
export const securityGroup = { displayName: 'Crew', mailEnabled: false, mailNickname: 'crew', securityEnabled: true };

/** What makes a Microsoft 365 group of it. */
export const microsoft365 = { groupTypes: ['Unified'], mailEnabled: true, securityEnabled: false };

/** A creation that differs from one that succeeds in the given properties only; each has a nickname of its own. */
export function create(change: object): Fact['ask'] {
  return post('/groups', { ...securityGroup, mailNickname: randomUUID(), ...change });
}

/** A creation that succeeds. */
export function takes(lines: readonly string[], says: string, change: object, values: Fact['values'] = {}): Fact {
  return { lines, says: `makes ${says}`, ask: create(change), status: 201, values };
}

/** A creation that fails, and what Graph says of it. */
export function refuses(lines: readonly string[], says: string, change: object, message: string | RegExp): Fact {
  return {
    lines,
    says: `makes no ${says}`,
    ask: create(change),
    status: 400,
    code: 'Request_BadRequest',
    values: { 'error.message': message },
  };
}

/** A creation with one value that doesn't fit, which Graph names. */
export function invalid(lines: readonly string[], says: string, target: string, change: object): Fact {
  const message = `Invalid value specified for property '${target}' of resource 'Group'.`;
  return {
    ...refuses(lines, says, change, message),
    values: { 'error.message': message, 'error.details.0': { code: 'InvalidValue', message, target } },
  };
}

/** The body that refers to an object. */
export function reference(path: string): object {
  return { '@odata.id': `https://graph.microsoft.com/v1.0/${path}` };
}

/** URLs of as many objects, for `members@odata.bind`. */
export function urls(ids: readonly string[]): string[] {
  return ids.map((id) => `https://graph.microsoft.com/v1.0/directoryObjects/${id}`);
}
