import type { KeyRing } from '@learnamp/contracts';
import type { Logger } from '@learnamp/service';
import type { RouteHandlerMethod } from 'fastify';
import { Value } from 'typebox/value';
import { refused } from '../problems/problem.ts';
import type { PublishNotifications } from '../publishing/publish-notifications.ts';
import { NotificationBody } from './change-notification.ts';
import { type DropReason, type Verified, verifyNotification } from './verify-notification.ts';

/** What one request carried. */
export interface NotificationCounts {
  readonly published: number;
  readonly dropped: Readonly<Partial<Record<DropReason, number>>>;
}

export interface TakeNotificationsDeps {
  readonly keys: KeyRing;
  readonly publish: PublishNotifications;
  readonly logger: Logger;
  /** Called when a request is done with, for metrics. */
  readonly onTaken?: (counts: NotificationCounts) => void;
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
    const notifications = verified.flatMap((one) => (one.kind === 'ours' ? [one.notification] : []));
    if (notifications.length > 0) await deps.publish(notifications);

    const counts = { published: notifications.length, dropped: droppedOf(verified) };
    deps.onTaken?.(counts);
    const log = notifications.length < verified.length ? 'warn' : 'info';
    deps.logger[log](counts, 'notifications taken');
    return reply.code(202).send();
  };
}

function droppedOf(verified: readonly Verified[]): NotificationCounts['dropped'] {
  const dropped: Partial<Record<DropReason, number>> = {};
  for (const one of verified) {
    if (one.kind === 'dropped') dropped[one.reason] = (dropped[one.reason] ?? 0) + 1;
  }
  return dropped;
}
