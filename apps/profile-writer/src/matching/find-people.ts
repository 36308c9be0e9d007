import type { UserState } from '@learnamp/contracts';
import { type ConflictDocument, conflictId, type LearnerDocument } from '@learnamp/learners';
import type { Model } from 'mongoose';
import type { Found } from './decide-place.ts';
import { keysOfState } from './match-keys.ts';

/** Somebody of the directory. */
export type PersonRef = Pick<UserState, 'organisationId' | 'personId'>;

export interface FindPeopleDeps {
  readonly learners: Model<LearnerDocument>;
  readonly conflicts: Model<ConflictDocument>;
  /** The learners, and tombstones, that are linked to these people. */
  readonly loadLearners: (people: readonly PersonRef[]) => Promise<readonly LearnerDocument[]>;
}

/** What is stored that may have to do with each of these states' people, and their rows of the inbox. */
export interface FoundPeople {
  readonly of: (state: UserState) => Found;
  /** Whether a learner is linked to the person. */
  readonly isLearner: (state: UserState) => boolean;
  readonly rowOf: (state: UserState) => ConflictDocument | undefined;
}

const keyOf = (organisationId: string, what: string) => `${organisationId}\n${what}`;

/** Reads in bulk; of people who are linked already, that is all that is read. */
export async function findPeople(deps: FindPeopleDeps, states: readonly UserState[]): Promise<FoundPeople> {
  const linked = await deps.loadLearners(states);
  const own = new Map(
    linked.map((learner) => [keyOf(learner.organisationId, learner.sources.microsoft?.personId ?? ''), learner]),
  );
  const ownOf = ({ organisationId, personId }: UserState) => own.get(keyOf(organisationId, personId));
  const isLearner = (state: UserState) => ownOf(state) !== undefined && !ownOf(state)?.tombstone;
  const unknown = states.filter((state) => !isLearner(state));
  const [related, rows] = await Promise.all([relatedLearners(deps, unknown), rowsOf(deps, unknown)]);
  const [former, alike] = [formerByPerson(related), alikeByKey(related)];
  const rowOf = ({ organisationId, personId }: UserState) => rows.get(conflictId(organisationId, personId));
  return {
    rowOf,
    isLearner,
    of: (state) => ({
      own: ownOf(state),
      former: former.get(keyOf(state.organisationId, state.personId)),
      alike: [...new Set(keysOfState(state).flatMap((key) => alike.get(keyOf(state.organisationId, key)) ?? []))],
      isInInbox: rowOf(state) !== undefined,
    }),
  };
}

/** Learners who were linked to one of these people once, or have a key in common with one. */
async function relatedLearners({ learners }: FindPeopleDeps, states: readonly UserState[]): Promise<LearnerDocument[]> {
  if (states.length === 0) return [];
  const among = organisationsOf(states);
  const keys = states.flatMap(keysOfState);
  // Each alternative has an index of its own, which begins with the organisation.
  return learners
    .find({
      $or: [
        { ...among, 'formerLinks.personId': idsOf(states) },
        { ...among, matchKeys: { $in: [...new Set(keys)] } },
      ],
    })
    .lean();
}

const formerByPerson = (related: readonly LearnerDocument[]) =>
  new Map(
    related.flatMap((learner) =>
      (learner.formerLinks ?? []).map(({ personId }) => [keyOf(learner.organisationId, personId), learner] as const),
    ),
  );

function alikeByKey(related: readonly LearnerDocument[]) {
  const byKey = new Map<string, LearnerDocument[]>();
  for (const learner of related)
    for (const key of learner.matchKeys ?? []) {
      const whose = keyOf(learner.organisationId, key);
      byKey.set(whose, [...(byKey.get(whose) ?? []), learner]);
    }
  return byKey;
}

async function rowsOf({ conflicts }: FindPeopleDeps, people: readonly PersonRef[]) {
  if (people.length === 0) return new Map<string, ConflictDocument>();
  const ids = people.map(({ organisationId, personId }) => conflictId(organisationId, personId));
  return new Map((await conflicts.find({ _id: { $in: ids } }).lean()).map((row) => [row._id, row]));
}

/** Learners of these people's organisations that the filter takes; each filter has an index that begins with them. */
export async function amongOrganisations(
  learners: Model<LearnerDocument>,
  people: readonly PersonRef[],
  filter: object,
): Promise<LearnerDocument[]> {
  if (people.length === 0) return [];
  return learners.find({ ...organisationsOf(people), ...filter }).lean();
}

const organisationsOf = (people: readonly PersonRef[]) => ({
  organisationId: { $in: [...new Set(people.map(({ organisationId }) => organisationId))] },
});

export const idsOf = (people: readonly PersonRef[]) => ({ $in: [...new Set(people.map(({ personId }) => personId))] });
