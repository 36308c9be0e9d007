import type { GroupMembershipClaims } from '../application.ts';
import type { IdTokenFlow, SignedIn } from './token-issuer.ts';

/** More groups than this do not fit into a token: it says where to ask for them. */
const LIMIT = 200;
/** An address that a browser carries takes fewer still. */
const FRONT_CHANNEL_LIMIT = 5;

/** What a member of the tenant holds besides, whoever they are. */
const MEMBER_ROLE = 'b79fbf4d-3ef9-4689-8143-76b194e85509';

/** The groups that the person is in and the roles that they hold, as far as the application wants them. */
export function groupClaims(signedIn: SignedIn, flow: IdTokenFlow, graphUrl: string): Record<string, unknown> {
  const { groupMembershipClaims = 'None' } = signedIn.application;
  const wants = (kind: GroupMembershipClaims) => groupMembershipClaims === kind || groupMembershipClaims === 'All';
  return {
    ...(wants('SecurityGroup') ? memberships(signedIn, flow, graphUrl) : {}),
    ...(wants('DirectoryRole') ? roleClaims(signedIn) : {}),
  };
}

function roleClaims({ directory, user }: SignedIn): Record<string, unknown> {
  const member = user.userType === 'Member' ? [MEMBER_ROLE] : [];
  const wids = [...directory.roleTemplatesOf(user.id), ...member];
  return wids.length === 0 ? {} : { wids };
}

function memberships(
  { application: { groupMembershipClaims }, directory, user }: SignedIn,
  flow: IdTokenFlow,
  graphUrl: string,
): Record<string, unknown> {
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
