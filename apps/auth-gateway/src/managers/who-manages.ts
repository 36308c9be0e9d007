import type { LearnerDocument } from '@learnamp/learners';
import type { Organisation } from '@learnamp/organisations';
import type { Model } from 'mongoose';
import { nameOf } from '../home/profile.ts';
import { knownPeople, type KnownPeopleDeps } from './known-people.ts';

export interface WhoManagesDeps extends KnownPeopleDeps {
  readonly learners: Model<LearnerDocument>;
}

/** Somebody whom active learners have as their manager. */
export interface Managing {
  readonly personId: string;
  /** Null of somebody who is no learner. */
  readonly learnerId: string | null;
  readonly name: string | null;
  /** How many active learners they manage. */
  readonly reports: number;
  readonly standing: 'linked' | 'inactive' | 'waiting' | 'out-of-scope';
}

export interface WhoManages {
  readonly managers: readonly Managing[];
  /** How many active learners have no manager. */
  readonly unmanaged: number;
}

interface Counted {
  readonly _id: string | null;
  readonly learnerId: string | null;
  readonly reports: number;
}

/** Everybody who manages an active learner: counted from an index, and looked up once each. */
export async function whoManages(
  deps: WhoManagesDeps,
  organisation: Pick<Organisation, 'id' | 'microsoft'>,
): Promise<WhoManages> {
  const counted = await deps.learners.aggregate<Counted>([
    { $match: { organisationId: organisation.id, active: true } },
    // Somebody who is being linked is linked for some of their reports already.
    {
      $group: {
        _id: { $ifNull: ['$manager.personId', null] },
        learnerId: { $max: '$manager.learnerId' },
        reports: { $sum: 1 },
      },
    },
  ]);
  const named = counted.flatMap(({ _id: personId, ...rest }) => (personId === null ? [] : [{ personId, ...rest }]));
  const learners = await learnersAmong(deps, organisation.id, named);
  const others = named.filter(({ learnerId }) => !learners.has(learnerId ?? ''));
  const known = await knownPeople(
    deps,
    organisation,
    others.map(({ personId }) => personId),
  );
  const managers = named.map(({ personId, learnerId, reports }): Managing => {
    const learner = learners.get(learnerId ?? '');
    if (learner) {
      const standing = learner.active ? 'linked' : 'inactive';
      return { personId, reports, learnerId: learner._id, name: nameOf(learner), standing };
    }
    const { mayCome = false, name = null } = known.get(personId) ?? {};
    return { personId, reports, learnerId: null, name, standing: mayCome ? 'waiting' : 'out-of-scope' };
  });
  return { managers, unmanaged: counted.find(({ _id }) => _id === null)?.reports ?? 0 };
}

async function learnersAmong(
  { learners }: WhoManagesDeps,
  organisationId: string,
  named: readonly Pick<Counted, 'learnerId'>[],
): Promise<ReadonlyMap<string, LearnerDocument>> {
  const ids = named.flatMap(({ learnerId }) => learnerId ?? []);
  const found = await learners
    .find({ organisationId, _id: { $in: ids }, tombstone: { $ne: true } }, 'active fields')
    .lean<LearnerDocument[]>();
  return new Map(found.map((learner) => [learner._id, learner]));
}
