import { hashOf, removedState, type WantedState } from '@learnamp/directory';
import type { PersonRecord } from '@learnamp/sync-state';
import { proposalRecord } from '../emission/state-records.ts';
import { eventOf } from '../emission/event-of.ts';
import { withVersions } from '../emission/with-versions.ts';
import type { RunContext } from '../runs/run-context.ts';
import { stopIfNeeded } from '../runs/stop-if-needed.ts';

const AT_ONCE = 300;

interface Waiting {
  readonly standing: 'held' | 'unconfirmed';
  readonly state: WantedState;
  readonly reason: string;
}

/**
 * The end of a preview: tells of everybody whom a full run would not change at once, because of a limit, or because one
 * reading is no proof.
 */
export async function proposeWaiting(context: RunContext, runId: string): Promise<void> {
  const { stores, organisation, clock } = context;
  const organisationId = organisation.id;
  const set = await stores.heldSets.findById(organisationId).lean();
  const held = { organisationId, 'proposal.heldSince': { $gt: new Date(0) }, 'proposal.verdict': null };
  await proposeEach(context, runId, held, (record) => heldOf(record, set?.reason ?? ''));
  const active = { organisationId, 'emitted.state.active': true, 'proposal.heldSince': null };
  await proposeEach(context, runId, { ...active, missingSince: { $gt: new Date(0) } }, missingOf);
  const doubted = { notMemberSince: { $gt: new Date(0) }, missingSince: null, keptUntil: { $not: { $gt: clock() } } };
  await proposeEach(context, runId, { ...active, ...doubted }, outsideOf);
}

async function proposeEach(
  context: RunContext,
  runId: string,
  which: object,
  waitingOf: (record: PersonRecord) => Waiting | undefined,
): Promise<void> {
  let some: Waiting[] = [];
  for await (const record of context.stores.people.find(which).lean().cursor()) {
    const waiting = waitingOf(record);
    if (waiting) some.push(waiting);
    if (some.length < AT_ONCE) continue;
    await publish(context, runId, some);
    some = [];
  }
  await publish(context, runId, some);
}

async function publish(context: RunContext, runId: string, waiting: readonly Waiting[]): Promise<void> {
  if (waiting.length === 0) return;
  await stopIfNeeded(context);
  const { organisation, clock } = context;
  const versions = await withVersions(context, waiting.length, (next) => Promise.resolve(next));
  const about = { organisationId: organisation.id, source: 'directory-sync', time: clock() };
  await context.publish(
    waiting.map(({ state, ...said }, at) => {
      const event = eventOf(organisation.id, runId, { state, hash: hashOf(state), version: versions[at] ?? '' });
      return proposalRecord({ state: event, ...said }, about);
    }),
  );
}

const heldOf = ({ proposal }: PersonRecord, reason: string): Waiting | undefined =>
  proposal ? { standing: 'held', state: proposal.state, reason } : undefined;

const missingOf = ({ emitted }: PersonRecord): Waiting | undefined =>
  emitted
    ? {
        standing: 'unconfirmed',
        state: removedState(emitted.state, { cause: 'deleted', proof: 'the user was answered with 404' }),
        reason: 'will be confirmed by a second look some minutes later',
      }
    : undefined;

const outsideOf = ({ emitted }: PersonRecord): Waiting | undefined =>
  emitted
    ? {
        standing: 'unconfirmed',
        state: removedState(emitted.state, { cause: 'left', proof: 'checkMemberGroups said no for the person' }),
        reason: 'nobody known is left in the group, so it will be confirmed by a second answer half an hour later',
      }
    : undefined;
