import type { EntraUser } from '../entra/ports.ts';
import type { DirectoryObject } from './change.ts';

/** What the identity half needs to know of a user. */
export function toEntraUser({ id, properties }: DirectoryObject): EntraUser {
  const text = (name: string): string | undefined => {
    const value = properties[name];
    return typeof value === 'string' ? value : undefined;
  };
  const sessionsValidFrom = Date.parse(text('signInSessionsValidFromDateTime') ?? '');
  return {
    id,
    displayName: text('displayName') ?? '',
    userPrincipalName: text('userPrincipalName') ?? '',
    accountEnabled: properties['accountEnabled'] !== false,
    userType: properties['userType'] === 'Guest' ? 'Guest' : 'Member',
    ...optional('mail', text('mail')),
    ...optional('givenName', text('givenName')),
    ...optional('surname', text('surname')),
    ...optional('preferredLanguage', text('preferredLanguage')),
    ...optional('usageLocation', text('usageLocation')),
    ...optional('onPremisesSecurityIdentifier', text('onPremisesSecurityIdentifier')),
    ...(Number.isNaN(sessionsValidFrom) ? {} : { sessionsValidFrom }),
  };
}

function optional<Key extends string>(key: Key, value: string | undefined): Partial<Record<Key, string>> {
  return value === undefined ? {} : ({ [key]: value } as Partial<Record<Key, string>>);
}
