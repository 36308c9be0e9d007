import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createKafkaBus } from '../../src/index.ts';
import { loadRequestQueueClass, patchIdleTimer } from '../../src/kafka/idle-timer-patch.ts';
import { silentLogger } from '../support/silent-logger.ts';

interface Queue {
  scheduleCheckPendingRequests(): void;
  throttledUntil: number;
  pending: unknown[];
  checkPendingRequests(): void;
  destroy(): void;
}
type QueueClass = new (options: object) => Queue;

const stock = loadRequestQueueClass() as unknown as QueueClass;

/** A copy of kafkajs's class, so that patching it leaves the original as it is. */
function aQueueClass(): QueueClass {
  return class Copy extends stock {};
}

function scheduleOf(queueClass: QueueClass): unknown {
  return (queueClass.prototype as Record<string, unknown>)['scheduleCheckPendingRequests'];
}

/** The delays of all timers that a queue sets in a hundred turns of its loop. */
function delaysOf(queue: Queue): number[] {
  const timers = jest.spyOn(globalThis, 'setTimeout');
  queue.checkPendingRequests();
  for (let turn = 0; turn < 100; turn += 1) jest.advanceTimersByTime(1);
  queue.destroy();
  return timers.mock.calls.map(([, delay]) => Number(delay));
}

describe('the idle timer of a kafkajs connection', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.restoreAllMocks();
    jest.useRealTimers();
  });

  it('is set with a negative delay over and over without the patch', () => {
    const negative = delaysOf(new (aQueueClass())({})).filter((delay) => delay < 0);

    expect(negative.length).toBeGreaterThan(50);
  });

  it('is not set at all with the patch', () => {
    const patched = aQueueClass();
    patchIdleTimer(patched);

    expect(delaysOf(new patched({}))).toEqual([]);
  });

  it('is still set with the patch while the broker throttles', () => {
    const patched = aQueueClass();
    patchIdleTimer(patched);
    const queue = new patched({});
    queue.throttledUntil = Date.now() + 500;

    expect(delaysOf(queue)).toEqual([500]);
  });

  it('is still set with the patch while requests wait', () => {
    const patched = aQueueClass();
    patchIdleTimer(patched);
    const queue = new patched({ maxInFlightRequests: 0 });
    queue.pending.push({});

    expect(delaysOf(queue).every((delay) => delay === 10)).toBe(true);
  });

  it('is patched once, however many buses there are', () => {
    const patched = aQueueClass();
    patchIdleTimer(patched);
    const once = scheduleOf(patched);

    patchIdleTimer(patched);

    expect(scheduleOf(patched)).toBe(once);
  });

  it('is patched wherever a Kafka bus is', () => {
    const fail = (error: Error): void => {
      throw error;
    };
    const options = { brokers: ['127.0.0.1:1'], clientId: 'bus-test', logger: silentLogger, onFatal: fail };
    createKafkaBus({ ...options, publish: 'until-closed' });

    expect(scheduleOf(stock)).toHaveProperty('name', 'scheduleWhenNeeded');
  });
});
