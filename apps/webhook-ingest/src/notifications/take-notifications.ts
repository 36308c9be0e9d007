import type { GraphNotification, KeyRing } from '@learnamp/contracts';
import type { Logger } from '@learnamp/service';
import { annotate } from '@learnamp/tracing';
import type { RouteHandlerMethod } from 'fastify';
import { Value } from 'typebox/value';
import type { IngestMetrics } from '../metrics/ingest-metrics.ts';
import { refused } from '../problems/problem.ts';
import type { PublishNotifications } from '../publishing/publish-notifications.ts';
import { NotificationBody } from './change-notification.ts';
import { type DropReason, type Verified, verifyNotification } from './verify-notification.ts';

export interface TakeNotificationsDeps {
  readonly keys: KeyRing;
  readonly publish: PublishNotifications;
  readonly metrics: Pick<IngestMetrics, 'notifications'>;
  readonly logger: Logger;
}

/**
 * Takes a request of Graph: what is ours goes to the bus, the rest is dropped and counted, and the answer is 202 once
 * the bus has it. 202 also when nothing is ours: Graph would send it again, and a forger would learn from a refusal.
 */
export function takeNotifications(deps: TakeNotificationsDeps): RouteHandlerMethod {
  return async (request, reply) => {
    const { body } = request;
    if (!Value.Check(NotificationBody, body)) throw refused(400);
    const verified = body.value.map((element) => verifyNotification(deps.keys, element));
    const dropped = droppedOf(verified);
    annotateRequest(verified);
    for (const [reason, count] of dropped) deps.metrics.notifications(reason, count);
    const published = await publishOurs(deps, verified);
    const log = dropped.size > 0 ? 'warn' : 'info';
    deps.logger[log]({ published, dropped: Object.fromEntries(dropped) }, 'notifications taken');
    return reply.code(202).send();
  };
}

/** Organisations of which a trace says that they are concerned, at the most. */
const MOST_NAMED = 10;

/** Operators look for a change by its organisation. */
function annotateRequest(verified: readonly Verified[]): void {
  const ours = verified.flatMap((one) => (one.kind === 'ours' ? [one.notification.organisationId] : []));
  annotate({
    'learnamp.organisation.ids': [...new Set(ours)].slice(0, MOST_NAMED),
    'learnamp.notifications.ours': ours.length,
    'learnamp.notifications.dropped': verified.length - ours.length,
  });
}

async function publishOurs({ publish, metrics }: TakeNotificationsDeps, verified: readonly Verified[]) {
  const ours: GraphNotification[] = verified.flatMap((one) => (one.kind === 'ours' ? [one.notification] : []));
  if (ours.length === 0) return 0;
  try {
    await publish(ours);
  } catch (error) {
    metrics.notifications('unavailable', ours.length);
    throw error;
  }
  metrics.notifications('published', ours.length);
  return ours.length;
}

function droppedOf(verified: readonly Verified[]): ReadonlyMap<DropReason, number> {
  const dropped = new Map<DropReason, number>();
  for (const one of verified) {
    if (one.kind === 'dropped') dropped.set(one.reason, (dropped.get(one.reason) ?? 0) + 1);
  }
  return dropped;
}
