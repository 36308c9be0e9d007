import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  ParentBasedSampler,
  type Sampler,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace';
import type { TracingVariables } from './tracing-variables.ts';

/** Which traces are recorded: those whose parent is, and of the others all, unless the variables say otherwise. */
export function samplerOf({ OTEL_TRACES_SAMPLER, OTEL_TRACES_SAMPLER_ARG }: TracingVariables): Sampler {
  const [, parentBased, name] = /^(parentbased_)?(.*)$/.exec(OTEL_TRACES_SAMPLER ?? 'parentbased_always_on') ?? [];
  const root = rootOf(name, OTEL_TRACES_SAMPLER_ARG ?? 1);
  return parentBased ? new ParentBasedSampler({ root }) : root;
}

function rootOf(name: string | undefined, ratio: number): Sampler {
  if (name === 'always_off') return new AlwaysOffSampler();
  return name === 'traceidratio' ? new TraceIdRatioBasedSampler(ratio) : new AlwaysOnSampler();
}
