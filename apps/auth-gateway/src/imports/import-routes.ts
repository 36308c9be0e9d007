import { randomUUID } from 'node:crypto';
import fastifyMultipart from '@fastify/multipart';
import { listLimits } from '@learnamp/directory';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Connection } from 'mongoose';
import Type, { type Static } from 'typebox';
import { withScope } from '../api-tokens/scopes.ts';
import { requireOwnPage } from '../hosts/own-page.ts';
import { sendPage } from '../pages/page.ts';
import { Next, PageQuery } from '../paging/read-page.ts';
import { notFound, Problem } from '../problems/problem.ts';
import type { AdministratorArrival, Arrivals } from '../sessions/arrivals.ts';
import { auditActorOf } from '../sessions/visitors.ts';
import type { ImportDocument } from './import-model.ts';
import { importPage, importsPage } from './import-pages.ts';
import {
  ImportSummary,
  ImportView,
  listImports,
  readImport,
  type ReadImportDeps,
  readProblems,
  RowProblem,
} from './import-view.ts';
import { readAtMost } from './read-at-most.ts';
import { startImport } from './start-import.ts';
import { storeImport, type StoreImportDeps } from './store-import.ts';

export interface ImportRoutesDeps extends StoreImportDeps, ReadImportDeps {
  readonly arrivals: Arrivals;
  readonly connection: Connection;
}

const Id = Type.Object({ id: Type.String({ minLength: 1, maxLength: 64 }) });
const Named = Type.Object({ name: Type.String({ minLength: 1, maxLength: 200, default: 'people.csv' }) });
const After = Type.Object({ after: Type.Integer({ minimum: 0, default: 0 }) });
const Summaries = Type.Object({ imports: Type.Array(ImportSummary), next: Next });
const Problems = Type.Object({ problems: Type.Array(RowProblem), moreProblems: Type.Boolean() });
const fileLimit = { bytes: listLimits.bytes, code: 'unreadable-list', sentence: 'The file is larger than 10 MB.' };
type IdRequest = FastifyRequest<{ Params: Static<typeof Id> }>;
type UploadRequest = FastifyRequest<{ Querystring: Static<typeof Named>; Body: AsyncIterable<Uint8Array> }>;
type ProblemsRequest = FastifyRequest<{ Params: Static<typeof Id>; Querystring: Static<typeof After> }>;

/** Bringing lists of people: pages with forms, and the same as an API. Owner and Admin only. */
export async function importRoutes(server: FastifyInstance, deps: ImportRoutesDeps): Promise<void> {
  const limits = { fileSize: listLimits.bytes, files: 1, fields: 0, parts: 1 };
  await server.register(fastifyMultipart, { limits });
  // The bytes are read when it is known who brings them.
  server.addContentTypeParser(['text/csv', 'application/octet-stream'], (_request, payload, done) =>
    done(null, payload),
  );
  pageRoutes(server, deps);
  apiRoutes(server, deps);
}

async function administrator({ arrivals }: ImportRoutesDeps, request: FastifyRequest, reply: FastifyReply) {
  const arrival = await arrivals.administrator(request, reply);
  if (!['GET', 'HEAD'].includes(request.method)) requireOwnPage(request.headers, arrival.origin);
  void reply.header('cache-control', 'no-store');
  return arrival;
}

function apiRoutes(server: FastifyInstance, deps: ImportRoutesDeps): void {
  server.get<{ Querystring: PageQuery }>(
    '/api/imports',
    { ...withScope('people:read'), schema: { querystring: PageQuery, response: { 200: Summaries } } },
    async (request, reply) => {
      const { organisation } = await administrator(deps, request, reply);
      const { items, next } = await listImports(deps, organisation.id, request.query);
      return { imports: items, next };
    },
  );
  const upload = { querystring: Named, response: { 201: ImportView } };
  server.post(
    '/api/imports',
    { ...withScope('people:write', { keepsNoAnswer: true }), schema: upload },
    async (request: UploadRequest, reply) => {
      const arrival = await administrator(deps, request, reply);
      const bytes = await readAtMost(fileLimit, streamOf(request.body));
      return reply.code(201).send(await bring(deps, arrival, request.query.name, bytes));
    },
  );
  const one = { params: Id, response: { 200: ImportView } };
  server.get('/api/imports/:id', { ...withScope('people:read'), schema: one }, async (request: IdRequest, reply) => {
    const { organisation } = await administrator(deps, request, reply);
    return shown(deps, organisation.id, request.params.id);
  });
  const problems = { params: Id, querystring: After, response: { 200: Problems } };
  server.get(
    '/api/imports/:id/problems',
    { ...withScope('people:read'), schema: problems },
    async (request: ProblemsRequest, reply) => {
      const { organisation } = await administrator(deps, request, reply);
      const found = await deps.imports.findOne({ _id: request.params.id, organisationId: organisation.id }).lean();
      if (!found) throw notFound();
      return readProblems(deps, found, request.query.after);
    },
  );
  server.post(
    '/api/imports/:id/start',
    { ...withScope('people:write'), schema: one },
    async (request: IdRequest, reply) => {
      const arrival = await administrator(deps, request, reply);
      await start(deps, arrival, request.params.id);
      return shown(deps, arrival.organisation.id, request.params.id);
    },
  );
}

function pageRoutes(server: FastifyInstance, deps: ImportRoutesDeps): void {
  server.get('/imports', async (request, reply) => {
    const { organisation } = await administrator(deps, request, reply);
    return sendPage(reply, 200, importsPage(organisation, await recent(deps, organisation.id)));
  });
  server.post('/imports', async (request, reply) => {
    const arrival = await administrator(deps, request, reply);
    try {
      const file = await request.file();
      if (!file?.filename) throw new Problem(422, 'no-file', 'Choose a file first.');
      const { id } = await bring(deps, arrival, file.filename, await readAtMost(fileLimit, file.file));
      return await reply.redirect(`/imports/${id}`, 303);
    } catch (error) {
      const { status, message } = complaintOf(error);
      const { organisation } = arrival;
      return sendPage(reply, status, importsPage(organisation, await recent(deps, organisation.id), message));
    }
  });
  const page = { params: Id, querystring: After };
  server.get('/imports/:id', { schema: page }, async (request: ProblemsRequest, reply) => {
    const { organisation } = await administrator(deps, request, reply);
    const view = await shown(deps, organisation.id, request.params.id, request.query.after);
    return sendPage(reply, 200, importPage(organisation, view));
  });
  server.post('/imports/:id/start', { schema: { params: Id } }, async (request: IdRequest, reply) => {
    await start(deps, await administrator(deps, request, reply), request.params.id);
    return reply.redirect(`/imports/${request.params.id}`, 303);
  });
}

/** A body of another kind was read already; an empty one isn't there. */
function streamOf(body: AsyncIterable<Uint8Array> | undefined): AsyncIterable<Uint8Array> {
  if (body && Symbol.asyncIterator in body) return body;
  throw new Problem(415, 'no-list', 'Send the file as text/csv.');
}

function complaintOf(error: unknown): Pick<Problem, 'status' | 'message'> {
  if (error instanceof Problem && error.status < 500) return error;
  throw error;
}

async function bring(
  deps: ImportRoutesDeps,
  { organisation, visitor }: AdministratorArrival,
  fileName: string,
  bytes: Uint8Array,
): Promise<ImportView> {
  const about = { id: randomUUID(), organisation, fileName, requestedBy: visitor.learner._id };
  const { _id } = await storeImport(deps, { ...about, bytes });
  return shown(deps, organisation.id, _id);
}

async function start(
  { connection, clock }: ImportRoutesDeps,
  { organisation, visitor }: AdministratorArrival,
  importId: string,
): Promise<ImportDocument> {
  const actor = auditActorOf(visitor);
  const started = await startImport(connection, { organisationId: organisation.id, importId }, { actor, at: clock() });
  if (!started) throw notFound();
  return started;
}

async function shown(deps: ImportRoutesDeps, organisationId: string, importId: string, after = 0): Promise<ImportView> {
  const view = await readImport(deps, organisationId, importId, after);
  if (!view) throw notFound();
  return view;
}

/** As many as the page shows. */
const recent = async (deps: ImportRoutesDeps, organisationId: string) =>
  (await listImports(deps, organisationId, { limit: 20 })).items;
