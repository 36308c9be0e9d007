import Type, { type Static } from 'typebox';

const Guid = Type.String({ pattern: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' });

const common = {
  subscriptionId: Guid,
  clientState: Type.String({ minLength: 1, maxLength: 128 }),
  tenantId: Guid,
};

/**
 * One element of `value[]` about an object (Graph, changeNotification). Only what we read: directory notifications
 * carry more, in several shapes, and it is a hint anyway. Numbers beyond 2^53 (`sequenceNumber`) are among the rest.
 */
export const ObjectNotification = Type.Object({
  ...common,
  changeType: Type.String({ minLength: 1, maxLength: 32 }),
  /** `Users/{id}` or `Groups/{id}`, in either case. */
  resource: Type.String({ maxLength: 256 }),
});

/** One element about the subscription itself (Graph, lifecycle notifications): neither resource nor changeType. */
export const LifecycleNotification = Type.Object({
  ...common,
  lifecycleEvent: Type.String({ pattern: '^[A-Za-z]{1,64}$' }),
});

/**
 * The body of a notification. Its elements are checked one by one: a bad one must not cost the others. No notification
 * is so short that more of them fit into the largest body.
 */
export const NotificationBody = Type.Object({ value: Type.Array(Type.Unknown(), { maxItems: 5_000 }) });

export type ObjectNotification = Static<typeof ObjectNotification>;
export type LifecycleNotification = Static<typeof LifecycleNotification>;
