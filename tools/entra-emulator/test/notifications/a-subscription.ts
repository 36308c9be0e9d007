import { parseWatchedResource, type Subscription } from '../../src/notifications/subscription.ts';

/** A subscription as it is kept, without anybody having asked for it. */
export function aSubscription(resource: string, more: Partial<Subscription> = {}): Subscription {
  return {
    id: 'one',
    tenantId: 'a tenant',
    applicationId: 'an application',
    creatorId: 'a creator',
    resource,
    watched: parseWatchedResource(resource) ?? { kind: 'user' },
    changeType: 'updated,deleted',
    changeTypes: ['updated', 'deleted'],
    clientState: 'a secret',
    notificationUrl: 'https://a/',
    lifecycleNotificationUrl: null,
    notificationUrlAppId: null,
    richNotifications: {},
    latestSupportedTlsVersion: 'v1_2',
    expiration: { at: 0, text: '2026-01-01T00:00:00.5' },
    authorizedUntil: 0,
    challengeAt: 0,
    paused: false,
    ...more,
  };
}
