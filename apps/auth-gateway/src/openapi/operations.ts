import Type, { type TSchema } from 'typebox';

/** What the document says of a route beyond its schemas, which it has from the route itself. */
export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly tag: 'Provisioning' | 'People' | 'Settings' | 'Microsoft' | 'Sign-ins' | 'API';
  /** Whom it is for where that isn't administrators alone. */
  readonly for?: 'everybody' | 'learners';
  /** Statuses of refusals beside those that every such route has. */
  readonly refuses?: readonly number[];
  /** An answer that has no schema at the route: one without a body, or that is passed on as it is. */
  readonly answers?: Readonly<Record<number, TSchema>>;
  /** The types of a body that the route reads by itself. */
  readonly consumes?: readonly string[];
}

const nothing = { 204: Type.Null() };
const text = Type.String();
const orNull = <Schema extends TSchema>(schema: Schema) => Type.Union([schema, Type.Null()]);
const moment = Type.String({ format: 'date-time' });
const explanation = Type.Object({
  ...{ personId: orNull(text), learnerId: orNull(text), name: text },
  ...{ enabled: orNull(Type.Boolean()), active: Type.Boolean() },
  path: orNull(Type.Array(Type.Object({ id: text, name: orNull(text) }))),
  ...{ match: text, manager: text, team: text, canSignIn: Type.Boolean(), readAt: orNull(moment) },
  fields: Type.Array(Type.Object({ field: text, from: text, value: orNull(text), note: orNull(text) })),
  lastChange: orNull(Type.Object({ at: moment, action: text, runId: text })),
  nextChance: orNull(Type.Object({ changes: orNull(moment), full: moment })),
  troubles: Type.Array(Type.Object({ about: text, cause: text })),
});

const photo = Type.String({ format: 'binary' });

/** As CSV, or as JSON. */
const file = { answers: { 200: text } };

type Words = readonly [operationId: string, summary: string, more?: Omit<Operation, 'operationId' | 'summary' | 'tag'>];

const tagged = (tag: Operation['tag'], routes: Readonly<Record<string, Words>>) =>
  Object.entries(routes).map(([route, [operationId, summary, more]]): [string, Operation] => [
    route,
    { operationId, summary, tag, ...more },
  ]);

/** Every route under `/api/`, by method and path as the router has them. */
export const operations: ReadonlyMap<string, Operation> = new Map([
  ...tagged('Provisioning', {
    'GET /api/overview': ['getOverview', 'How provisioning is, at a glance: its health, and what to do next'],
    'POST /api/sync-runs': ['requestSyncRun', 'Ask for a sync run, or for a preview of one'],
    'POST /api/sync-runs/:id/cancel': [
      'cancelSyncRun',
      'Ask for the end of a run, named by its id or by that of a request',
      { refuses: [409] },
    ],
    'GET /api/sync-runs': ['listSyncRuns', 'Runs, filtered, the newest first'],
    'GET /api/sync-runs/export': ['exportSyncRuns', 'All runs that the filters let through, as a file', file],
    'GET /api/sync-runs/latest': ['getLatestSyncRun', 'The run to watch'],
    'GET /api/sync-runs/:id': ['getSyncRun', 'A run, named by its id or by that of a request'],
    'GET /api/sync-runs/:id/outcomes': [
      'listRunOutcomes',
      'What a run did to whom, or a preview would do; the unchanged only where they are asked for',
    ],
    'GET /api/skipped': ['getSkippedPeople', 'Whom the newest full run skipped, by why, and what to do about it'],
    'GET /api/sync-runs/:id/events': [
      'followSyncRun',
      'A run as server-sent events, each the whole run, until it is over',
      { answers: { 200: text, 204: Type.Null() } },
    ],
    'POST /api/explanations': [
      'explainPerson',
      'Why a person is, or is not, as expected',
      { answers: { 200: explanation } },
    ],
    'GET /api/held-changes': ['listHeldChanges', 'Who waits for approval'],
    'POST /api/held-changes/verdicts': ['giveVerdict', 'Approve or reject held changes'],
    'GET /api/provisioning-log': [
      'listProvisioningLog',
      'What provisioning changed, of whom and why, the newest first',
    ],
    'GET /api/provisioning-log/export': [
      'exportProvisioningLog',
      'Everything of the provisioning log that the filters let through, as a file',
      file,
    ],
    'GET /api/conflicts': ['listConflicts', 'Whom the directory brought and nobody knows'],
    'POST /api/conflicts/answers': ['answerConflict', 'Say who somebody is'],
    'GET /api/department-renames': ['listDepartmentRenames', 'Departments that seem to have been renamed'],
    'POST /api/department-renames/answers': ['answerDepartmentRename', 'Accept or dismiss a renamed department'],
  }),
  ...tagged('People', {
    'GET /api/people': ['listPeople', 'People by name, filtered and searched'],
    'GET /api/people/:learnerId': ['getPerson', 'Everything that is known of one person'],
    'GET /api/people/:learnerId/photo': [
      'getPhoto',
      'The photo that is shown of a person',
      { answers: { 200: photo } },
    ],
    'POST /api/people/:learnerId/unlink': ['unlinkPerson', 'Say that a learner is not the person of the directory'],
    'POST /api/people/:learnerId/reactivate': ['reactivatePerson', 'Make a learner active by hand'],
    'POST /api/people/:learnerId/sync': ['syncPerson', 'Ask for one person to be read from the directory'],
    'GET /api/invitations': ['listInvitations', 'Invitations that nobody has used'],
    'POST /api/invitations/send': ['sendInvitations', 'Send invitations that are held'],
    'POST /api/invitations/resend': ['resendInvitation', 'Send an invitation once more'],
    'GET /api/teams': ['listTeams', 'All teams, with how many are in them'],
    'PUT /api/teams/:teamId/parent': ['setTeamParent', 'Put a team under another one, or at the top'],
    'GET /api/teams/:teamId/members': ['listTeamMembers', 'Who is in a team'],
    'POST /api/teams/:teamId/members': ['addTeamMember', 'Make a learner a member of a team by hand'],
    'DELETE /api/teams/:teamId/members/:learnerId': ['removeTeamMember', 'End a membership that was made by hand'],
    'GET /api/managers': ['getManagerSummary', 'How many have a manager who is a learner, and who have none'],
    'GET /api/managers/reports': ['listReports', 'Whom somebody manages, or who is at the top'],
    'GET /api/managers/problems': ['listManagerProblems', 'Whose manager is no active learner'],
    'GET /api/imports': ['listImports', 'Lists of people that were brought'],
    'POST /api/imports': [
      'bringImport',
      'Bring a list of people, as CSV; nothing of it is imported yet',
      { consumes: ['text/csv', 'application/octet-stream'], refuses: [413, 415, 422] },
    ],
    'GET /api/imports/:id': ['getImport', 'A list, with its progress'],
    'GET /api/imports/:id/problems': ['listImportProblems', 'Rows of a list that are not imported'],
    'POST /api/imports/:id/start': ['startImport', 'Start importing a list'],
  }),
  ...tagged('Settings', {
    'GET /api/settings': ['getSettings', 'The settings'],
    'PATCH /api/settings': ['changeSettings', 'Change settings', { answers: nothing, refuses: [409, 422] }],
    'POST /api/notification-tests': ['testNotification', 'Send a notice of a kind, as a test, to the learner who asks'],
    'GET /api/audit-log': ['listAuditLog', 'Who did what to the organisation, the newest first'],
    'GET /api/audit-log/export': ['exportAuditLog', 'The audit log as a file, the oldest first, with its hashes', file],
    'GET /api/settings/changes': ['listSettingsChanges', 'Who changed what, the newest first'],
    'POST /api/mapping-tests': [
      'testMapping',
      'What a mapping makes of a person as the directory has them now',
      { refuses: [422] },
    ],
    'GET /api/break-glass-candidates': [
      'listBreakGlassCandidates',
      'Owners who may be named to use a password in an emergency',
    ],
  }),
  ...tagged('Microsoft', {
    'GET /api/microsoft': ['getMicrosoft', 'How the organisation is connected with Microsoft'],
    'POST /api/microsoft/connections': [
      'connectMicrosoft',
      'Begin to connect a tenant; goes on in the same browser at `location`',
    ],
    'POST /api/microsoft/sign-in-tests': [
      'testSignIn',
      'Begin to test signing in with Microsoft; goes on in the same browser at `location`',
      { refuses: [502] },
    ],
    'GET /api/group-tree': ['getGroupTree', 'The group with what is nested in it, as it was read last'],
    'GET /api/microsoft/impact': ['getDisconnectImpact', 'What disconnecting would do'],
    'POST /api/microsoft/disconnect': ['disconnectMicrosoft', 'Disconnect the tenant', { answers: nothing }],
    'POST /api/microsoft/questions': [
      'askMicrosoft',
      'Ask which permissions there are, or for a group',
      { refuses: [409] },
    ],
    'GET /api/microsoft/questions/:id': ['getMicrosoftAnswer', 'The answer to a question, null while there is none'],
    'PUT /api/microsoft/group': [
      'chooseGroup',
      'Choose the group of an answer',
      { answers: nothing, refuses: [409, 422] },
    ],
  }),
  ...tagged('Sign-ins', {
    'GET /api/me': ['getMe', 'Who is signed in, where, and as what', { for: 'learners' }],
    'GET /api/sign-in-traces': ['listSignInTraces', 'The latest sign-ins with Microsoft'],
    'GET /api/sign-in-traces/:reference': ['getSignInTrace', 'Which check refused a sign-in'],
    'GET /api/sessions': ['listSessions', 'Where the learner who asks is signed in', { for: 'learners' }],
    'POST /api/sessions/end': ['endSession', 'Sign one browser out', { for: 'learners' }],
    'POST /api/sessions/end-all': ['endAllSessions', 'Sign out everywhere', { for: 'learners' }],
  }),
  ...tagged('API', {
    'GET /api/tokens': ['listTokens', 'Tokens that nobody has revoked, the newest first'],
    'POST /api/tokens': ['makeToken', 'Make a token; the answer has it, this once'],
    'DELETE /api/tokens/:id': ['revokeToken', 'End a token at once', { answers: nothing }],
    'GET /api/openapi.json': [
      'getOpenApi',
      'This document',
      { for: 'everybody', answers: { 200: Type.Object({}, { additionalProperties: true }) } },
    ],
  }),
]);
