import type { InvitationDocument } from '@learnamp/learners';
import { insertOnce } from '@learnamp/mongo';
import { defaultProvisioning, type FindOpenSettings, type OpenSettings } from '@learnamp/organisations';
import type { Model } from 'mongoose';
import type { Plan } from '../apply-user-states/plan-state.ts';

export interface RecordInvitationsDeps {
  readonly invitations: Model<InvitationDocument>;
  readonly findSettings: FindOpenSettings;
}

/**
 * Records who is to be invited: whoever becomes a learner, and whoever is one again and never came. Withdraws the
 * invitations of those who leave. Nobody has two: a learner's invitation is written once, and anew only after it was
 * withdrawn by an older version, so neither a repetition nor a writer who lingers invites anybody twice.
 */
export async function recordInvitations(deps: RecordInvitationsDeps, plans: readonly Plan[], now: Date): Promise<void> {
  const invited = await invitedBy(deps, plans, now);
  const left = plans.filter(({ active }) => !active);
  await insertOnce(
    deps.invitations,
    invited.map(({ plan, fresh }): InvitationDocument => ({ _id: plan.learnerId, attempt: 0, ...fresh })),
  );
  const changes = [...invited.filter(({ plan }) => plan.stored).map(renewal), ...left.map(withdrawal)];
  if (changes.length > 0) await deps.invitations.bulkWrite(changes, { ordered: false });
}

type InvitationMode = OpenSettings['provisioning']['invitations'];

/** What an invitation begins with, also when it begins anew; its attempts are then counted on. */
type FreshInvitation = Omit<InvitationDocument, '_id' | 'attempt'>;

interface Invited {
  readonly plan: Plan;
  readonly fresh: FreshInvitation;
}

async function invitedBy({ findSettings }: RecordInvitationsDeps, plans: readonly Plan[], now: Date) {
  const coming = plans.filter(
    ({ action, stored }) => (action === 'created' || action === 'reactivated') && !stored?.joinedAt,
  );
  const settings = await findSettings(coming.map(({ state }) => state.organisationId));
  return coming.flatMap((plan): Invited[] => {
    const { invitations: mode } = settings.get(plan.state.organisationId)?.provisioning ?? defaultProvisioning;
    return mode === 'off'
      ? []
      : [{ plan, fresh: freshInvitation(plan.state.organisationId, plan.state.version, mode, now) }];
  });
}

/** An invitation as it begins, by the version of what invites. */
export function freshInvitation(
  organisationId: string,
  version: string,
  mode: Exclude<InvitationMode, 'off'>,
  now: Date,
): FreshInvitation {
  return {
    organisationId,
    state: mode === 'immediately' ? 'queued' : 'held',
    version,
    address: null,
    reason: null,
    tries: 0,
    nextAttemptAt: now,
    epoch: null,
    tokenHash: null,
    expiresAt: null,
    commandId: null,
    createdAt: now,
    sentAt: null,
    redeemedAt: null,
  };
}

function renewal({ plan: { learnerId }, fresh }: Invited) {
  const filter = { _id: learnerId, state: 'withdrawn', version: { $lt: fresh.version } } as const;
  return { updateOne: { filter, update: { $set: fresh } } };
}

const withdrawal = ({ learnerId, state: { version } }: Plan) => ({
  updateOne: {
    filter: { _id: learnerId, state: { $nin: ['redeemed', 'withdrawn'] as const }, version: { $lt: version } },
    update: { $set: { state: 'withdrawn' as const, version, tokenHash: null, reason: null } },
  },
});
