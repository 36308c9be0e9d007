import type { Metrics } from '@learnamp/service';
import { Counter, Gauge, Histogram } from 'prom-client';
import type { DropReason } from '../notifications/verify-notification.ts';

/** What becomes of an element of a request. */
export type NotificationOutcome = 'published' | 'unavailable' | DropReason;

/** What the door counts. Labels are of a fixed few, so that nobody who sends can make them grow. */
export interface IngestMetrics {
  notifications(outcome: NotificationOutcome, count: number): void;
  handshake(outcome: 'answered' | 'refused'): void;
  answered(status: number, seconds: number): void;
}

/** What is looked at when somebody asks for the numbers. */
export interface Fill {
  readonly publishing: () => number;
  readonly bodyBytes: () => number;
}

// Graph counts what takes longer than 2.9 s as slow, and drops notifications where it is more than every seventh.
const buckets = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 2.5, 2.9, 10];

/** Makes the door's numbers in a room for them. */
export function createIngestMetrics(metrics: Metrics, fill: Fill): IngestMetrics {
  const registers = [metrics];
  const named = (name: string, help: string) => ({ name: `webhook_ingest_${name}`, help, registers });
  const notifications = new Counter({
    ...named('notifications_total', 'Elements of requests by what became of them'),
    labelNames: ['outcome'],
  });
  const handshakes = new Counter({ ...named('handshakes_total', 'Validation handshakes'), labelNames: ['outcome'] });
  const answers = new Histogram({
    ...named('answer_seconds', 'From the end of the headers to the end of the answer'),
    labelNames: ['status'],
    buckets,
  });
  new Gauge({
    ...named('publishing', 'Notifications that the bus is asked to take'),
    collect() {
      this.set(fill.publishing());
    },
  });
  new Gauge({
    ...named('body_bytes', 'Bytes of requests that are not answered yet'),
    collect() {
      this.set(fill.bodyBytes());
    },
  });
  return {
    notifications: (outcome, count) => notifications.inc({ outcome }, count),
    handshake: (outcome) => handshakes.inc({ outcome }),
    answered: (status, seconds) => answers.observe({ status: String(status) }, seconds),
  };
}
