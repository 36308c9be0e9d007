import { setTimeout as delay } from 'node:timers/promises';
import { context, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { Logger } from '../logger.ts';
import { QuietExporter } from './quiet-exporter.ts';
import { samplerOf } from './sampler-of.ts';
import type { Tracing } from './start-tracing.ts';
import type { TracingVariables } from './tracing-variables.ts';

interface SdkSettings {
  readonly service: string;
  readonly url: string;
  readonly variables: TracingVariables;
  readonly logger: Logger;
}

/** A stop may not wait longer for a collector that is away. */
const FLUSH_MS = 2_000;

/**
 * Starts the SDK for the whole process. Spans wait in a queue of 2,048, of which whatever comes beyond is dropped, and go out
 * in batches beside the work: nothing ever waits for a collector.
 */
export function startSdk({ service, url, variables, logger }: SdkSettings): Tracing {
  const { OTEL_BSP_SCHEDULE_DELAY: scheduledDelayMillis } = variables;
  const exporter = new QuietExporter(new OTLPTraceExporter({ url }), logger);
  const provider = new TracerProvider({
    // OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES come last and win.
    resource: resourceFromAttributes({ 'service.name': service }).merge(detectResources({ detectors: [envDetector] })),
    sampler: samplerOf(variables),
    spanProcessors: [
      new BatchSpanProcessor({ exporter, ...(scheduledDelayMillis === undefined ? {} : { scheduledDelayMillis }) }),
    ],
  });
  trace.setGlobalTracerProvider(provider);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  logger.info('traces are on');
  return {
    stop: () => Promise.race([provider.shutdown().catch(() => undefined), delay(FLUSH_MS, undefined, { ref: false })]),
  };
}
