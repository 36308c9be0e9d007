import { context, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/**
 * A span for each request of a server, by its route as the router has it. It always begins a trace of its own: whoever asks is
 * a stranger, and a `traceparent` of theirs would let them write into our traces, or have everything recorded.
 */
export function traceRequests(server: FastifyInstance, scope: string): void {
  const spans = new WeakMap<FastifyRequest, Span>();
  const end = (request: FastifyRequest, status?: number) => {
    const span = spans.get(request);
    spans.delete(request);
    if (status !== undefined) span?.setAttribute('http.response.status_code', status);
    if (status === undefined || status >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
    span?.end();
  };
  server.addHook('onRequest', (request, _reply, next) => {
    if (request.routeOptions.logLevel === 'silent') {
      next();
      return;
    }
    const span = startSpan(scope, request);
    spans.set(request, span);
    context.with(trace.setSpan(ROOT_CONTEXT, span), next);
  });
  server.addHook('onResponse', (request, reply, next) => {
    end(request, reply.statusCode);
    next();
  });
  server.addHook('onRequestAbort', (request, next) => {
    end(request);
    next();
  });
}

function startSpan(scope: string, { method, routeOptions: { url } }: FastifyRequest): Span {
  const attributes = { 'http.request.method': method, ...(url === undefined ? {} : { 'http.route': url }) };
  const name = url === undefined ? method : `${method} ${url}`;
  return trace.getTracer(scope).startSpan(name, { kind: SpanKind.SERVER, root: true, attributes });
}
