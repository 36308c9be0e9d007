import { types } from 'node:util';
import { brokerErrorType } from './broker-error.ts';

/** The broker no longer counts this member in: whatever it does now is another's work. */
const lostTypes = new Set(['UNKNOWN_MEMBER_ID', 'ILLEGAL_GENERATION']);
/** The member has to join again, and may finish what it has at hand before. */
const rejoinTypes = new Set(['REBALANCE_IN_PROGRESS', 'NOT_COORDINATOR_FOR_GROUP']);

/** What heartbeats and commits say about the membership, kept until the group has been joined again. */
export class GroupMembership {
  readonly #stopped: AbortSignal;
  #rejoin: Error | undefined;
  #lost = new AbortController();
  #signal: AbortSignal;

  /** `stopped` is aborted when the consumer must not wait for its handler any longer. */
  constructor(stopped: AbortSignal) {
    this.#stopped = stopped;
    this.#signal = AbortSignal.any([stopped, this.#lost.signal]);
  }

  /** Aborted when the partitions are no longer ours or the consumer has stopped. */
  get signal(): AbortSignal {
    return this.#signal;
  }

  /** Looks at an error of a heartbeat or a commit. */
  note(error: unknown): void {
    if (!types.isNativeError(error)) return;
    const type = brokerErrorType(error) ?? '';
    if (!lostTypes.has(type) && !rejoinTypes.has(type)) return;
    this.#rejoin ??= error;
    if (lostTypes.has(type)) this.#lost.abort();
  }

  /** Throws kafkajs's own error, by which kafkajs knows that it has to join again. */
  throwIfToRejoin(): void {
    if (this.#rejoin !== undefined) throw this.#rejoin;
  }

  joined(): void {
    this.#rejoin = undefined;
    this.#lost = new AbortController();
    this.#signal = AbortSignal.any([this.#stopped, this.#lost.signal]);
  }
}
