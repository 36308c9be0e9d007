import type { GraphNotification } from '@learnamp/contracts';
import type { WorkRecord } from '@learnamp/sync-state';
import type { Model } from 'mongoose';

/** A notification, with the trace that it came in, where there is one. */
export type Heard = GraphNotification & { readonly traceparent?: string | undefined };

// A burst of any size is one delta run, so ids are kept only to tell hints that matter from those that don't.
const MOST_IDS = 1000;

// Of the first so many traces of a burst it is told what became of them.
const MOST_TRACES = 16;

/** Everything that a batch of notifications says of one organisation. */
export interface OrganisationHints {
  readonly organisationId: string;
  readonly userIds: readonly string[];
  readonly groupIds: readonly string[];
  /** A lifecycle notification came: look after the subscriptions, and read what may have been missed. */
  readonly lifecycle: boolean;
  /** The traces that it came in. */
  readonly traceparents: readonly string[];
}

/** Puts a batch of notifications together by organisation. */
export function hintsOf(notifications: readonly Heard[]): OrganisationHints[] {
  const organisationIds = [...new Set(notifications.map((notification) => notification.organisationId))];
  return organisationIds.map((organisationId) => {
    const ofOne = notifications.filter((notification) => notification.organisationId === organisationId);
    return {
      organisationId,
      userIds: idsOf(ofOne, 'users'),
      groupIds: idsOf(ofOne, 'groups'),
      lifecycle: ofOne.some((notification) => notification.lifecycleEvent !== undefined),
      traceparents: [...new Set(ofOne.flatMap(({ traceparent }) => traceparent ?? []))],
    };
  });
}

function idsOf(notifications: readonly GraphNotification[], kind: GraphNotification['kind']): string[] {
  const ids = notifications.flatMap((notification) =>
    notification.kind === kind && notification.objectId ? [notification.objectId.toLowerCase()] : [],
  );
  return [...new Set(ids)];
}

/** Merges hints into the organisation's work record. An organisation without one isn't provisioned: nothing happens. */
export async function mergeHints(
  model: Model<WorkRecord>,
  hints: OrganisationHints,
  { now, dueAt }: { readonly now: Date; readonly dueAt: Date },
): Promise<void> {
  const { organisationId, userIds, groupIds, lifecycle, traceparents } = hints;
  const merged = (name: 'userIds' | 'groupIds', ids: readonly string[]) => ({
    $slice: [{ $setUnion: [`$hints.${name}`, ids] }, MOST_IDS],
  });
  const full = (name: 'userIds' | 'groupIds') => ({ $gte: [{ $size: `$hints.${name}` }, MOST_IDS] });
  const sooner = (field: string, at: unknown = dueAt) => ({ $min: [field, at] });
  const whenGathered = { $max: [dueAt, '$nextHintedAt'] };
  const followable = { $gt: ['$nextDeltaAt', null] };
  await model.collection.updateOne({ _id: organisationId as never }, [
    {
      $set: {
        'hints.userIds': merged('userIds', userIds),
        'hints.groupIds': merged('groupIds', groupIds),
        'hints.newestAt': now,
        // $min leaves out what is null.
        'hints.oldestAt': { $min: ['$hints.oldestAt', now] },
        ...(traceparents.length > 0 ? { 'hints.traceparents': tracesOf(['$hints.traceparents', traceparents]) } : {}),
        notifications: 'heard',
      },
    },
    {
      $set: {
        'hints.overflow': { $or: ['$hints.overflow', lifecycle, full('userIds'), full('groupIds')] },
        dueAt: sooner('$dueAt', whenGathered),
        shortDueAt: { $cond: [followable, sooner('$shortDueAt', whenGathered), null] },
        ...(lifecycle ? { nextSubscriptionCheckAt: sooner('$nextSubscriptionCheckAt'), renewalDue: true } : {}),
      },
    },
  ]);
}

/** Lists of traces as one, for an update in the database: the oldest first, as many as are kept. */
export const tracesOf = (lists: readonly unknown[]) => ({
  $slice: [{ $concatArrays: lists.map((list) => ({ $ifNull: [list, []] })) }, MOST_TRACES],
});
