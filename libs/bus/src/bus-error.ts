/**
 * - `bus-unavailable` (retriable): the broker did not acknowledge in time; the records may or may not be in the log.
 * - `bus-closed`: the bus was closed before the work was done.
 * - `bus-in-use`: another process has the embedded bus of this directory open.
 * - `no-bus`: there is no embedded bus in this directory.
 * - `message-too-large`: a record exceeds the size limit; nothing of the call was sent.
 * - `unknown-topic`, `unknown-partition`, `offset-out-of-range`: no such place in the log.
 * - `partition-count-mismatch`: the topic exists with another number of partitions.
 * - `group-active`: the consumer group has members.
 * - `outcome-count`: a handler did not return one outcome per record.
 * - `rejected-by-broker`: the broker answered with an error that trying again does not cure.
 * - `consumer-dead`: a consumer ended for good; the process should end too.
 */
export type BusErrorCode =
  | 'bus-unavailable'
  | 'bus-closed'
  | 'bus-in-use'
  | 'no-bus'
  | 'message-too-large'
  | 'unknown-topic'
  | 'unknown-partition'
  | 'offset-out-of-range'
  | 'partition-count-mismatch'
  | 'group-active'
  | 'outcome-count'
  | 'rejected-by-broker'
  | 'consumer-dead';

const retriableCodes: ReadonlySet<BusErrorCode> = new Set<BusErrorCode>(['bus-unavailable']);

/** The only error this library throws. Messages name topics, partitions and keys, never what a record says. */
export class BusError extends Error {
  override readonly name = 'BusError';
  readonly code: BusErrorCode;
  /** Whether the same call may succeed later without anything being changed. */
  readonly retriable: boolean;

  constructor(code: BusErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.retriable = retriableCodes.has(code);
  }
}
