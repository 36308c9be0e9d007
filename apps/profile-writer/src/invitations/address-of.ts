import type { LearnerDocument, MicrosoftSource } from '@learnamp/learners';
import { isMailbox } from '@learnamp/organisations';

type Person = Pick<MicrosoftSource, 'userPrincipalName' | 'userType' | 'mail'>;

/**
 * Where somebody can be written to: the user principal name, but `mail` for guests, whose name is no mailbox where it
 * has `#EXT#` in it. Null when there is no such address.
 */
export function addressOf({ userPrincipalName, userType, mail }: Person): string | null {
  const candidates = userType === 'Guest' ? [mail, userPrincipalName] : [userPrincipalName, mail];
  return candidates.find((candidate) => candidate !== undefined && isMailbox(candidate)) ?? null;
}

/** Where a learner can be written to: as the directory says, else by the address that was given by hand. */
export function addressOfLearner({ sources: { microsoft, manual } }: Pick<LearnerDocument, 'sources'>): string | null {
  const byHand = [manual?.fields.email, manual?.userPrincipalName].find((address) => address && isMailbox(address));
  return (microsoft?.active ? addressOf(microsoft) : null) ?? byHand ?? null;
}
