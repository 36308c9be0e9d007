import { memberOfItems } from '../groups/member-of-lists.ts';
import type { GraphCall } from '../protocol/graph-call.ts';
import { expansionOf, type Expansion } from '../query/expand/expansion.ts';
import { renderEach } from '../query/render-member.ts';
import { managerExpansion } from './expand-manager.ts';

const notEmulated = (
  'activities agreementAcceptances appRoleAssignments authentication calendar calendarGroups calendars calendarView ' +
  'chats cloudClipboard contactFolders contacts createdObjects drive drives events extensions followedSites insights ' +
  'joinedTeams licenseDetails mailFolders managedDevices messages oauth2PermissionGrants onenote outlook ownedDevices ' +
  'people permissionGrants photo photos planner presence registeredDevices scopedRoleMemberOf settings sponsors teamwork ' +
  'todo transitiveMemberOf'
).split(' ');

/** The `$expand` of a request for users. */
export function expandUser(call: GraphCall, on: 'object' | 'collection'): Expansion | undefined {
  return expansionOf(call, {
    type: 'user',
    lists: new Map([
      ['directReports', (_call, user) => renderEach(call, call.directory.reportIds(user.id))],
      ['memberOf', memberOfItems],
      ['ownedObjects', (_call, user) => renderEach(call, call.directory.ownedIds(user.id))],
    ]),
    others: new Map([['manager', (_call, expand) => managerExpansion(call, expand, on)]]),
    notEmulated,
  });
}
