import { createRequire } from 'node:module';

interface RequestQueue {
  readonly pending: readonly unknown[];
  readonly throttledUntil: number;
}

export interface RequestQueueClass {
  readonly prototype: { scheduleCheckPendingRequests: (this: RequestQueue) => void };
}

/** kafkajs's own class of the queue of requests that each connection has. */
export function loadRequestQueueClass(): RequestQueueClass {
  return createRequire(import.meta.url)('kafkajs/src/network/requestQueue') as RequestQueueClass;
}

/**
 * kafkajs 2.2.4 re-arms a timer with a negative delay for as long as a connection lives: hundreds of timers a second on
 * an idle client, and a TimeoutNegativeWarning on newer Node (tulios/kafkajs#1751). The timer is of use only while
 * requests wait or the broker throttles, so nothing is scheduled otherwise.
 */
export function patchIdleTimer(queueClass: RequestQueueClass): void {
  const { prototype } = queueClass;
  const original = prototype.scheduleCheckPendingRequests;
  if (original.name === 'scheduleWhenNeeded') return;
  prototype.scheduleCheckPendingRequests = function scheduleWhenNeeded(this: RequestQueue): void {
    if (this.pending.length > 0 || this.throttledUntil > Date.now()) original.call(this);
  };
}
