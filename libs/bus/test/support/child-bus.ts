import { createEmbeddedBus, createKafkaBus, type OperatorBus } from '../../src/index.ts';
import { silentLogger } from './silent-logger.ts';

/** Where a bus lives, in a form that can be handed to another process. */
export type BusAddress =
  | { readonly kind: 'embedded'; readonly directory: string }
  | { readonly kind: 'kafka'; readonly brokers: string; readonly prefix: string };

export interface OpenOptions {
  readonly onFatal?: (error: Error) => void;
  readonly backOffMs?: number;
  readonly stopWithinMs?: number;
}

/** Opens a bus with short waits. */
export function openBus(address: BusAddress, options: OpenOptions = {}): OperatorBus {
  const { onFatal = (error) => reportError(error), backOffMs = 20, stopWithinMs = 10_000 } = options;
  const common = {
    logger: silentLogger,
    onFatal,
    backOff: { initialMs: backOffMs, maxMs: backOffMs * 4 },
    stopWithinMs,
  };
  if (address.kind === 'embedded') return createEmbeddedBus({ ...common, directory: address.directory });
  return createKafkaBus({
    ...common,
    brokers: address.brokers.split(','),
    clientId: 'bus-test',
    topicPrefix: address.prefix,
    publish: 'until-closed',
    sessionTimeoutMs: 6_000,
  });
}

/** A failure that no test asked for ends the process. */
function reportError(error: Error): void {
  throw error;
}
