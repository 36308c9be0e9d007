import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { hrTimeToMilliseconds, W3CTraceContextPropagator } from '@opentelemetry/core';
import { InMemorySpanExporter, type ReadableSpan, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { ToldSpan } from './told-span.ts';

/** Spans that end in this process, until stopped. */
export interface RecordedSpans {
  readonly spans: () => ToldSpan[];
  stop(): Promise<void>;
}

/** Starts OpenTelemetry's SDK in this process, with an exporter that keeps every span. */
export function recordSpans(): RecordedSpans {
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  trace.setGlobalTracerProvider(provider);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  return {
    spans: () => exporter.getFinishedSpans().map(told),
    stop: async () => {
      trace.disable();
      context.disable();
      propagation.disable();
      await provider.shutdown();
    },
  };
}

function told(span: ReadableSpan): ToldSpan {
  const { traceId, spanId } = span.spanContext();
  return {
    service: String(span.resource.attributes['service.name']),
    scope: span.instrumentationScope.name,
    name: span.name,
    kind: SpanKind[span.kind].toLowerCase(),
    traceId,
    spanId,
    parentSpanId: span.parentSpanContext?.spanId,
    links: span.links.map(({ context: linked }) => ({ traceId: linked.traceId, spanId: linked.spanId })),
    attributes: span.attributes,
    failed: span.status.code === SpanStatusCode.ERROR,
    startedAt: hrTimeToMilliseconds(span.startTime),
    milliseconds: hrTimeToMilliseconds(span.duration),
  };
}
