import type { FindOpenSettings } from '@learnamp/organisations';

/**
 * Learner ids of the Owners who alone may sign in by password, because it is switched off for everybody else. Without them
 * nobody would come in while Microsoft can't be reached.
 */
export async function breakGlassOwners(
  { findSettings }: { readonly findSettings: FindOpenSettings },
  organisationIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const settings = await findSettings(organisationIds);
  return new Set(
    [...settings.values()].flatMap(({ passwordAccess: access }) => (access.kind === 'one' ? access.learnerId : [])),
  );
}
