import type { FastifyInstance } from 'fastify';
import { tokenRoutes } from './api-tokens/token-routes.ts';
import { conflictRoutes } from './conflicts/conflict-routes.ts';
import { renameRoutes } from './department-renames/rename-routes.ts';
import { explanationRoutes } from './explanations/explanation-routes.ts';
import { groupTreeRoutes } from './group-tree/group-tree-routes.ts';
import { heldChangesRoutes } from './held-changes/held-changes-routes.ts';
import { importRoutes } from './imports/import-routes.ts';
import { settingsRoutes } from './integration-settings/settings-routes.ts';
import { invitationAdminRoutes } from './invitations/invitation-admin-routes.ts';
import { managerRoutes } from './managers/manager-routes.ts';
import { mappingTestRoutes } from './mapping-tests/mapping-test-routes.ts';
import { notificationTestRoutes } from './notification-tests/notification-test-routes.ts';
import type { HomeParts } from './organisation-host.ts';
import { overviewRoutes } from './overview/overview-routes.ts';
import { peopleRoutes } from './people/people-routes.ts';
import { auditList } from './records/audit-list.ts';
import { provisioningLogList } from './records/provisioning-log-list.ts';
import { recordRoutes } from './records/record-routes.ts';
import { runList } from './records/run-list.ts';
import { runEventRoutes } from './run-events/run-event-routes.ts';
import { signInTraceRoutes } from './sign-in-traces/sign-in-trace-routes.ts';
import { skippedRoutes } from './skipped-people/skipped-routes.ts';
import { cancelRoutes } from './sync-runs/cancel-routes.ts';
import { oneRunRoutes } from './sync-runs/one-run-routes.ts';
import { syncRunRoutes } from './sync-runs/sync-run-routes.ts';
import { teamRoutes } from './teams/team-routes.ts';
import { connectRoutes } from './tenant-connection/connect-routes.ts';
import { microsoftRoutes } from './tenant-connection/microsoft-routes.ts';

/** What Owners and Admins see and do, and programs with their tokens. */
export function administrationRoutes(home: FastifyInstance, parts: HomeParts): void {
  provisioningRoutes(home, parts);
  aboutPeopleRoutes(home, parts);
  setUpRoutes(home, parts);
}

function provisioningRoutes(home: FastifyInstance, parts: HomeParts): void {
  overviewRoutes(home, parts);
  syncRunRoutes(home, parts);
  oneRunRoutes(home, parts);
  runEventRoutes(home, parts);
  cancelRoutes(home, parts);
  recordRoutes(home, parts, runList(parts));
  recordRoutes(home, parts, provisioningLogList(parts));
  skippedRoutes(home, parts);
  heldChangesRoutes(home, parts);
  conflictRoutes(home, parts);
  renameRoutes(home, parts);
  explanationRoutes(home, parts);
}

function aboutPeopleRoutes(home: FastifyInstance, parts: HomeParts): void {
  peopleRoutes(home, parts);
  teamRoutes(home, parts);
  managerRoutes(home, parts);
  invitationAdminRoutes(home, parts);
  signInTraceRoutes(home, parts);
  // In a scope of its own, which reads other kinds of bodies.
  void home.register((scope) => importRoutes(scope, parts));
}

function setUpRoutes(home: FastifyInstance, parts: HomeParts): void {
  const { authorityHost, clientId, graphResource } = parts.settings;
  const { redirectUri } = parts;
  settingsRoutes(home, parts);
  notificationTestRoutes(home, parts);
  mappingTestRoutes(home, parts);
  groupTreeRoutes(home, parts);
  microsoftRoutes(home, parts);
  connectRoutes(home, { ...parts, consentAsker: { authorityHost, clientId, graphResource, redirectUri } });
  tokenRoutes(home, parts);
  recordRoutes(home, parts, auditList(parts));
}
