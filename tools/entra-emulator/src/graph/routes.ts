import { deltaRoutes } from './delta/delta-routes.ts';
import { deletedItemsRoutes } from './directory-objects/deleted-items.ts';
import { getByIdsRoute } from './directory-objects/get-by-ids.ts';
import { otherObjects } from './directory-objects/other-objects.ts';
import { restoreRoutes } from './directory-objects/restore.ts';
import { groupReads } from './groups/group-reads.ts';
import { groupWrites } from './groups/group-writes.ts';
import { memberLists } from './groups/member-lists.ts';
import { memberWrites } from './groups/member-writes.ts';
import { membershipRoutes } from './groups/membership.ts';
import { ownerLists } from './groups/owner-lists.ts';
import type { Route } from './protocol/graph-call.ts';
import { managerRoutes } from './users/manager.ts';
import { managerWrites } from './users/manager-writes.ts';
import { meRoutes, withOwnPermissions } from './users/me-routes.ts';
import { photoRoutes } from './users/photos.ts';
import { photoWrites } from './users/photo-writes.ts';
import { revokeSessionsRoute } from './users/revoke-sessions.ts';
import { tenantRoutes } from './tenant/tenant-routes.ts';
import { userReads } from './users/user-reads.ts';
import { userWrites } from './users/user-writes.ts';

/** Everything that is read from or written to a directory. */
export const directoryRoutes: readonly Route[] = withOwnPermissions([
  ...userReads,
  ...userWrites,
  revokeSessionsRoute,
  ...managerRoutes,
  ...managerWrites,
  ...photoRoutes,
  ...photoWrites,
  ...groupReads,
  ...groupWrites,
  ...memberLists,
  ...memberWrites,
  ...membershipRoutes,
  ...ownerLists,
  ...deltaRoutes,
  getByIdsRoute,
  ...deletedItemsRoutes,
  ...restoreRoutes,
  ...otherObjects,
  ...tenantRoutes,
]);

/** What a signed-in person asks for under `/me`. */
export const ownRoutes: readonly Route[] = meRoutes(directoryRoutes);
