import type { LearnerAction } from '@learnamp/contracts';
import { type LearnerDocument, learnerIdOf } from '@learnamp/learners';
import type { Model } from 'mongoose';
import { addressKey, employeeKey } from '../matching/match-keys.ts';

export type ImportAction = Extract<LearnerAction, { kind: 'import' }>;

/** The learner that an import is about; `stored` is undefined of one who is to be made. */
export interface ImportTarget {
  readonly learnerId: string;
  readonly stored: LearnerDocument | undefined;
}

/**
 * Finds the learner of an import: by id where one is named, else by employee id or address among learners who are only
 * known by hand. Whoever the directory has brought has to be named, so that a list doesn't keep leavers active.
 */
export async function findByHand(
  learners: Model<LearnerDocument>,
  { organisationId, commandId }: { readonly organisationId: string; readonly commandId: string },
  action: ImportAction,
): Promise<ImportTarget | { readonly refused: string }> {
  const { learnerId = learnerIdOf(organisationId, 'manual', commandId) } = action;
  const named = await learners.findOne({ _id: learnerId, organisationId, tombstone: { $ne: true } }).lean();
  if (named) return { learnerId, stored: named };
  if (action.learnerId !== undefined) return { refused: 'There is no such learner.' };
  const keys = keysOf(action);
  if (keys.length === 0) return { refused: 'A learner needs an employee id or an email address.' };
  const alike = await learners.find({ organisationId, matchKeys: { $in: keys }, tombstone: { $ne: true } }).lean();
  const [only, ...others] = alike;
  if (!only) return { learnerId, stored: undefined };
  if (others.length > 0) return { refused: 'Several learners have this employee id or one of these addresses.' };
  return refusalOf(only, action) ?? { learnerId: only._id, stored: only };
}

function refusalOf({ sources: { microsoft, manual } }: LearnerDocument, { employeeId }: ImportAction) {
  if (microsoft)
    return { refused: 'The learner with this employee id or address comes from the directory: name them.' };
  if (employeeId !== undefined && (manual?.employeeId ?? employeeId).trim() !== employeeId.trim()) {
    return { refused: 'A learner with another employee id has this address.' };
  }
  return undefined;
}

const keysOf = ({ employeeId, userPrincipalName, fields: { email } }: ImportAction): string[] => [
  ...(employeeId?.trim() ? [employeeKey(employeeId)] : []),
  ...[userPrincipalName, email].flatMap((address) => (address?.trim() ? [addressKey(address)] : [])),
];
