import type { OperatorBus } from '../../src/index.ts';
import type { BusAddress, OpenOptions } from '../support/child-bus.ts';

/** A place of its own for one check: nothing is in it at first. */
export interface BusSystem {
  readonly address: BusAddress;
  /** Opens a bus on it; the check closes it before it opens another. */
  open(options?: OpenOptions): OperatorBus;
  /** Takes a topic away behind the bus's back; no bus is open meanwhile. */
  removeTopic(topic: string): Promise<void>;
}

/** One fact about every driver. Rejects, with what is wrong, when the driver does not keep to it. */
export interface Check {
  readonly fact: string;
  readonly run: (system: BusSystem) => Promise<void>;
}
