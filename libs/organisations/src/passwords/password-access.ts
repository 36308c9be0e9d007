import type { OrganisationDocument } from '../settings/organisation-model.ts';
import { signsInWithMicrosoft } from '../tenant/consent.ts';

/**
 * Who may use a password at an organisation. `one`: the Owner who is named for emergencies, and nobody else. `nobody`: an
 * organisation from before there were passwords, where no one is named.
 */
export type PasswordAccess =
  { readonly kind: 'everybody' | 'nobody' } | { readonly kind: 'one'; readonly learnerId: string };

type Doors = Parameters<typeof signsInWithMicrosoft>[0] & {
  readonly passwords?: OrganisationDocument['passwords'] | undefined;
};

/** Passwords are switched off only as long as people sign in with Microsoft: whatever ends that brings them back. */
export function passwordAccessOf(organisation: Doors): PasswordAccess {
  const { enabled, breakGlassOwner } = passwordsOf(organisation);
  if (enabled || !signsInWithMicrosoft(organisation)) return { kind: 'everybody' };
  return breakGlassOwner === null ? { kind: 'nobody' } : { kind: 'one', learnerId: breakGlassOwner };
}

export const mayUsePassword = (access: PasswordAccess, learnerId: string): boolean =>
  access.kind === 'everybody' || (access.kind === 'one' && access.learnerId === learnerId);

/** What is stored, with what a document from before lacks. */
export const passwordsOf = ({ passwords }: Pick<Doors, 'passwords'>) => ({
  enabled: passwords?.enabled ?? false,
  breakGlassOwner: passwords?.breakGlassOwner ?? null,
});
