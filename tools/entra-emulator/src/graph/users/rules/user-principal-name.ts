import type { DirectoryReads } from '../../../directory/directory.ts';
import { hasVerifiedDomain } from '../../../directory/verified-domain.ts';
import type { JsonValue } from '../../../json.ts';
import type { GraphTenant } from '../../protocol/graph-call.ts';
import { conflict, invalidUserPrincipalName } from '../../protocol/property-refusals.ts';

/** Entra's user name policy: 64 characters before the @ and 48 after it, no accents, and no dot at either end. */
const FORM = /^(?!\.)[\w'.\-!#^~]{1,64}(?<!\.)@[a-z\d][a-z\d.-]{0,46}[a-z\d]$/i;

/** Refuses a UPN that is malformed, outside the verified domains, or another user's. `ownId`: whose it may be already. */
export function checkUserPrincipalName(
  { directory }: Pick<GraphTenant, 'directory'>,
  upn: JsonValue | undefined,
  ownId?: string,
): void {
  if (typeof upn !== 'string') return;
  if (!FORM.test(upn)) throw invalidUserPrincipalName('Property userPrincipalName is invalid.');
  if (!hasVerifiedDomain(upn, directory.tenant)) {
    throw invalidUserPrincipalName(
      'The domain portion of the userPrincipalName property is invalid. You must use one of the verified domain names in your organization.',
    );
  }
  checkFree(directory, upn, ownId);
}

/** Refuses a UPN that another user has. */
export function checkFree(directory: DirectoryReads, upn: string, ownId: string | undefined): void {
  const holder = directory.findUserByUpn(upn);
  if (holder && holder.id !== ownId) throw conflict('userPrincipalName');
}
