import type { UserState } from '@learnamp/contracts';
import { addressKey, employeeKey } from '@learnamp/directory';
import type { LearnerDocument } from '@learnamp/learners';

/** By what a state of the directory is compared with learners. */
export const keysOfState = ({ employeeId, userPrincipalName, fields: { email } }: UserState): string[] =>
  keysOf([employeeId], [userPrincipalName, email]);

type Known = Pick<LearnerDocument, 'fields' | 'sources' | 'formerLinks'>;

/** By what a learner is found: all that any source says, what is shown, and the accounts that a newer one replaced. */
export function keysOfLearner({ fields, sources: { microsoft, manual }, formerLinks = [] }: Known): string[] {
  const replaced = formerLinks.filter(({ ended }) => ended === 'replaced');
  return keysOf(
    [manual?.employeeId, microsoft?.employeeId, ...replaced.map(({ employeeId }) => employeeId)],
    [
      fields.email,
      manual?.fields.email,
      manual?.userPrincipalName,
      microsoft?.userPrincipalName,
      ...replaced.map(({ userPrincipalName }) => userPrincipalName),
    ],
  );
}

type Text = string | null | undefined;

function keysOf(employeeIds: readonly Text[], addresses: readonly Text[]): string[] {
  const said = (texts: readonly Text[]) => texts.filter((text) => text?.trim()).map(String);
  return [...new Set([...said(employeeIds).map(employeeKey), ...said(addresses).map(addressKey)])].sort();
}
