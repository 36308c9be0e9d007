import type { BusError } from '../bus-error.ts';
import type { BusLogger } from '../bus-logger.ts';
import type { BackOff } from '../delivery/back-off.ts';
import type { ChaosOptions } from './chaos.ts';

export interface EmbeddedBusOptions {
  /** Where the bus lives; created when missing. One process at a time (BusError `bus-in-use`). */
  readonly directory: string;
  readonly logger: BusLogger;
  /** Called when the bus itself fails, for instance its disk; the process should end. */
  readonly onFatal: (error: BusError) => void;
  /** Duplicates, delays and shuffles across partitions, by seed. */
  readonly chaos?: ChaosOptions;
  /** Largest record, counted as Kafka counts it. Default 1,048,588 bytes, Kafka's own. */
  readonly maxRecordBytes?: number;
  /** Waiting times of a partition whose handler threw. Default 200 ms up to 30 s. */
  readonly backOff?: BackOff;
  /** How long a stopping consumer waits for its handler before it aborts the handler's signal. Default 20,000. */
  readonly stopWithinMs?: number;
}
