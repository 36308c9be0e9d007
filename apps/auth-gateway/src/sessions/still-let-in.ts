import { mayUsePassword, type Organisation, passwordAccessOf } from '@learnamp/organisations';
import { isGuestByDirectory } from '../sign-in/guests.ts';
import type { Visitor } from './visitors.ts';

/**
 * Whether the organisation's settings still let somebody in who came the way that their session began: whoever came in by
 * a password goes when it is switched off, and guests go when they are let in no more. Who is a guest is the directory's
 * word here, because a session doesn't keep what a token said.
 */
export function isStillLetIn({ session, learner }: Visitor, organisation: Organisation): boolean {
  if (session.microsoft === null) return mayUsePassword(passwordAccessOf(organisation), learner._id);
  return organisation.singleSignOn.guests || !isGuestByDirectory(learner);
}
