import type { KnownState, WantedState } from '@learnamp/directory';
import { conflictId, type LearnerDocument } from '@learnamp/learners';
import { personRecordId } from '@learnamp/sync-state';
import { wantedOf } from '../emission/wanted-of.ts';
import type { RunContext } from './run-context.ts';

/** Where the states to compare with come from, by person id. */
export type KnownStates = (personIds: readonly string[]) => Promise<ReadonlyMap<string, KnownState>>;

/**
 * What profile-writer has applied, or keeps for somebody who waits in the conflict inbox. A full run compares with it, so
 * that whoever is behind, for whatever reason, is emitted again, and nobody only because they wait.
 */
export function appliedStates({ applied, organisation }: Pick<RunContext, 'applied' | 'organisation'>): KnownStates {
  return async (personIds) => {
    const learners = await applied.learners
      .find(
        { organisationId: organisation.id, 'sources.microsoft.personId': { $in: personIds } },
        { 'sources.microsoft': 1 },
      )
      .lean<Pick<LearnerDocument, 'sources'>[]>();
    const ids = personIds.map((personId) => conflictId(organisation.id, personId));
    const waiting = await applied.conflicts.find({ _id: { $in: ids }, state: { $ne: 'settled' } }).lean();
    const known = [...waiting.map(({ said }) => said), ...learners.flatMap(({ sources }) => sources.microsoft ?? [])];
    return new Map(known.map(({ personId, hash, active }) => [personId, { hash, active }]));
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
 * emitted: for people whose last event may or may not have arrived. Who may be active by it is to be deactivated.
 */
export function outdatedStates({ stores, organisation }: Pick<RunContext, 'stores' | 'organisation'>): KnownStates {
  return async (personIds) => {
    const ids = personIds.map((personId) => personRecordId(organisation.id, personId));
    const records = await stores.people.find({ _id: { $in: ids } }, { personId: 1, emitted: 1, pending: 1 }).lean();
    return new Map(
      records.flatMap(({ personId, emitted, pending }) => {
        const active = emitted?.state.active === true || pending?.active === true;
        return emitted || pending ? [[personId, { hash: '', active }] as const] : [];
      }),
    );
  };
}

/**
 * The last emitted states of those of the people named who are active by them and not among `members`. Whoever could
 * not be proved to have left before is always among them.
 */
export async function emittedOutside(
  { stores, organisation, clock }: Pick<RunContext, 'stores' | 'organisation' | 'clock'>,
  members: ReadonlySet<string>,
  personIds: readonly string[],
): Promise<Map<string, WantedState>> {
  const outside = new Map<string, WantedState>();
  // Whoever is kept for now need not be asked about with every change in the group.
  const unproved = { outsideSince: { $gt: new Date(0) }, keptUntil: { $not: { $gt: clock() } } };
  const named = { $or: [{ personId: { $in: personIds } }, unproved] };
  const active = stores.people
    .find({ organisationId: organisation.id, 'emitted.state.active': true, ...named })
    .lean()
    .cursor();
  for await (const { personId, emitted } of active) {
    if (emitted && !members.has(personId)) outside.set(personId, emitted.state);
  }
  return outside;
}

type Known = Pick<RunContext, 'stores' | 'applied' | 'organisation'>;

/**
 * Everybody who is active, by what was emitted last, by what profile-writer has applied, or in the conflict inbox, and not
 * among `members`. Ids alone: of a group that was emptied that is everybody, and their states would not fit into memory.
 */
export async function idsOutside(
  { stores, applied, organisation }: Known,
  members: ReadonlySet<string>,
): Promise<Set<string>> {
  const organisationId = organisation.id;
  const emitted = stores.people
    .find({ organisationId, 'emitted.state.active': true }, { _id: 0, personId: 1 })
    .lean()
    .cursor();
  const learners = applied.learners
    .find({ organisationId, 'sources.microsoft.active': true }, { _id: 0, 'sources.microsoft.personId': 1 })
    .lean<Pick<LearnerDocument, 'sources'>>()
    .cursor();
  const waiting = applied.conflicts.find(inInbox(organisationId), { _id: 0, personId: 1 }).lean().cursor();
  const outside = new Set<string>();
  for await (const { personId } of emitted) if (!members.has(personId)) outside.add(personId);
  for await (const { personId } of waiting) if (!members.has(personId)) outside.add(personId);
  for await (const { sources } of learners) {
    const personId = sources.microsoft?.personId;
    if (personId !== undefined && !members.has(personId)) outside.add(personId);
  }
  return outside;
}

/** What is known last of those of the people who are active by it: what is applied, or waits, else what was emitted. */
export async function lastActiveStates(
  { stores, applied, organisation }: Known,
  personIds: readonly string[],
): Promise<Map<string, WantedState>> {
  const organisationId = organisation.id;
  const [emitted, learners, waiting] = await Promise.all([
    stores.people.find({ organisationId, personId: { $in: personIds }, 'emitted.state.active': true }).lean(),
    applied.learners
      .find({ organisationId, 'sources.microsoft.personId': { $in: personIds }, 'sources.microsoft.active': true })
      .lean(),
    applied.conflicts.find({ ...inInbox(organisationId), personId: { $in: personIds } }).lean(),
  ]);
  return new Map([
    ...emitted.flatMap((record) => (record.emitted ? [[record.personId, record.emitted.state] as const] : [])),
    ...waiting.map(({ personId, said }) => [personId, wantedOf(said)] as const),
    ...learners.flatMap(({ sources }) =>
      sources.microsoft ? [[sources.microsoft.personId, wantedOf(sources.microsoft)] as const] : [],
    ),
  ]);
}

/** People who wait for an administrator to say who they are, or are left out by one. */
const inInbox = (organisationId: string) => ({ organisationId, state: { $ne: 'settled' as const } });
