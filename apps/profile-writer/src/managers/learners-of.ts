import type { LearnerDocument } from '@learnamp/learners';
import type { Model } from 'mongoose';
import { amongOrganisations, idsOf, type PersonRef } from '../matching/find-people.ts';

/** Finds the learner, active or not, who is linked to a person; null where there is none. A tombstone is none. */
export type LearnerOf = (organisationId: string, personId: string) => string | null;

/** Reads which of these people are learners. */
export async function learnersOf(learners: Model<LearnerDocument>, people: readonly PersonRef[]): Promise<LearnerOf> {
  const found = await amongOrganisations(learners, people, {
    'sources.microsoft.personId': idsOf(people),
    tombstone: { $ne: true },
  });
  const ids = new Map(
    found.map((learner) => [keyOf(learner.organisationId, learner.sources.microsoft?.personId), learner._id]),
  );
  return (organisationId, personId) => ids.get(keyOf(organisationId, personId)) ?? null;
}

const keyOf = (organisationId: string, personId = '') => `${organisationId}\n${personId}`;
