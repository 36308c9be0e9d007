import type { SpanContext } from '@opentelemetry/api';
import { isSampled, spanContextOf } from './traceparent.ts';

/** A span, of another process mostly, that led to what is done now. */
export type Cause = SpanContext;

/** As many traces are told of what was done for all of them together. */
const MOST_CAUSES = 16;

/**
 * The causes that these texts name, oldest first, one of each trace, of a bounded number. Where some of their traces are
 * recorded only these count: else work for a recorded trace would go unrecorded because another one came first.
 */
export function causesOf(traceparents: Iterable<string | undefined>): Cause[] {
  const causes = new Map<string, Cause>();
  for (const text of new Set(traceparents)) {
    const cause = text === undefined ? undefined : spanContextOf(text);
    if (cause && !causes.has(cause.traceId)) causes.set(cause.traceId, cause);
  }
  const sampled = [...causes.values()].filter(isSampled);
  return (sampled.length > 0 ? sampled : [...causes.values()].slice(0, 1)).slice(0, MOST_CAUSES);
}
