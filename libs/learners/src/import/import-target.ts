import type { LearnerAction } from '@learnamp/contracts';
import { addressKey, employeeKey } from '@learnamp/directory';
import type { LearnerDocument } from '../learner/learner-model.ts';

export type ImportAction = Extract<LearnerAction, { kind: 'import' }>;

/** What is compared: a learner's id, where they are from, and their employee id by hand. */
export type KnownLearner = Pick<LearnerDocument, '_id' | 'sources'>;

/** By what the learner of an import is found where none is named. */
export const importKeys = ({ employeeId, userPrincipalName, fields: { email } }: ImportAction): string[] => [
  ...(employeeId?.trim() ? [employeeKey(employeeId)] : []),
  ...[userPrincipalName, email].flatMap((address) => (address?.trim() ? [addressKey(address)] : [])),
];

/**
 * The learner that an import is about, or null of one who is to be made: `named` where the import names one, else the
 * one `alike` who is known by hand alone. Whoever the directory has brought has to be named, so that a list doesn't
 * keep leavers active.
 */
export function importTarget<Known extends KnownLearner>(
  action: ImportAction,
  { named, alike }: { readonly named: Known | undefined; readonly alike: readonly Known[] },
): { readonly learner: Known | null } | { readonly refused: string } {
  if (named) return { learner: named };
  if (action.learnerId !== undefined) return { refused: 'There is no such learner.' };
  if (importKeys(action).length === 0) return { refused: 'A learner needs an employee id or an email address.' };
  const [only, ...others] = alike;
  if (!only) return { learner: null };
  if (others.length > 0) return { refused: 'Several learners have this employee id or one of these addresses.' };
  const refused = refusalOf(only, action);
  return refused === undefined ? { learner: only } : { refused };
}

function refusalOf({ sources: { microsoft, manual } }: KnownLearner, { employeeId }: ImportAction): string | undefined {
  if (microsoft) return 'The learner with this employee id or address comes from the directory: name them.';
  if (employeeId !== undefined && (manual?.employeeId ?? employeeId).trim() !== employeeId.trim()) {
    return 'A learner with another employee id has this address.';
  }
  return undefined;
}
