/** Every time span that directory-sync works by, in milliseconds. */
export interface Timings {
  /** Between full reconciles; jittered so that organisations spread. */
  readonly fullEvery: number;
  /** Between delta runs that nobody asked for, at most. */
  readonly deltaEvery: number;
  /** The same while notifications are quiet: rounds find what none of them told of. */
  readonly quietDeltaEvery: number;
  /** Notifications that come within this time are one delta run. */
  readonly coalesce: number;
  /** For each id that was hinted, until hints are followed again: a burst of thousands is gathered. */
  readonly gatherPerHint: number;
  readonly longestGathering: number;
  /** After a hinted delta round that came back empty: Graph's replicas lag. */
  readonly emptyRoundRetries: readonly number[];
  /** Until what was read for a change is read again: longer than Graph's replicas lag. */
  readonly secondLookAfter: number;
  /** Between the two 404s that prove a deletion, at least. */
  readonly deletionProof: number;
  /** Between the two answers that prove that somebody left a group in which nobody is left, at least. */
  readonly emptyGroupProof: number;
  /** For how long a list of members has to be shorter than Graph's count of them until it is believed all the same. */
  readonly shortListProof: number;
  /** Between two readings of such a list. */
  readonly shortListEvery: number;
  readonly subscriptionCheckEvery: number;
  /** Life asked for a subscription; under Graph's 41,760 minutes. */
  readonly subscriptionLife: number;
  /** A lease that isn't renewed for this long may be claimed by another worker. */
  readonly leaseTtl: number;
  /** How often an idle worker looks for due work of other processes. */
  readonly poll: number;
  /** Between two progress markers of a run, at least. */
  readonly progressEvery: number;
  /** First pause after a failed run; doubles up to `longestPause`. */
  readonly firstPause: number;
  readonly longestPause: number;
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

export const defaultTimings: Timings = {
  fullEvery: 24 * hour,
  deltaEvery: 15 * minute,
  quietDeltaEvery: 5 * minute,
  coalesce: 300,
  gatherPerHint: 60,
  longestGathering: minute,
  emptyRoundRetries: [10 * second, minute],
  secondLookAfter: 30 * second,
  deletionProof: 3 * minute,
  emptyGroupProof: 30 * minute,
  shortListProof: 30 * minute,
  shortListEvery: 5 * minute,
  subscriptionCheckEvery: 10 * minute,
  subscriptionLife: 28 * 24 * hour,
  leaseTtl: 30 * second,
  poll: second,
  progressEvery: 500,
  firstPause: second,
  longestPause: 5 * minute,
};
