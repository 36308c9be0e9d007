import Type, { type Static } from 'typebox';

const address = Type.String({ pattern: '^https?://[^/?#\\s]+[^?#\\s]*$' });

const samplers = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;

/**
 * OpenTelemetry's standard variables, as far as they decide whether and how much is traced. The others of the exporter
 * (`OTEL_EXPORTER_OTLP_HEADERS`, `…_TIMEOUT`, `…_COMPRESSION`, `…_CERTIFICATE`) and those of the resource are read by the SDK.
 */
export const TracingVariables = Type.Object({
  /** Where a collector takes OTLP over HTTP; spans go to `/v1/traces` there. Without an address nothing is traced. */
  OTEL_EXPORTER_OTLP_ENDPOINT: Type.Optional(address),
  /** The same for spans alone, as it is. */
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: Type.Optional(address),
  OTEL_SDK_DISABLED: Type.Optional(Type.String({ pattern: '^(?:[tT][rR][uU][eE]|[fF][aA][lL][sS][eE])$' })),
  OTEL_TRACES_SAMPLER: Type.Optional(Type.Enum(samplers)),
  /** Of the samplers with a ratio: 0 to 1. */
  OTEL_TRACES_SAMPLER_ARG: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
  /** How long spans are gathered before they are sent, in milliseconds. */
  OTEL_BSP_SCHEDULE_DELAY: Type.Optional(Type.Integer({ minimum: 1, maximum: 60_000 })),
});

export type TracingVariables = Static<typeof TracingVariables>;

/** Where spans are sent to; undefined where nothing is to be traced. */
export function tracesUrl(variables: TracingVariables): string | undefined {
  if (variables.OTEL_SDK_DISABLED?.toLowerCase() === 'true') return undefined;
  const { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: own, OTEL_EXPORTER_OTLP_ENDPOINT: shared } = variables;
  return own ?? (shared && `${shared.replace(/\/$/, '')}/v1/traces`);
}
