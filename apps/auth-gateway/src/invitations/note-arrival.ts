import type { Bus } from '@learnamp/bus';
import type { InvitationDocument, LearnerDocument } from '@learnamp/learners';
import { insertOnce } from '@learnamp/mongo';
import type { Logger } from '@learnamp/service';
import type { Model } from 'mongoose';
import type { Redemption } from './redemption-model.ts';
import { giveCommand } from './send-command.ts';

export interface NoteArrivalDeps {
  readonly bus: Pick<Bus, 'publish'>;
  readonly invitations: Model<InvitationDocument>;
  readonly redemptions: Model<Redemption>;
  readonly clock: () => Date;
  readonly logger: Logger;
}

/**
 * Notes that a learner has come for the first time: the link of their invitation is used up, and profile-writer is told
 * that nobody is to invite them any more. Signing in doesn't wait for that; while it isn't known, the next one says it
 * again.
 */
export async function noteArrival(deps: NoteArrivalDeps, learner: LearnerDocument): Promise<void> {
  if (learner.joinedAt) return;
  const { _id: learnerId, organisationId } = learner;
  const invitation = await deps.invitations.findOne({ _id: learnerId, organisationId }, { tokenHash: 1 }).lean();
  if (invitation?.tokenHash) {
    const about = { organisationId, learnerId, how: 'single-sign-on', at: deps.clock() };
    await insertOnce(deps.redemptions, [{ ...about, _id: invitation.tokenHash }]);
  }
  const action = { kind: 'accept-invitation', learnerId } as const;
  await giveCommand(deps, { organisationId, requestedBy: learnerId, action }).catch((err: unknown) => {
    deps.logger.warn({ organisationId, learnerId, err }, 'arrival not announced');
  });
}
