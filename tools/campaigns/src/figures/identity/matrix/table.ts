import { nameOf, type Route } from '../stage/routes.ts';
import type { Things } from './visitors.ts';

/**
 * Who asks: an Owner of the organisation, about its own things and about those of another; another organisation's Owner;
 * nobody; an Owner whose session has ended; and a learner. Then programs: with a token of the organisation that is for this
 * route, with one for all else, and with one of another organisation.
 */
const people = ['own', 'reaching', 'another', 'none', 'stale', 'learner'] as const;
export const programs = ['token', 'narrow token', 'foreign token'] as const;
export const visitors = [...people, ...programs] as const;
export type VisitorKind = (typeof visitors)[number];

/** A route with what to send, and the status that each visitor gets. */
export interface Expectation {
  readonly expected: Readonly<Record<(typeof people)[number], number>>;
  /** What a token has to be for; a route without it knows no tokens, and whoever sends one is nobody there. */
  readonly scope?: string;
  /** The form, or for the API the document, that is sent. */
  readonly body?: (things: Things) => Readonly<Record<string, unknown>>;
  /** The path, for a route with parameters or a query. */
  readonly path?: (things: Things) => string;
}

type More = Omit<Expectation, 'expected'>;
type Others = Partial<Expectation['expected']>;

/** The same for everybody: nothing here is anybody's. */
const open = (status: number, more: More = {}): Expectation => ({
  ...more,
  expected: { own: status, reaching: status, another: status, none: status, stale: status, learner: status },
});

const signedIn = (own: number, more: More = {}, others: Others = {}): Expectation => ({
  ...more,
  expected: { own, reaching: own, another: 401, none: 401, stale: 401, learner: own, ...others },
});

const administrators = (own: number, more: More = {}, others: Others = {}): Expectation =>
  signedIn(own, more, { learner: 403, ...others });

/** Of the Owner: neither another organisation's Owner nor a learner ends it. */
const session = { body: ({ sessionId }: Things) => ({ sessionId }) };
const notTheirs: Others = { reaching: 404, learner: 404 };
const learner = ({ learnerId }: Things) => ({ learnerId });
const theImport = (end: string, start = '') => ({
  path: ({ importId }: Things) => `${start}/imports/${importId}${end}`,
});
const theTeam = (end: string) => ({ path: ({ teamId }: Things) => `/api/teams/${teamId}${end}` });
const theRun = (end: string) => ({ path: ({ runId }: Things) => `/api/sync-runs/${runId}${end}` });
const theToken = (end: string, start = '') => ({
  path: ({ tokenId }: Things) => `${start}/tokens/${tokenId}${end}`,
});
const thePerson = (end: string) => ({
  path: ({ learnerId }: Things) => `/api/people/${learnerId}${end}`,
});
const rename = () => ({ from: 'a-department', to: 'another', answer: 'dismiss' });
const passwords = () => ({ password: 'a new password', again: 'a new password' });
const NOBODY = 'nobody@elsewhere.example';
const NOW = '2026-01-01T00:00:00.000Z';

/** Of an administrator, or of a program whose token is for it. */
const programsToo = (scope: string, own: number, more: More = {}, others: Others = {}): Expectation => ({
  ...administrators(own, more, others),
  scope,
});

/** Every route by its name. Those that answer to HEAD answer it as they answer GET. */
export const table: Readonly<Record<string, Expectation>> = {
  'anywhere GET /health/live': open(200),
  'anywhere GET /health/ready': open(200),
  'anywhere GET /.well-known/jwks.json': open(200),
  'anywhere GET /assets/style.css': open(200),
  'anywhere GET /assets/home.css': open(200),
  'anywhere GET /assets/settings.css': open(200),
  'anywhere GET /assets/imports.css': open(200),
  'anywhere GET /assets/records.css': open(200),
  'anywhere GET /assets/imports.mjs': open(200),
  'anywhere GET /assets/sync-users.mjs': open(200),
  'anywhere GET /assets/session-watch.mjs': open(200),
  'anywhere GET /assets/icon.svg': open(200),
  'anywhere GET /admin/assets/*': open(404, { path: () => '/admin/assets/none.js' }),

  'central GET /': open(200),
  'central GET /auth/callback': open(303, { path: () => '/auth/callback?code=a&state=b' }),
  'central GET /auth/signed-out': open(303, { path: ({ subdomain }) => `/auth/signed-out?state=${subdomain}` }),
  'central GET /auth/front-channel-logout': open(204, { path: () => '/auth/front-channel-logout?sid=nobodys' }),

  'home GET /': open(200),
  'home GET /me/photo': signedIn(404),
  // Strangers are led to the home page, and from there back.
  'home GET /admin': administrators(200, {}, { another: 303, none: 303, stale: 303 }),
  'home GET /admin/*': administrators(200, { path: () => '/admin/runs' }, { another: 303, none: 303, stale: 303 }),
  // No photo is sent with these.
  'home PUT /me/photo': signedIn(415),
  'home DELETE /me/photo': signedIn(200),
  'home GET /profile': signedIn(200),
  'home POST /profile/photo': signedIn(406),
  'home POST /profile/photo/remove': signedIn(303),
  'home GET /api/me': signedIn(200),
  'home POST /sign-in/microsoft': open(303),
  'home GET /sign-in/microsoft': open(303),
  'home GET /auth/callback': open(303),
  'home GET /auth/complete': open(303, { path: () => '/auth/complete?handover=nobodys' }),
  // Passwords are off at these organisations.
  'home POST /sign-in/password': open(403, { body: () => ({ email: NOBODY, password: 'not theirs' }) }),
  'home GET /sign-in/password': open(303),
  'home GET /sign-in/emergency': open(303),
  'home GET /password/forgotten': open(403),
  'home POST /password/forgotten': open(403, { body: () => ({ email: NOBODY }) }),
  'home GET /password/new': open(410),
  'home POST /password/new': open(410, { body: passwords }),

  'home POST /sign-out': open(303),
  'home GET /sessions': signedIn(200),
  'home POST /sessions/end': signedIn(303, session, notTheirs),
  'home POST /sessions/end-all': signedIn(303),
  'home GET /api/sessions': signedIn(200),
  'home POST /api/sessions/end': signedIn(200, session, notTheirs),
  'home POST /api/sessions/end-all': signedIn(200),
  'home GET /sign-ins': administrators(200),
  'home GET /sign-ins/:reference': administrators(
    200,
    { path: ({ reference }) => `/sign-ins/${reference}` },
    { reaching: 404 },
  ),
  'home GET /api/sign-in-traces': programsToo('sign-ins:read', 200),
  'home GET /api/sign-in-traces/:reference': programsToo(
    'sign-ins:read',
    200,
    { path: ({ reference }) => `/api/sign-in-traces/${reference}` },
    { reaching: 404 },
  ),

  // Whoever is signed in goes home; the others have no invitation.
  'home GET /invitation': signedIn(303, {}, { another: 404, none: 404, stale: 404 }),
  'home POST /invitation/password': open(404, { body: passwords }),
  'home GET /api/invitations': programsToo('people:read', 200),
  'home POST /api/invitations/send': programsToo('people:write', 200, {
    body: ({ learnerId }) => ({ learnerIds: [learnerId] }),
  }),
  'home POST /api/invitations/resend': programsToo('people:write', 200, { body: learner }),
  'home POST /invitations/send': administrators(303),
  'home POST /invitations/resend': administrators(303, { body: learner }),

  'home GET /api/overview': programsToo('provisioning:read', 200),
  'home GET /api/people': programsToo('people:read', 200),
  'home GET /api/people/:learnerId': programsToo('people:read', 200, thePerson(''), { reaching: 404 }),
  // Nobody has a photo at these organisations.
  'home GET /api/people/:learnerId/photo': programsToo('people:read', 404, thePerson('/photo')),
  'home POST /api/people/:learnerId/unlink': programsToo('people:write', 200, thePerson('/unlink'), { reaching: 404 }),
  'home POST /api/people/:learnerId/reactivate': programsToo('people:write', 200, thePerson('/reactivate'), {
    reaching: 404,
  }),
  'home POST /api/people/:learnerId/sync': programsToo('provisioning:sync', 202, thePerson('/sync'), { reaching: 404 }),

  'home GET /api/conflicts': programsToo('provisioning:read', 200),
  'home POST /api/conflicts/answers': programsToo('provisioning:decide', 200, {
    body: ({ personId, learnerId }) => ({ personId, learnerId, answer: 'link' }),
  }),
  'home POST /conflicts': administrators(303, {
    body: ({ personId, learnerId }) => ({ personId, answer: `link:${learnerId}` }),
  }),

  'home GET /api/department-renames': programsToo('provisioning:read', 200),
  'home POST /api/department-renames/answers': programsToo('provisioning:decide', 200, { body: rename }),
  'home POST /department-renames': administrators(303, { body: rename }),

  'home GET /api/teams': programsToo('people:read', 200),
  'home GET /api/teams/:teamId/members': programsToo('people:read', 200, theTeam('/members'), { reaching: 404 }),
  'home PUT /api/teams/:teamId/parent': programsToo(
    'people:write',
    200,
    { ...theTeam('/parent'), body: () => ({ parentId: null }) },
    { reaching: 404 },
  ),
  'home POST /api/teams/:teamId/members': programsToo(
    'people:write',
    200,
    { ...theTeam('/members'), body: learner },
    { reaching: 404 },
  ),
  'home DELETE /api/teams/:teamId/members/:learnerId': programsToo('people:write', 200, theTeam('/members/nobody'), {
    reaching: 404,
  }),
  'home GET /api/managers': programsToo('people:read', 200),
  'home GET /api/managers/reports': programsToo(
    'people:read',
    200,
    { path: ({ learnerId }) => `/api/managers/reports?of=${learnerId}` },
    { reaching: 404 },
  ),
  'home GET /api/managers/problems': programsToo('people:read', 200, {
    path: () => '/api/managers/problems?kind=waiting',
  }),

  'home GET /imports': administrators(200),
  // Nothing is sent with these: a list is its own body.
  'home POST /imports': administrators(406),
  'home GET /api/imports': programsToo('people:read', 200),
  'home POST /api/imports': programsToo('people:write', 415),
  'home GET /imports/:id': administrators(200, theImport(''), { reaching: 404 }),
  'home POST /imports/:id/start': administrators(303, theImport('/start'), { reaching: 404 }),
  'home GET /api/imports/:id': programsToo('people:read', 200, theImport('', '/api'), { reaching: 404 }),
  'home GET /api/imports/:id/problems': programsToo('people:read', 200, theImport('/problems', '/api'), {
    reaching: 404,
  }),
  'home POST /api/imports/:id/start': programsToo('people:write', 200, theImport('/start', '/api'), { reaching: 404 }),

  'home GET /tokens': administrators(200),
  'home POST /tokens': administrators(201, { body: () => ({ name: 'A program', scopes: 'settings:read' }) }),
  'home POST /tokens/:id/revoke': administrators(303, theToken('/revoke'), { reaching: 404 }),
  'home GET /api/tokens': administrators(200),
  'home POST /api/tokens': administrators(201, { body: () => ({ name: 'A program', scopes: ['settings:read'] }) }),
  'home GET /api/openapi.json': open(200),
  'home DELETE /api/tokens/:id': administrators(204, theToken('', '/api'), { reaching: 404 }),

  'home GET /settings': administrators(200),
  // Neither of these changes anything: the form is incomplete, the revision is one to come.
  'home POST /settings': administrators(422, { body: () => ({ revision: '999', invitations: 'held', mapping: '{}' }) }),
  'home GET /api/settings': programsToo('settings:read', 200),
  'home PATCH /api/settings': programsToo('settings:write', 409, {
    body: () => ({ revision: 999, passwords: { enabled: true } }),
  }),
  'home GET /api/settings/changes': programsToo('settings:read', 200),
  'home POST /api/mapping-tests': programsToo('settings:read', 200, { body: ({ email }) => ({ person: email }) }),
  'home GET /api/group-tree': programsToo('settings:read', 200),
  'home GET /api/break-glass-candidates': programsToo('settings:read', 200),
  'home POST /api/notification-tests': programsToo('settings:write', 200, { body: () => ({ kind: 'failure' }) }),

  'home POST /settings/microsoft/connect': administrators(303, { body: () => ({ consent: 'sign-in' }) }),
  'home POST /api/microsoft/connections': administrators(202, { body: () => ({ consent: 'sign-in' }) }),
  'home GET /settings/microsoft/continue': administrators(303, {
    path: () => '/settings/microsoft/continue?handover=a',
  }),
  'home POST /settings/microsoft/questions': administrators(303, { body: () => ({ about: 'A group' }) }),
  'home GET /settings/microsoft/answers/:id': administrators(200, {
    path: () => '/settings/microsoft/answers/nobodys',
  }),
  'home POST /api/microsoft/questions': programsToo('settings:write', 202, {
    body: () => ({ question: 'permissions' }),
  }),
  'home GET /api/microsoft/questions/:id': programsToo('settings:read', 200, {
    path: () => '/api/microsoft/questions/nobodys',
  }),
  'home POST /settings/microsoft/group': administrators(422, { body: () => ({ answerId: 'nobodys' }) }),
  'home PUT /api/microsoft/group': programsToo('settings:write', 422, { body: () => ({ answerId: 'nobodys' }) }),
  'home GET /api/microsoft': programsToo('settings:read', 200),
  'home GET /api/microsoft/impact': programsToo('settings:read', 200),
  'home GET /settings/microsoft/disconnect': administrators(200),
  'home POST /settings/microsoft/disconnect': administrators(303),
  'home POST /api/microsoft/disconnect': administrators(204),
  'home POST /settings/microsoft/sign-in-test': administrators(303),
  'home POST /api/microsoft/sign-in-tests': administrators(202),

  'home POST /sync-runs': administrators(303, { body: () => ({ mode: 'delta' }) }),
  'home GET /provisioning-log': administrators(200),
  'home GET /api/provisioning-log': programsToo('provisioning:read', 200),
  'home GET /api/provisioning-log/export': programsToo('provisioning:read', 200, {
    path: () => '/api/provisioning-log/export?format=csv',
  }),
  'home GET /audit-log': administrators(200),
  'home GET /api/audit-log': programsToo('settings:read', 200),
  'home GET /api/audit-log/export': programsToo('settings:read', 200, {
    path: () => '/api/audit-log/export?format=jsonl',
  }),
  'home GET /sync-runs': administrators(200),
  'home GET /api/sync-runs': programsToo('provisioning:read', 200),
  'home GET /api/sync-runs/export': programsToo('provisioning:read', 200, {
    path: () => '/api/sync-runs/export?format=json',
  }),
  'home POST /api/sync-runs': programsToo('provisioning:sync', 202, { body: () => ({ mode: 'delta' }) }),
  'home GET /api/sync-runs/latest': programsToo('provisioning:read', 200),
  'home GET /api/sync-runs/:id': programsToo('provisioning:read', 200, theRun(''), { reaching: 404 }),
  'home GET /api/sync-runs/:id/outcomes': programsToo('provisioning:read', 200, theRun('/outcomes'), { reaching: 404 }),
  'home GET /api/skipped': programsToo('provisioning:read', 200),
  'home GET /api/sync-runs/:id/events': administrators(404, { path: () => '/api/sync-runs/nobodys/events' }),
  'home POST /sync-runs/:id/cancel': administrators(404, { path: () => '/sync-runs/nobodys/cancel' }),
  'home POST /api/sync-runs/:id/cancel': programsToo('provisioning:sync', 404, {
    path: () => '/api/sync-runs/nobodys/cancel',
  }),
  'home POST /api/explanations': programsToo('provisioning:read', 200, { body: ({ email }) => ({ person: email }) }),
  'home GET /api/held-changes': programsToo('provisioning:read', 200),
  'home POST /api/held-changes/verdicts': programsToo('provisioning:decide', 202, {
    body: ({ personId }) => ({ verdict: 'reject', personIds: [personId] }),
  }),
  'home POST /held-changes': administrators(303, {
    body: ({ personId }) => ({ answer: 'reject-selected', personIds: personId, heldUntil: NOW }),
  }),
};

/** The status that a visitor gets. */
export function statusFor(visitor: VisitorKind, { expected, scope }: Expectation): number {
  if (visitor === 'token') return scope === undefined ? expected.none : expected.own;
  if (visitor === 'narrow token') return scope === undefined ? expected.none : 403;
  if (visitor === 'foreign token') return scope === undefined ? expected.none : 401;
  return expected[visitor];
}

export const expectationOf = (route: Route): Expectation | undefined =>
  table[nameOf({ ...route, method: route.method === 'HEAD' ? 'GET' : route.method })];
