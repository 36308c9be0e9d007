import { SpanStatusCode, trace } from '@opentelemetry/api';
import { type SpanSettings, SpanKind } from './in-span.ts';

export interface PastSpan extends Omit<SpanSettings, 'causes'> {
  readonly milliseconds: number;
  readonly failed: boolean;
}

/** Tells of something that has just ended, within the span that is active; outside of one, nothing. */
export function pastSpan(name: string, { scope, kind, attributes, milliseconds, failed }: PastSpan): void {
  if (!trace.getActiveSpan()) return;
  const now = Date.now();
  const about = { kind: kind ?? SpanKind.INTERNAL, attributes: attributes ?? {}, startTime: now - milliseconds };
  const span = trace.getTracer(scope).startSpan(name, about);
  if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end(now);
}
