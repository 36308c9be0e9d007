import { type Attributes, trace } from '@opentelemetry/api';

export type { Attributes } from '@opentelemetry/api';

/** Notes something at the span that is active, where one is. */
export function annotate(attributes: Attributes): void {
  trace.getActiveSpan()?.setAttributes(attributes);
}
