import type { DirectoryObject } from '../../directory/change.ts';
import type { JsonObject } from '../../json.ts';
import type { GraphCall } from '../protocol/graph-call.ts';
import { expansionOf, type Expansion } from '../query/expand/expansion.ts';
import { renderEach } from '../query/render-member.ts';
import { mayListMembers } from './hidden-membership.ts';
import { memberOfItems } from './member-of-lists.ts';

const notEmulated = (
  'acceptedSenders appRoleAssignments calendar calendarView conversations createdOnBehalfOf drive drives events ' +
  'extensions groupLifecyclePolicies membersWithLicenseErrors onenote permissionGrants photo photos planner ' +
  'rejectedSenders settings sites team threads transitiveMemberOf transitiveMembers'
).split(' ');

/** The `$expand` of a request for groups. */
export function expandGroup(call: GraphCall): Expansion | undefined {
  return expansionOf(call, {
    type: 'group',
    lists: new Map([
      ['members', memberItems],
      ['memberOf', memberOfItems],
      ['owners', (_call, group) => renderEach(call, call.directory.ownerIds(group.id))],
    ]),
    notEmulated,
  });
}

function memberItems(call: GraphCall, group: DirectoryObject): Iterable<JsonObject> {
  return mayListMembers(call, group) ? renderEach(call, call.directory.memberIds(group.id)) : [];
}
