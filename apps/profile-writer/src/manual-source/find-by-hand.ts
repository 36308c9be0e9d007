import type { LearnerCommand } from '@learnamp/contracts';
import { type ImportAction, importKeys, importTarget, type LearnerDocument, learnerIdOf } from '@learnamp/learners';
import type { Model } from 'mongoose';

/** A command that imports somebody. */
export interface ImportCommand extends LearnerCommand {
  readonly action: ImportAction;
}

export const isImport = (command: LearnerCommand): command is ImportCommand => command.action.kind === 'import';

/** The learner that an import is about; `stored` is undefined of one who is to be made. */
export interface ImportTarget {
  readonly learnerId: string;
  readonly stored: LearnerDocument | undefined;
}

export type FoundByHand = ImportTarget | { readonly refused: string };

/** The learner whom an import names, or made before. */
const namedBy = ({ organisationId, commandId, action }: ImportCommand): string =>
  action.learnerId ?? learnerIdOf(organisationId, 'manual', commandId);

/** Finds the learner of each of these imports of one organisation: the one that it names, or the one who is alike. */
export async function findByHand(
  learners: Model<LearnerDocument>,
  organisationId: string,
  commands: readonly ImportCommand[],
): Promise<(command: ImportCommand) => FoundByHand> {
  const ids = commands.map(namedBy);
  const keys = [...new Set(commands.flatMap(({ action }) => importKeys(action)))];
  const isOne = { organisationId, tombstone: { $ne: true as const } };
  const found = await learners
    .find({
      $or: [
        { _id: { $in: ids }, ...isOne },
        { matchKeys: { $in: keys }, ...isOne },
      ],
    })
    .lean();
  const [byId, byKey] = [new Map(found.map((learner) => [learner._id, learner])), learnersByKey(found)];
  return (command) => {
    const learnerId = namedBy(command);
    const alike = [...new Set(importKeys(command.action).flatMap((key) => byKey.get(key) ?? []))];
    const target = importTarget(command.action, { named: byId.get(learnerId), alike });
    if ('refused' in target) return target;
    return { learnerId: target.learner?._id ?? learnerId, stored: target.learner ?? undefined };
  };
}

function learnersByKey(learners: readonly LearnerDocument[]): ReadonlyMap<string, readonly LearnerDocument[]> {
  const byKey = new Map<string, LearnerDocument[]>();
  for (const learner of learners) {
    for (const key of learner.matchKeys ?? []) byKey.set(key, [...(byKey.get(key) ?? []), learner]);
  }
  return byKey;
}
