import type { Fact, FactGroup } from '../../fact.ts';
import { openFactWorld } from '../../fact-world.ts';
import { contoso, group, groupId, user, userId } from '../contoso.ts';

const me = `/users/${userId(1)}`;
const crew = `/groups/${groupId(1)}`;

/** Requests that Graph answers and this emulator doesn't. */
const missing: readonly string[] = [
  `GET ${me}/messages`,
  `GET ${me}/messages/AAMk/attachments`,
  `POST ${me}/sendMail`,
  `GET ${me}/calendarView?startDateTime=2026-01-01&endDateTime=2026-02-01`,
  `GET ${me}/reminderView(startDateTime='2026-01-01',endDateTime='2026-02-01')`,
  `GET ${me}/drive/root/children`,
  `GET ${me}/licenseDetails`,
  `POST ${me}/assignLicense`,
  `GET ${me}/authentication/methods`,
  `POST ${me}/changePassword`,
  `GET ${me}/joinedTeams`,
  `GET ${me}/registeredDevices`,
  `GET ${me}/appRoleAssignments`,
  `GET ${me}/displayName`,
  `GET ${me}/manager/displayName`,
  `GET ${me}/manager/$ref`,
  `GET ${crew}/members/$ref`,
  `GET ${crew}/members/${userId(1)}`,
  `GET ${crew}/photo`,
  `GET ${crew}/team`,
  `GET ${crew}/threads`,
  `POST ${crew}/renew`,
  `GET /me/messages`,
  'GET /teams/1',
  'GET /sites/root',
  'GET /auditLogs/signIns',
  "GET /reports/getOffice365ActiveUserCounts(period='D7')",
  'GET /domains',
  'GET /subscribedSkus',
  'GET /directoryRoles',
  'GET /roleManagement/directory/roleAssignments',
  'GET /directory/administrativeUnits',
  'GET /directory/deletedItems/microsoft.graph.application',
  'POST /invitations',
  'GET /policies/authorizationPolicy',
  'GET /identity/conditionalAccess/policies',
  'GET /identityGovernance/accessReviews',
  'POST /applications',
  'GET /applications/delta',
  'GET /oauth2PermissionGrants',
  'GET /schemaExtensions',
  'GET /groupSettings',
  'GET /deviceManagement/managedDevices',
  'POST /directoryObjects/validateProperties',
  'GET /planner/tasks',
  'POST /search/query',
  'GET /security/alerts_v2',
  'GET /$metadata',
];

function ask(request: string): Fact['ask'] {
  const [method = '', address = ''] = request.split(/ (.*)/);
  return (world) => world.call(method, address, method === 'POST' ? { body: {} } : {});
}

function unknown(request: string, segment: string): Fact {
  return {
    lines: ['8/1'],
    says: `refuses a segment that Graph doesn't know: ${request.replace(userId(1), '{id}').replace(groupId(1), '{id}')}`,
    ask: ask(request),
    status: 400,
    code: 'BadRequest',
    values: { 'error.message': `Resource not found for the segment '${segment}'.` },
  };
}

/** Where this emulator ends, and where Graph does. */
export const notEmulatedFacts: FactGroup = {
  title: 'the ends of Graph',
  world: () => openFactWorld({ directory: contoso([user(1)], [group(1)]) }),
  facts: [
    ...missing.map((request): Fact => ({
      lines: ['8/1'],
      says: `answers 501 and says what is missing: ${request.replace(userId(1), '{id}').replace(groupId(1), '{id}')}`,
      ask: ask(request),
      status: 501,
      code: 'NotImplemented',
      values: { 'error.message': /^This emulator does not have .+\.$/ },
    })),
    {
      lines: ['8/1'],
      says: 'answers 501 to the beta version',
      ask: (world) => world.call('GET', `${world.emulator.httpUrl}/beta/users`),
      status: 501,
      code: 'NotImplemented',
    },
    unknown('GET /planets', 'planets'),
    unknown('GET /planets/mars/moons', 'planets'),
    unknown(`GET ${me}/moons`, 'moons'),
    unknown(`GET ${me}/moons/1/craters`, 'moons'),
    unknown(`GET ${crew}/moons`, 'moons'),
    unknown('GET /directory/moons', 'moons'),
    {
      lines: ['8/1'],
      says: 'refuses a method that a path does not have',
      ask: ask('DELETE /users'),
      status: 405,
      code: 'Request_BadRequest',
    },
    {
      lines: ['8/1'],
      says: 'has no list of deleted items of every type',
      ask: ask('GET /directory/deletedItems'),
      status: 400,
      code: 'BadRequest',
    },
  ],
};
