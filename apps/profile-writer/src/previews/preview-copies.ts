import { copyModel, emptyCopy, fillCopy } from '@learnamp/mongo';
import type { Collections } from '../collections.ts';

/** What applying states writes: in a preview, to copies of these. */
export type Copied = Pick<
  Collections,
  'learners' | 'teams' | 'memberships' | 'outcomeRows' | 'provisioningLog' | 'invitations' | 'conflicts'
>;

export const copiesOf = (collections: Collections): Copied => ({
  learners: copyModel(collections.learners),
  teams: copyModel(collections.teams),
  memberships: copyModel(collections.memberships),
  outcomeRows: copyModel(collections.outcomeRows),
  provisioningLog: copyModel(collections.provisioningLog),
  invitations: copyModel(collections.invitations),
  conflicts: copyModel(collections.conflicts),
});

/**
 * A preview begins with the learners as they are, and with the questions about people. Nothing else has a say in what
 * becomes of somebody, so the other copies begin empty.
 */
export async function fillCopies(originals: Collections, copies: Copied, organisationId: string): Promise<void> {
  await emptyCopies(copies, organisationId);
  await fillCopy(originals.learners, copies.learners, { organisationId });
  await fillCopy(originals.conflicts, copies.conflicts, { organisationId });
}

export async function emptyCopies(copies: Copied, organisationId: string): Promise<void> {
  for (const copy of Object.values(copies)) await emptyCopy(copy, { organisationId });
}
