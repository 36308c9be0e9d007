import { trace } from '@opentelemetry/api';
import { pino, type Logger } from 'pino';

export type { Logger } from 'pino';

// A safety net under the rule that nobody logs these: names of fields whose values must never reach a log.
const secret = ['token', 'secret', 'password', 'clientState', 'tenantId', 'authorization', 'cookie', 'code'];

/** One JSON line an event, on stdout, or where `destination` says. */
export function createLogger(service: string, level: string, destination?: { write(line: string): void }): Logger {
  const options = {
    level,
    redact: { paths: secret.flatMap((name) => [name, `*.${name}`]), censor: '[redacted]' },
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    mixin: traceOfLine,
  };
  return destination ? pino(options, destination) : pino(options);
}

/** Whoever reads a line finds its trace, and from a trace its lines. */
function traceOfLine(): object {
  const span = trace.getActiveSpan()?.spanContext();
  return span ? { trace_id: span.traceId, span_id: span.spanId } : {};
}
