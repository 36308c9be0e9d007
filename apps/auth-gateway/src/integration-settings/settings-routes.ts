import {
  changeSettings,
  NotificationSettings,
  type SettingsChange,
  SettingsConflictError,
  SettingsError,
} from '@learnamp/organisations';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Connection } from 'mongoose';
import Type, { type Static } from 'typebox';
import { withScope } from '../api-tokens/scopes.ts';
import { requireOwnPage } from '../hosts/own-page.ts';
import { sendPage } from '../pages/page.ts';
import { notFound, Problem } from '../problems/problem.ts';
import type { AdministratorArrival, Arrivals } from '../sessions/arrivals.ts';
import { auditActorOf } from '../sessions/visitors.ts';
import { breakGlassCandidates, Candidates, type CandidatesDeps } from './break-glass-candidates.ts';
import { ChangeView, recentChanges, type RecentChangesDeps } from './recent-changes.ts';
import { SettingsForm, settingsOf } from './settings-form.ts';
import { type SettingsPage, settingsPage } from './settings-page.ts';

export interface SettingsRoutesDeps extends RecentChangesDeps, CandidatesDeps {
  readonly arrivals: Arrivals;
  readonly connection: Connection;
  readonly clock: () => Date;
}

const closed = { additionalProperties: false } as const;
const SingleSignOn = Type.Object({ enabled: Type.Boolean(), guests: Type.Boolean() });
const Passwords = Type.Object({
  enabled: Type.Boolean(),
  /** Learner id of the Owner who may use a password while it is off. */
  breakGlassOwner: Type.Union([Type.String({ maxLength: 64 }), Type.Null()]),
});
// How many addresses there may be, and what is one, is checked where it can be said in words.
const WantedNotifications = Type.Partial(
  Type.Object({ ...NotificationSettings.properties, addresses: Type.Array(Type.String()) }),
  closed,
);
const anything = Type.Object({}, { additionalProperties: true });
const Wanted = Type.Object(
  {
    revision: Type.Integer({ minimum: 1 }),
    provisioning: Type.Optional(anything),
    singleSignOn: Type.Optional(Type.Partial(SingleSignOn, closed)),
    passwords: Type.Optional(Type.Partial(Passwords, closed)),
    notifications: Type.Optional(WantedNotifications),
  },
  closed,
);
const Settings = Type.Object({
  revision: Type.Integer(),
  provisioning: anything,
  singleSignOn: SingleSignOn,
  passwords: Passwords,
  notifications: NotificationSettings,
  /** The last successful test of signing in by the tenant that is connected. */
  signInTest: Type.Union([
    Type.Object({ at: Type.String({ format: 'date-time' }), learnerId: Type.String() }),
    Type.Null(),
  ]),
});
const Changes = Type.Object({ changes: Type.Array(ChangeView) });
type FormRequest = FastifyRequest<{ Body: SettingsForm }>;
type WantedRequest = FastifyRequest<{ Body: Static<typeof Wanted> }>;

// A mapping of fifty fields, and room.
const bodyLimit = 262_144;

/** The settings of an organisation: a page with a form, and the same as an API. Owner and Admin only. */
export function settingsRoutes(server: FastifyInstance, deps: SettingsRoutesDeps): void {
  const administrator = async (request: FastifyRequest, reply: FastifyReply) => {
    const arrival = await deps.arrivals.administrator(request, reply);
    if (!['GET', 'HEAD'].includes(request.method)) requireOwnPage(request.headers, arrival.origin);
    return arrival;
  };

  server.get<{ Querystring: { saved?: unknown; microsoft?: unknown } }>('/settings', async (request, reply) => {
    const { organisation } = await administrator(request, reply);
    const { saved, microsoft } = request.query;
    const page = { organisation, shown: organisation, isSaved: saved === '1', microsoft };
    return sendPage(reply, 200, await pageOf(deps, page));
  });
  server.post('/settings', { bodyLimit, schema: { body: SettingsForm } }, async (request: FormRequest, reply) => {
    const arrival = await administrator(request, reply);
    const wanted = settingsOf(request.body);
    const problem = await change(deps, arrival, wanted, Number(request.body.revision));
    if (!problem) return reply.redirect('/settings?saved=1', 303);
    const { organisation } = arrival;
    // What somebody typed is shown again, unless it was about settings that are others now.
    const shown = problem.status === 422 ? wanted : organisation;
    const page = { organisation, shown, isSaved: false, complaint: problem.message };
    return sendPage(reply, problem.status, await pageOf(deps, page));
  });

  server.get(
    '/api/settings',
    { ...withScope('settings:read'), schema: { response: { 200: Settings } } },
    async (request, reply) => {
      const { organisation } = await administrator(request, reply);
      const { revision, provisioning, singleSignOn, passwords, notifications, signInTest: test } = organisation;
      void reply.header('cache-control', 'no-store');
      const signInTest = test && { at: test.at.toISOString(), learnerId: test.learnerId };
      return { revision, provisioning, singleSignOn, passwords, notifications, signInTest };
    },
  );
  server.patch(
    '/api/settings',
    { ...withScope('settings:write'), bodyLimit, schema: { body: Wanted } },
    async (request: WantedRequest, reply) => {
      const { revision, ...wanted } = request.body;
      const problem = await change(deps, await administrator(request, reply), wanted, revision);
      if (problem) throw problem;
      return reply.code(204).send();
    },
  );
  server.get(
    '/api/settings/changes',
    { ...withScope('settings:read'), schema: { response: { 200: Changes } } },
    async (request, reply) => {
      const { organisation } = await administrator(request, reply);
      void reply.header('cache-control', 'no-store');
      return { changes: await recentChanges(deps, organisation.id) };
    },
  );
  server.get(
    '/api/break-glass-candidates',
    { ...withScope('settings:read'), schema: { response: { 200: Candidates } } },
    async (request, reply) => {
      const { organisation } = await administrator(request, reply);
      void reply.header('cache-control', 'no-store');
      return { candidates: await breakGlassCandidates(deps, organisation.id) };
    },
  );
}

async function pageOf(deps: SettingsRoutesDeps, page: Omit<SettingsPage, 'changes' | 'candidates'>) {
  const { id } = page.organisation;
  const [changes, candidates] = await Promise.all([recentChanges(deps, id), breakGlassCandidates(deps, id)]);
  return settingsPage({ ...page, changes, candidates });
}

/** Undefined when it is done; else why nothing is changed. */
async function change(
  { connection, learners, clock }: SettingsRoutesDeps,
  { organisation, visitor }: AdministratorArrival,
  wanted: SettingsChange,
  ifRevision: number,
): Promise<Problem | undefined> {
  const actor = auditActorOf(visitor);
  const { id: organisationId } = organisation;
  const isActive = async (_id: string) => (await learners.exists({ _id, organisationId, active: true })) !== null;
  try {
    const options = { actor, at: clock(), ifRevision, isActive };
    const changes = await changeSettings(connection, organisationId, wanted, options);
    return changes === null ? notFound() : undefined;
  } catch (error) {
    if (error instanceof SettingsError) return new Problem(422, error.code, error.message);
    if (error instanceof SettingsConflictError) return new Problem(409, error.code, error.message);
    throw error;
  }
}
