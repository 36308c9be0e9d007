import type { DirectoryRole } from './directory-roles.ts';

/** What an administrator's role is for. */
export type Administered = 'people' | 'groups' | 'consent';

/** The roles that do each, by Microsoft's names. */
const roles: Readonly<Record<Administered, ReadonlySet<string>>> = {
  people: new Set(['Global Administrator', 'User Administrator']),
  groups: new Set(['Global Administrator', 'Groups Administrator', 'User Administrator']),
  consent: new Set(['Global Administrator', 'Privileged Role Administrator']),
};

/** Whether somebody who holds these roles may do it. */
export function administers(held: readonly DirectoryRole[], what: Administered): boolean {
  return held.some(({ displayName }) => roles[what].has(displayName));
}

/** Who may act on every administrator, and whose holders every administrator of people may act on. */
const aboveAll = new Set(['Global Administrator', 'Privileged Authentication Administrator']);
const belowAll = new Set([
  'Directory Readers',
  'Guest Inviter',
  'Helpdesk Administrator',
  'Message Center Reader',
  'Reports Reader',
  'User Administrator',
]);

/**
 * Whether somebody who holds these roles may disable, rename, delete or restore a holder of others.
 * @see https://learn.microsoft.com/graph/api/resources/users#who-can-perform-sensitive-actions
 */
export function mayActOn(held: readonly DirectoryRole[], target: readonly DirectoryRole[]): boolean {
  return (
    target.length === 0 ||
    held.some(({ displayName }) => aboveAll.has(displayName)) ||
    (administers(held, 'people') && target.every(({ displayName }) => belowAll.has(displayName)))
  );
}
