import Type, { type Static } from 'typebox';
import { Value } from 'typebox/value';
import type { AuditChange } from '../audit/audit-model.ts';
import { isMailbox } from './mailbox.ts';
import { SettingsError } from './provisioning-settings.ts';

const closed = { additionalProperties: false } as const;
const MOST_ADDRESSES = 20;

/** Of which matters the people who administer an organisation are mailed, and where to. */
export const NotificationSettings = Type.Object(
  {
    /** People can't be followed. */
    failure: Type.Boolean(),
    /** Changes wait until somebody approves them. */
    approval: Type.Boolean(),
    /** An API token ends soon. */
    expiry: Type.Boolean(),
    /** What happened in a week. */
    summary: Type.Boolean(),
    /** Who is mailed instead of all active Owners and Admins. */
    addresses: Type.Array(Type.String(), { maxItems: MOST_ADDRESSES }),
  },
  closed,
);

export type NotificationSettings = Static<typeof NotificationSettings>;

export const defaultNotifications: NotificationSettings = {
  ...{ failure: true, approval: true, expiry: true, summary: true },
  addresses: [],
};

/** What a document says; it lacks what is newer than it. */
export const notificationsOf = ({
  notifications,
}: {
  readonly notifications?: Partial<NotificationSettings> | undefined;
}): NotificationSettings => ({ ...defaultNotifications, ...notifications });

/** @throws SettingsError when a setting is unknown, its value none that it may have, or an address none. */
export function checkNotifications(change: Partial<NotificationSettings>): void {
  const problems = [...Value.Errors(Type.Partial(NotificationSettings, closed), change)].map(
    ({ instancePath, message }) => `notifications${instancePath.replaceAll('/', '.')} ${message}`,
  );
  if (problems.length === 0) problems.push(...addressProblems(change.addresses ?? []));
  if (problems.length > 0) throw new SettingsError([...new Set(problems)]);
}

function addressProblems(addresses: readonly string[]): string[] {
  const seen = new Set<string>();
  return addresses.flatMap((address, index) => {
    const path = `notifications.addresses.${index}`;
    if (!isMailbox(address)) return [`${path} must be an email address, such as ana@example.com`];
    if (seen.has(address.toLowerCase())) return [`${path} must not be there twice`];
    seen.add(address.toLowerCase());
    return [];
  });
}

/**
 * A change as the audit log has it: how many addresses there are, and none of them. The log is never changed, and whoever
 * is erased must not be in it.
 */
export function withoutAddresses(change: AuditChange): AuditChange {
  if (change.path !== ADDRESSES) return change;
  const [old, now] = [listOf(change.old), listOf(change.new)];
  const added = now.filter((address) => !old.includes(address)).length;
  const another = added > 0 && old.length > 0 ? `, ${added} of them new` : '';
  return { path: ADDRESSES, old: counted(old.length), new: counted(now.length) + another };
}

const ADDRESSES = 'notifications.addresses';
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const counted = (count: number) => (count === 1 ? '1 address' : `${count} addresses`);
