import type { ToldSpan } from './told-span.ts';

/** The part of OTLP's JSON encoding that spans come in (opentelemetry-proto, trace service). */
interface ExportRequest {
  readonly resourceSpans?: readonly {
    readonly resource?: { readonly attributes?: readonly KeyValue[] };
    readonly scopeSpans?: readonly {
      readonly scope?: { readonly name?: string };
      readonly spans?: readonly OtlpSpan[];
    }[];
  }[];
}

interface OtlpSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes?: readonly KeyValue[];
  readonly links?: readonly { readonly traceId: string; readonly spanId: string }[];
  readonly status?: { readonly code?: number };
}

interface KeyValue {
  readonly key: string;
  readonly value: AnyValue;
}

type AnyValue = Readonly<Record<string, unknown>> & { readonly arrayValue?: { readonly values?: readonly AnyValue[] } };

const kinds = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'];
const ERROR = 2;

/** The spans of one export request. */
export function spansOf(body: string): ToldSpan[] {
  const { resourceSpans = [] } = JSON.parse(body) as ExportRequest;
  return resourceSpans.flatMap(({ resource, scopeSpans = [] }) => {
    const service = String(attributesOf(resource?.attributes)['service.name']);
    return scopeSpans.flatMap(({ scope, spans = [] }) => spans.map((span) => told(service, scope?.name ?? '', span)));
  });
}

function told(service: string, scope: string, span: OtlpSpan): ToldSpan {
  const { traceId, spanId, parentSpanId, name, links = [] } = span;
  const startedAt = Number(span.startTimeUnixNano) / 1e6;
  return {
    ...{ service, scope, name, traceId, spanId, parentSpanId: parentSpanId === '' ? undefined : parentSpanId },
    kind: kinds[span.kind] ?? '',
    links: links.map((link) => ({ traceId: link.traceId, spanId: link.spanId })),
    attributes: attributesOf(span.attributes),
    failed: span.status?.code === ERROR,
    startedAt,
    milliseconds: Number(BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano)) / 1e6,
  };
}

const attributesOf = (pairs: readonly KeyValue[] = []): Record<string, unknown> =>
  Object.fromEntries(pairs.map(({ key, value }) => [key, plain(value)]));

function plain(value: AnyValue): unknown {
  if (value.arrayValue) return (value.arrayValue.values ?? []).map(plain);
  const [first] = Object.values(value);
  return 'intValue' in value ? Number(first) : first;
}
