import type { Logger } from '../logger.ts';
import { type TracingVariables, tracesUrl } from './tracing-variables.ts';

/** Traces while they are on. `stop` sends what is left, within two seconds. */
export interface Tracing {
  stop(): Promise<void>;
}

/** Starts OpenTelemetry's SDK where the variables name a collector. Otherwise it isn't even loaded. */
export async function startTracing(service: string, variables: TracingVariables, logger: Logger): Promise<Tracing> {
  const url = tracesUrl(variables);
  if (url === undefined) return { stop: () => Promise.resolve() };
  const { startSdk } = await import('./start-sdk.ts');
  return startSdk({ service, url, variables, logger });
}
