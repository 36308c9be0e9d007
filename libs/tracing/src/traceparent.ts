import { context, propagation, ROOT_CONTEXT, type SpanContext, trace, TraceFlags } from '@opentelemetry/api';

/** The header of W3C Trace Context. Its companion `tracestate` is not carried: it is of others' making and size. */
export const TRACEPARENT = 'traceparent';

/** The context of the span that is active, as a header has it; undefined where nothing traces. */
export const traceparent = (): string | undefined => written(context.active());

/** The span that such a text names; undefined where it is malformed, or nothing traces. Never throws. */
export const spanContextOf = (text: string): SpanContext | undefined =>
  trace.getSpanContext(propagation.extract(ROOT_CONTEXT, { [TRACEPARENT]: text }));

/**
 * The context in a record's headers, as it may be kept until the work it asks for is done. Undefined where there is none, where
 * it is malformed, and where its trace isn't recorded: what nobody keeps need not be remembered.
 */
export function traceparentIn(headers: Readonly<Record<string, Buffer>>): string | undefined {
  const text = headers[TRACEPARENT]?.toString();
  const found = text === undefined ? undefined : spanContextOf(text);
  return found && isSampled(found) ? written(trace.setSpanContext(ROOT_CONTEXT, found)) : undefined;
}

export const isSampled = ({ traceFlags }: SpanContext): boolean => (traceFlags & TraceFlags.SAMPLED) !== 0;

function written(of: ReturnType<typeof context.active>): string | undefined {
  const carrier: Record<string, string> = {};
  propagation.inject(of, carrier);
  return carrier[TRACEPARENT];
}
