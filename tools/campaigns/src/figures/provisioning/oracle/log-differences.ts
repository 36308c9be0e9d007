import type { LearnerDocument, ProvisioningLogDocument } from '@learnamp/learners';

type Facts = Readonly<Record<string, unknown>>;

/** Where the log, told from its beginning, comes to something else than what is kept of a learner. */
export function logDifferences(
  learners: readonly LearnerDocument[],
  log: readonly ProvisioningLogDocument[],
): string[] {
  return learners.flatMap((learner) => {
    const told = toldBy(log.filter(({ learnerId }) => learnerId === learner._id));
    return Object.entries(factsOf(learner)).flatMap(([field, is]) => {
      const said = told[field] ?? null;
      const personId = learner.sources.microsoft?.personId ?? '';
      return said === is
        ? []
        : [`${personId} has ${field} ${JSON.stringify(is)}, and ${JSON.stringify(said)} by the log`];
    });
  });
}

function toldBy(entries: readonly ProvisioningLogDocument[]): Facts {
  const inOrder = entries.toSorted((one, other) => (one.version < other.version ? -1 : 1));
  const changes = inOrder.flatMap((entry) => entry.changes);
  return Object.fromEntries(changes.map((change) => [change.field, change.new]));
}

/** What a log tells of somebody. Of who never was an active learner it tells nothing. */
function factsOf({ active, fields, manager, tombstone }: LearnerDocument): Facts {
  if (tombstone === true) return {};
  return { ...fields, active, manager: manager?.personId ?? null };
}
