import type { DirectoryView, EntraUser } from '../ports.ts';
import { EntraError } from '../errors/entra-error.ts';
import type { Session } from './sessions.ts';

type People = Pick<DirectoryView, 'findUser' | 'searchUsers' | 'tenant'>;

/**
 * The person a name means, who may sign in.
 * @throws EntraError 50034 for nobody's name, 50057 for a disabled account.
 */
export function signInAs(directory: People, name: string): EntraUser {
  const user = accountNamed(directory, name);
  if (user === undefined) {
    throw new EntraError(
      50034,
      `The user account ${name} does not exist in the ${directory.tenant.displayName} directory. To sign into this ` +
        `application, the account must be added to the directory.`,
    );
  }
  if (!user.accountEnabled) throw new EntraError(50057, 'The user account is disabled.');
  return user;
}

/** By id or user principal name, and a guest by the mail address of the home tenant. */
export function accountNamed(directory: People, name: string): EntraUser | undefined {
  const text = name.trim();
  const isGuestOfThatName = ({ userType, mail }: EntraUser) =>
    userType === 'Guest' && mail?.toLowerCase() === text.toLowerCase();
  return directory.findUser(text) ?? directory.searchUsers(text, GUESTS_LOOKED_AT).find(isGuestOfThatName);
}

const GUESTS_LOOKED_AT = 20;

/** Whose session it is, while the account is there and enabled: disabling someone ends the session. */
export function signedInUser(directory: People, session: Session | undefined): EntraUser | undefined {
  const user = session === undefined ? undefined : directory.findUser(session.userId);
  return user?.accountEnabled === true ? user : undefined;
}
