import { type KeyRing, signClientState } from '@learnamp/contracts';
import {
  createSubscription,
  listSubscriptions,
  removeSubscription,
  renewSubscription,
  type Subscription,
} from '@learnamp/graph-client';
import type { SubscriptionRecord } from '@learnamp/sync-state';
import type { RunContext } from '../runs/run-context.ts';

export interface SubscriptionSettings {
  /** Where Graph posts: the public https address of webhook-ingest, without a path. */
  readonly notificationUrl: string;
  readonly clientStateKeys: KeyRing;
}

/** What Graph may not have told of. */
export interface Gap {
  /** Whether a subscription was made: changes before it went by unnoticed. */
  readonly isMade: boolean;
  /** When one that is gone was there last; null where none is gone. */
  readonly lostSince: Date | null;
}

export const noGap: Gap = { isMade: false, lostSince: null };

const kinds = ['users', 'groups'] as const;
type Kind = (typeof kinds)[number];

/**
 * Keeps the organisation's two subscriptions alive, by what Graph lists: Graph tells nobody when it drops one of these.
 * With `renewalDue` both are renewed whatever life they have left, which answers a `reauthorizationRequired` too (Graph,
 * lifecycle events).
 */
export async function keepSubscriptions(
  context: RunContext,
  settings: SubscriptionSettings,
  renewalDue: boolean,
): Promise<Gap> {
  const listed = await listSubscriptions(context.graph);
  let gap = noGap;
  for (const kind of kinds) {
    const record = await context.stores.subscriptions.findById(recordId(context, kind)).lean();
    const live = ourSubscription(record, settings, listed);
    if (live) {
      await noteSeen(context, kind);
      if (renewalDue || isHalfOver(context, live)) await renew(context, kind, live);
    } else {
      await create(context, kind, settings, listed);
      gap = { isMade: true, lostSince: earlier(gap.lostSince, record?.seenAt ?? null) };
    }
  }
  return gap;
}

const recordId = ({ organisation, tenant }: RunContext, kind: Kind) =>
  `${organisation.id}:${kind}:${tenant.tenantIndex}`;
const notificationUrlOf = ({ notificationUrl }: SubscriptionSettings) =>
  new URL('/graph/notifications', notificationUrl).href;
const lifecycleUrlOf = ({ notificationUrl }: SubscriptionSettings) => new URL('/graph/lifecycle', notificationUrl).href;

const earlier = (one: Date | null, other: Date | null) => (one && other && other < one ? other : (one ?? other));

async function noteSeen(context: RunContext, kind: Kind): Promise<void> {
  const seen = { $set: { seenAt: context.clock() } };
  await context.stores.subscriptions.updateOne({ _id: recordId(context, kind) }, seen);
}

function ourSubscription(
  record: SubscriptionRecord | null,
  settings: SubscriptionSettings,
  listed: readonly Subscription[],
): Subscription | undefined {
  if (record?.notificationUrl !== notificationUrlOf(settings)) return undefined;
  // A renewal keeps the clientState, so only another subscription lets go of a key that is to be retired.
  if (record.clientStateKey !== settings.clientStateKeys.current.id) return undefined;
  return listed.find((subscription) => subscription.id === record.subscriptionId);
}

const isHalfOver = ({ clock, timings }: RunContext, { expirationDateTime }: Subscription) =>
  expirationDateTime.getTime() - clock().getTime() <= timings.subscriptionLife / 2;

async function renew(context: RunContext, kind: Kind, live: Subscription): Promise<void> {
  const { graph, stores, organisation, logger } = context;
  const renewed = await renewSubscription(graph, live.id, wantedExpiry(context));
  const expiresAt = renewed.expirationDateTime;
  await stores.subscriptions.updateOne({ _id: recordId(context, kind) }, { $set: { expiresAt } });
  logger.info({ organisationId: organisation.id, kind, expiresAt }, 'subscription renewed');
}

async function create(
  context: RunContext,
  kind: Kind,
  settings: SubscriptionSettings,
  listed: readonly Subscription[],
): Promise<void> {
  const { graph, organisation, stores, logger } = context;
  // Graph allows one subscription for a resource and change type; one of another address or key would be in the way.
  const inTheWay = listed.filter((subscription) => subscription.resource.replace(/^\//, '').toLowerCase() === kind);
  for (const subscription of inTheWay) await removeSubscription(graph, subscription.id);

  const created = await createSubscription(graph, {
    resource: kind,
    changeType: 'updated,deleted',
    notificationUrl: notificationUrlOf(settings),
    lifecycleNotificationUrl: lifecycleUrlOf(settings),
    clientState: signClientState(
      settings.clientStateKeys,
      { kind, organisationId: organisation.id },
      organisation.microsoft.tenantId,
    ),
    expirationDateTime: wantedExpiry(context),
  });
  const record = {
    organisationId: organisation.id,
    kind,
    ...context.tenant,
    subscriptionId: created.id,
    notificationUrl: notificationUrlOf(settings),
    clientStateKey: settings.clientStateKeys.current.id,
    expiresAt: created.expirationDateTime,
    seenAt: context.clock(),
  };
  await stores.subscriptions.updateOne({ _id: recordId(context, kind) }, { $set: record }, { upsert: true });
  logger.info({ organisationId: organisation.id, kind, expiresAt: record.expiresAt }, 'subscription created');
}

const wantedExpiry = ({ clock, timings }: RunContext) => new Date(clock().getTime() + timings.subscriptionLife);
