import type { BatchHandler, BusRecord, HandlerContext, Outcome } from '@learnamp/bus';
import type { Logger } from '@learnamp/service';
import { inSpan } from '@learnamp/tracing';
import { inRounds } from './in-rounds.ts';

/** A record as the states and markers of a topic, or what becomes of it without being applied. */
export type Intake<State, Marker> =
  | { readonly kind: 'state'; readonly state: State }
  | { readonly kind: 'marker'; readonly marker: Marker }
  | { readonly kind: 'refused'; readonly outcome: Outcome };

export interface BatchHandlerDeps<State, Marker> {
  /** Never throws for what a record holds. */
  readonly read: (record: BusRecord) => Intake<State, Marker>;
  /** Whose state it is. */
  readonly keyOf: (state: State) => string;
  /** Applies states of different keys; answers with those that were outdated. */
  readonly applyRound: (states: readonly State[]) => Promise<ReadonlySet<State>>;
  /** Applies a marker after everything before it; false when it was outdated. */
  readonly applyMarker: (marker: Marker) => Promise<boolean>;
  readonly logger: Logger;
}

const done: Outcome = { kind: 'done' };
const outdated: Outcome = { kind: 'skip', reason: 'something newer is applied already, or the person was erased' };

/**
 * Handles batches of a topic that carries states and, between them, markers: states in bulk, each marker after the
 * states before it. Whatever throws here is trouble with MongoDB, so the bus hands the batch over again.
 */
export function createBatchHandler<State extends object, Marker extends object>(
  deps: BatchHandlerDeps<State, Marker>,
): BatchHandler {
  return async (records, context) => {
    const intakes = records.map(deps.read);
    const skipped = new Set<State | Marker>();
    let waiting: State[] = [];
    for (const intake of intakes) {
      if (intake.kind === 'state') waiting.push(intake.state);
      if (intake.kind !== 'marker') continue;
      await applyStates(deps, waiting, skipped, context);
      waiting = [];
      if (!(await appliedMarker(deps, intake.marker))) skipped.add(intake.marker);
    }
    await applyStates(deps, waiting, skipped, context);
    if (skipped.size > 0)
      deps.logger.info({ skipped: skipped.size, records: records.length }, 'outdated records skipped');
    return intakes.map((intake) => outcomeOf(intake, skipped));
  };
}

const appliedMarker = <State, Marker>({ applyMarker }: BatchHandlerDeps<State, Marker>, marker: Marker) =>
  inSpan('apply marker', { scope: 'profile-writer' }, () => applyMarker(marker));

async function applyStates<State extends object, Marker extends object>(
  deps: BatchHandlerDeps<State, Marker>,
  states: readonly State[],
  skipped: Set<State | Marker>,
  { signal, heartbeat }: HandlerContext,
): Promise<void> {
  const applyRound = (round: readonly State[]) => {
    const attributes = { 'learnamp.states': round.length };
    return inSpan('apply round', { scope: 'profile-writer', attributes }, () => deps.applyRound(round));
  };
  for (const round of inRounds(states, deps.keyOf)) {
    signal.throwIfAborted();
    for (const state of await applyRound(round)) skipped.add(state);
    await heartbeat();
  }
}

function outcomeOf<State, Marker>(intake: Intake<State, Marker>, skipped: ReadonlySet<State | Marker>): Outcome {
  if (intake.kind === 'refused') return intake.outcome;
  return skipped.has(intake.kind === 'state' ? intake.state : intake.marker) ? outdated : done;
}
