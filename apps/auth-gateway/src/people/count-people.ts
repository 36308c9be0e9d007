import type { InvitationDocument, LearnerDocument } from '@learnamp/learners';
import type { Model } from 'mongoose';
import type { Show } from './people-filter.ts';

export interface CountPeopleDeps {
  readonly learners: Model<LearnerDocument>;
  readonly invitations: Model<InvitationDocument>;
}

type Count = (deps: CountPeopleDeps, organisationId: string) => Promise<number>;

/** How many people an organisation has of a kind, however many there are: each from an index alone. */
export const countPeople: Readonly<Record<Show, Count>> = {
  all: async ({ learners }, organisationId) =>
    (await learners.countDocuments({ organisationId })) - (await tombstones(learners, organisationId)),
  'in-group': ({ learners }, organisationId) =>
    learners.countDocuments({ organisationId, 'sources.microsoft.active': true }).exec(),
  active: ({ learners }, organisationId) => learners.countDocuments({ organisationId, active: true }).exec(),
  deactivated: async ({ learners }, organisationId) =>
    (await learners.countDocuments({ organisationId, active: false })) - (await tombstones(learners, organisationId)),
  'to-invite': ({ invitations }, organisationId) =>
    invitations.countDocuments({ organisationId, state: 'held' }).exec(),
};

/** They are inactive, all of them. */
const tombstones = (learners: Model<LearnerDocument>, organisationId: string) =>
  learners.countDocuments({ organisationId, tombstone: true });
