import type { InvitationDocument, LearnerDocument, ProvisioningLogDocument } from '@learnamp/learners';

type Value = string | boolean | null;

/** What only happens once, and what came of it, after everything. */
export interface Effects {
  readonly learners: readonly LearnerDocument[];
  readonly log: readonly ProvisioningLogDocument[];
  readonly invitations: readonly InvitationDocument[];
  /** Mails that the mail server took over, by address. */
  readonly mails: ReadonlyMap<string, number>;
}

/** Where an effect happened twice, or not at all, a line each. */
export function effectProblems({ learners, log, invitations, mails }: Effects): string[] {
  return [
    ...learners.flatMap((learner) =>
      logProblems(
        learner,
        log.filter(({ learnerId }) => learnerId === learner._id),
      ),
    ),
    ...invitations.flatMap((invitation) => mailProblems(invitation, mails)),
    ...[...mails].filter(([, count]) => count > 1).map(([address, count]) => `${address} got ${count} mails`),
  ];
}

/** A learner's entries tell one story: made once, each old value the new one before it, and the last what is shown. */
function logProblems(learner: LearnerDocument, log: readonly ProvisioningLogDocument[]): string[] {
  const entries = log.toSorted((one, other) => (one.version < other.version ? -1 : 1));
  const shown = new Map<string, Value>();
  const problems: string[] = [];
  for (const { action, changes, version } of entries) {
    for (const { field, old, new: value } of changes) {
      if ((shown.get(field) ?? null) !== old)
        problems.push(`${learner._id} ${version}: ${field} was not ${String(old)}`);
      shown.set(field, value);
    }
    if (action === 'created' && entries[0]?.version !== version) problems.push(`${learner._id} was made twice`);
  }
  const is: Readonly<Record<string, Value>> = { active: learner.active, ...learner.fields };
  for (const [field, value] of Object.entries(is))
    if ((shown.get(field) ?? null) !== value)
      problems.push(`${learner._id}: nothing tells of ${field} ${String(value)}`);
  return problems;
}

function mailProblems({ _id, state, address }: InvitationDocument, mails: Effects['mails']): string[] {
  if (['queued', 'sending', 'refused'].includes(state)) return [`the invitation of ${_id} is ${state} still`];
  return state === 'sent' && mails.get(address ?? '') !== 1 ? [`no mail came for ${_id}, who is said to have one`] : [];
}
