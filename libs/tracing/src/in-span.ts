import {
  type Attributes,
  context,
  type Context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import type { Cause } from './causes.ts';

export { SpanKind } from '@opentelemetry/api';

export interface SpanSettings {
  /** Who speaks: a service, or a library of ours. */
  readonly scope: string;
  readonly kind?: SpanKind;
  /** Ids of ours, counts and words of a fixed few: nothing that tells of a person, a tenant or a secret. */
  readonly attributes?: Attributes;
  /** What led to it. Without them it belongs to the span that is active; an empty list begins a trace. */
  readonly causes?: readonly Cause[];
}

/**
 * Does some work in a span. Of several causes the first is its parent and the others are linked. In the trace of each of
 * those there is a span of the same name and time as well, linked to this one: whoever looks at that trace sees where its
 * work was done. Without an SDK this is a call of `work`.
 */
export function inSpan<Result>(
  name: string,
  settings: SpanSettings,
  work: (span: Span) => Promise<Result>,
): Promise<Result> {
  const { scope, kind = SpanKind.INTERNAL, attributes = {}, causes } = settings;
  const tracer = trace.getTracer(scope);
  const others = causes?.slice(1) ?? [];
  const links = others.map((cause) => ({ context: cause }));
  return tracer.startActiveSpan(name, { kind, attributes, links }, parentOf(causes), async (span) => {
    const back = [{ context: span.spanContext() }];
    const echoes = others.map((cause) => tracer.startSpan(name, { kind, attributes, links: back }, contextOf(cause)));
    try {
      return await work(span);
    } catch (error) {
      for (const one of [span, ...echoes]) fail(one, error);
      throw error;
    } finally {
      for (const one of [span, ...echoes]) one.end();
    }
  });
}

function parentOf(causes: readonly Cause[] | undefined): Context {
  if (!causes) return context.active();
  return causes[0] ? contextOf(causes[0]) : ROOT_CONTEXT;
}

const contextOf = (cause: Cause) => trace.setSpanContext(ROOT_CONTEXT, cause);

/** By code or name alone: messages may quote what they failed at. */
function fail(span: Span, error: unknown): void {
  const { code, name = typeof error } = error instanceof Error ? (error as NodeJS.ErrnoException) : {};
  span.setAttribute('error.type', code ?? name);
  span.setStatus({ code: SpanStatusCode.ERROR });
}
