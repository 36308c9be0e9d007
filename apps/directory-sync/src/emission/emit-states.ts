import type { UserState } from '@learnamp/contracts';
import type { WantedState } from '@learnamp/directory';
import { type PersonRecord, personRecordId } from '@learnamp/sync-state';
import { annotate } from '@learnamp/tracing';
import type { RunContext } from '../runs/run-context.ts';
import { stopIfNeeded } from '../runs/stop-if-needed.ts';
import { stage } from '../tracing/stage.ts';
import { eventOf } from './event-of.ts';
import { pathsOf } from './paths-of.ts';
import { withVersions } from './with-versions.ts';

/** A state that was decided to be emitted. */
export interface DecidedState {
  readonly state: WantedState;
  readonly hash: string;
  /** An addition or a removal that nobody approved: it counts against the limits for a day. */
  readonly isCounted?: boolean;
}

// Large enough that transactions cost little, small enough that a lease is renewed often and memory stays bounded.
const CHUNK = 500;

/**
 * Emits states in three steps: stored as pending with their versions under the lease, published, marked as emitted. A
 * crash after any step loses nothing: what is pending is decided again by whoever claims the organisation next.
 */
export async function emitStates(context: RunContext, runId: string, decided: readonly DecidedState[]): Promise<void> {
  for (let start = 0; start < decided.length; start += CHUNK) {
    // A pause takes effect at once: nothing more is decided by settings that are not in force any more.
    await stopIfNeeded(context);
    const chunk = decided.slice(start, start + CHUNK);
    await stage('emit', () => emitChunk(context, runId, chunk));
  }
}

async function emitChunk(context: RunContext, runId: string, chunk: readonly DecidedState[]): Promise<void> {
  annotate({ 'learnamp.states': chunk.length });
  const events = await storePending(context, runId, chunk);
  await publishStates(context, events);
  await markEmitted(context, chunk, events);
}

async function storePending(context: RunContext, runId: string, chunk: readonly DecidedState[]): Promise<UserState[]> {
  const { organisation, stores, clock } = context;
  const at = clock();
  const paths = await pathsOf(
    context,
    chunk.map(({ state }) => state),
  );
  return withVersions(context, chunk.length, async (versions, session) => {
    const events = chunk.map(({ state, hash }, index) => {
      const path = paths.get(state.personId);
      return eventOf(organisation.id, runId, { state, hash, version: versions[index] ?? '', path });
    });
    const operations = events.map((event, index) => ({
      updateOne: {
        filter: { _id: personRecordId(organisation.id, event.personId) },
        update: {
          $set: {
            organisationId: organisation.id,
            personId: event.personId,
            pending: event,
            ...change(chunk[index], at),
          },
        },
        upsert: true,
      },
    }));
    await stores.people.bulkWrite(operations, { session, ordered: false });
    return events;
  });
}

/** An addition or a removal counts from now on, whether or not we live to see it acknowledged. */
function change(decided: DecidedState | undefined, at: Date): Pick<Partial<PersonRecord>, 'changed'> {
  if (decided?.isCounted === undefined) return {};
  const direction = decided.state.active ? 'addition' : 'removal';
  return { changed: { at, direction, approved: !decided.isCounted } };
}

async function publishStates(
  { publish, stateRecord, organisation, clock }: RunContext,
  events: readonly UserState[],
): Promise<void> {
  const about = { organisationId: organisation.id, source: 'directory-sync', time: clock() };
  await publish(events.map((event) => stateRecord(event, about)));
}

// Whatever was open about a person is answered by what was emitted of them.
const settled = {
  pending: null,
  missingSince: null,
  outsideSince: null,
  notMemberSince: null,
  keptUntil: null,
  proposal: null,
} as const;

async function markEmitted(
  { stores, organisation }: RunContext,
  chunk: readonly DecidedState[],
  events: readonly UserState[],
): Promise<void> {
  const operations = chunk.map(({ state, hash }, index) => {
    const version = events[index]?.version ?? '';
    const literal = { $literal: { version, hash, state } };
    return {
      updateOne: {
        // Only what is still pending as we stored it: a newer holder may have decided again.
        filter: { _id: personRecordId(organisation.id, state.personId) as never, 'pending.version': version },
        update: [{ $set: { emitted: literal, formerManagerId: formerManager(state), ...settled } }],
      },
    };
  });
  await stores.people.collection.bulkWrite(operations, { ordered: false });
}

/** The manager of the state that was emitted before this one, where this one has none. */
const formerManager = ({ managerId }: WantedState) =>
  managerId ? null : { $ifNull: ['$emitted.state.managerId', '$formerManagerId', null] };
