import type { IdTokenFlow, SignedIn } from './token-issuer.ts';

/** More groups than this do not fit into a token: it says where to ask for them. */
const LIMIT = 200;
/** An address that a browser carries takes fewer still. */
const FRONT_CHANNEL_LIMIT = 5;

/** The groups that the person is in, as far as the application wants them. */
export function groupClaims(
  { application, directory, user }: SignedIn,
  flow: IdTokenFlow,
  graphUrl: string,
): Record<string, unknown> {
  const { groupMembershipClaims = 'None' } = application;
  if (groupMembershipClaims === 'None') return {};
  const groups = directory
    .groupsOf(user.id)
    .filter(({ securityEnabled }) => securityEnabled || groupMembershipClaims === 'All')
    .map(({ id }) => id);
  if (groups.length === 0) return {};
  if (flow.kind === 'front-channel' && groups.length > FRONT_CHANNEL_LIMIT) return { hasgroups: true };
  if (groups.length <= LIMIT) return { groups };
  const endpoint = `${graphUrl}/v1.0/users/${user.id}/getMemberObjects`;
  return { _claim_names: { groups: 'src1' }, _claim_sources: { src1: { endpoint } } };
}
