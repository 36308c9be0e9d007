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
  const invited = new Set(invitations.map(({ address }) => address));
  return [
    ...learners.flatMap((learner) =>
      logProblems(
        learner,
        log.filter(({ learnerId }) => learnerId === learner._id),
      ),
    ),
    ...invitations.flatMap((invitation) => mailProblems(invitation, entrancesOf(invitation, log), mails)),
    ...[...mails.keys()]
      .filter((address) => !invited.has(address))
      .map((address) => `${address} got a mail of nobody’s`),
  ];
}

/** A learner's entries tell one story: made once, each old value the new one before it, and the last what is shown. */
function logProblems(learner: LearnerDocument, log: readonly ProvisioningLogDocument[]): string[] {
  // Whose first state to arrive says that they have left was never a learner, and nobody was told that they are.
  if (learner.tombstone === true) return log.map(({ version }) => `${learner._id} ${version}: nobody ever came`);
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

/** How often a person became a learner: whoever left before they ever came is invited anew when they return. */
const entrancesOf = ({ _id }: InvitationDocument, log: readonly ProvisioningLogDocument[]) =>
  log.filter(({ learnerId, action }) => learnerId === _id && (action === 'created' || action === 'reactivated')).length;

/** One mail for each time that somebody became a learner and was written to, at most; one at least where it was sent. */
function mailProblems(
  { _id, state, address, attempt }: InvitationDocument,
  entrances: number,
  mails: Effects['mails'],
) {
  if (['queued', 'sending', 'refused'].includes(state)) return [`the invitation of ${_id} is ${state} still`];
  const came = mails.get(address ?? '') ?? 0;
  if (state === 'sent' && came === 0) return [`no mail came for ${_id}, who is said to have one`];
  return came > Math.min(attempt, entrances)
    ? [`${came} mails came for ${_id}, who came in ${entrances} times and was written to ${attempt} times`]
    : [];
}
