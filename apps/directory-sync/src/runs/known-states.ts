import type { KnownState, WantedState } from '@learnamp/directory';
import type { LearnerDocument } from '@learnamp/learners';
import { personRecordId } from '@learnamp/sync-state';
import { wantedOf } from '../emission/wanted-of.ts';
import type { RunContext } from './run-context.ts';

/** Where the states to compare with come from, by person id. */
export type KnownStates = (personIds: readonly string[]) => Promise<ReadonlyMap<string, KnownState>>;

/**
 * What profile-writer has applied. A full run compares with it, so that whoever is behind, for whatever reason, is
 * emitted again.
 */
export function appliedStates({ applied, organisation }: Pick<RunContext, 'applied' | 'organisation'>): KnownStates {
  return async (personIds) => {
    const learners = await applied.learners
      .find(
        { organisationId: organisation.id, 'sources.microsoft.personId': { $in: personIds } },
        { 'sources.microsoft': 1 },
      )
      .lean<Pick<LearnerDocument, 'sources'>[]>();
    return new Map(
      learners.flatMap(({ sources: { microsoft } }) =>
        microsoft ? [[microsoft.personId, { hash: microsoft.hash, active: microsoft.active }] as const] : [],
      ),
    );
  };
}

/** What was emitted last. A delta run compares with it: what is on its way needs no second event. */
export function emittedStates({ stores, organisation }: Pick<RunContext, 'stores' | 'organisation'>): KnownStates {
  return async (personIds) => {
    const ids = personIds.map((personId) => personRecordId(organisation.id, personId));
    const records = await stores.people.find({ _id: { $in: ids } }, { personId: 1, emitted: 1 }).lean();
    return new Map(
      records.flatMap(({ personId, emitted }) =>
        emitted ? [[personId, { hash: emitted.hash, active: emitted.state.active }] as const] : [],
      ),
    );
  };
}

/**
 * Takes everybody who was emitted for somebody in another state than the wanted one, so that everybody who is read is
 * emitted: for people whose last event may or may not have arrived.
 */
export function outdatedStates(context: Pick<RunContext, 'stores' | 'organisation'>): KnownStates {
  return async (personIds) => {
    const emitted = await emittedStates(context)(personIds);
    return new Map([...emitted].map(([personId, { active }]) => [personId, { hash: '', active }]));
  };
}

/**
 * The last emitted states of people who are active by them and not among `members`: of those named, or of everybody
 * where nobody is named. Whoever could not be proved to have left before is always among them.
 */
export async function emittedOutside(
  { stores, organisation, clock }: Pick<RunContext, 'stores' | 'organisation' | 'clock'>,
  members: ReadonlySet<string>,
  personIds?: readonly string[],
): Promise<Map<string, WantedState>> {
  const outside = new Map<string, WantedState>();
  // Whoever is kept for now need not be asked about with every change in the group.
  const unproved = { outsideSince: { $gt: new Date(0) }, keptUntil: { $not: { $gt: clock() } } };
  const named = personIds ? { $or: [{ personId: { $in: personIds } }, unproved] } : {};
  const active = stores.people
    .find({ organisationId: organisation.id, 'emitted.state.active': true, ...named })
    .lean()
    .cursor();
  for await (const { personId, emitted } of active) {
    if (emitted && !members.has(personId)) outside.set(personId, emitted.state);
  }
  return outside;
}

/** The applied states of learners who are active by them and not among `members`. */
export async function appliedOutside(
  { applied, organisation }: Pick<RunContext, 'applied' | 'organisation'>,
  members: ReadonlySet<string>,
): Promise<Map<string, WantedState>> {
  const outside = new Map<string, WantedState>();
  const active = applied.learners
    .find({ organisationId: organisation.id, 'sources.microsoft.active': true })
    .lean()
    .cursor();
  for await (const { sources } of active) {
    if (!sources.microsoft || members.has(sources.microsoft.personId)) continue;
    // Active, so there is no removal to take along.
    const { removal: _removal, ...state } = sources.microsoft;
    outside.set(state.personId, wantedOf(state));
  }
  return outside;
}
