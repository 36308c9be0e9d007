import { setTimeout as delay } from 'node:timers/promises';
import { type Bus, BusError } from '@learnamp/bus';
import { encodeEvent, type GraphNotification, graphNotification } from '@learnamp/contracts';
import type { Logger } from '@learnamp/service';
import { unavailable } from '../problems/problem.ts';

/** Resolves when the bus has all of them. @throws Problem 503 otherwise; Graph sends them again. */
export type PublishNotifications = (notifications: readonly GraphNotification[]) => Promise<void>;

export interface Publishing {
  readonly publish: PublishNotifications;
  readonly hasRoom: () => boolean;
  /** Notifications that the bus is not done with. */
  readonly inFlight: () => number;
}

export interface PublishingDeps {
  readonly bus: Pick<Bus, 'publish'>;
  readonly logger: Logger;
  readonly now: () => Date;
  /** Notifications that may be with the bus before the next ones are turned away. */
  readonly maxInFlight: number;
  /** How long an answer may wait for the bus. */
  readonly giveUpAfterMs: number;
}

/**
 * Publishes within a time and a number. Notifications that were given up keep their places until the bus is done with
 * them, so that what waits in memory stays bounded however long the bus is away.
 */
export function createPublishing(deps: PublishingDeps): Publishing {
  let inFlight = 0;
  const hasRoom = () => inFlight < deps.maxInFlight;

  const publish: PublishNotifications = async (notifications) => {
    if (!hasRoom()) throw unavailable();
    const records = notifications.map((notification) => encoded(notification, deps.now()));
    inFlight += records.length;
    const published = deps.bus.publish(records).finally(() => (inFlight -= records.length));
    try {
      await inTime(published, deps.giveUpAfterMs);
    } catch (error) {
      if (!(error instanceof BusError)) throw error;
      deps.logger.warn({ reason: error.code, notifications: notifications.length }, 'the bus took no notifications');
      throw unavailable(error);
    }
  };
  return { publish, hasRoom, inFlight: () => inFlight };
}

// Keyed by organisation: hints of one organisation are read in order, and nothing else about them matters.
const encoded = (notification: GraphNotification, time: Date) =>
  encodeEvent(graphNotification, notification, {
    organisationId: notification.organisationId,
    key: notification.organisationId,
    source: 'webhook-ingest',
    time,
  });

async function inTime(published: Promise<void>, milliseconds: number): Promise<void> {
  const timer = new AbortController();
  const late = delay(milliseconds, undefined, { signal: timer.signal }).then(
    () => Promise.reject(new BusError('bus-unavailable', `no acknowledgement within ${milliseconds} ms`)),
    () => undefined,
  );
  try {
    await Promise.race([published, late]);
  } finally {
    timer.abort();
  }
}
