import fastifyMultipart from '@fastify/multipart';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readProfile, type ProfileDeps } from '../home/profile.ts';
import { photosShown } from '../home/photos-shown.ts';
import { requireOwnPage } from '../hosts/own-page.ts';
import { answerGiven, GivenCommand, type SendCommandDeps } from '../invitations/send-command.ts';
import { sendPage } from '../pages/page.ts';
import { Problem } from '../problems/problem.ts';
import type { Arrivals, SignedInArrival } from '../sessions/arrivals.ts';
import { photoTypes, readPhoto, removePhoto, requestBytes, setPhoto } from './own-photo.ts';
import { profilePage } from './profile-page.ts';

export interface OwnPhotoRoutesDeps extends ProfileDeps, SendCommandDeps {
  readonly arrivals: Arrivals;
}

type PhotoRequest = FastifyRequest<{ Body: AsyncIterable<Uint8Array> | undefined }>;
type PageRequest = FastifyRequest<{ Querystring: Readonly<Record<string, unknown>> }>;

/** A learner's profile, and the photo that they give themselves: a page with forms, and the same for scripts. */
export function ownPhotoRoutes(server: FastifyInstance, deps: OwnPhotoRoutesDeps): void {
  // In a scope of its own, which reads other kinds of bodies.
  void server.register(async (scope) => {
    await scope.register(fastifyMultipart, { limits: { fileSize: requestBytes, files: 1, fields: 0, parts: 1 } });
    // The bytes are read when it is known who brings them.
    scope.addContentTypeParser([...photoTypes], (_request, payload, done) => done(null, payload));
    scriptRoutes(scope, deps);
    pageRoutes(scope, deps);
  });
}

async function owner({ arrivals }: OwnPhotoRoutesDeps, request: FastifyRequest, reply: FastifyReply) {
  const arrival = await arrivals.signedIn(request, reply);
  if (!['GET', 'HEAD'].includes(request.method)) requireOwnPage(request.headers, arrival.origin);
  return arrival;
}

function scriptRoutes(scope: FastifyInstance, deps: OwnPhotoRoutesDeps): void {
  const schema = { response: { 200: GivenCommand, 202: GivenCommand } };
  scope.put('/me/photo', { schema }, async (request: PhotoRequest, reply) => {
    const { visitor } = await owner(deps, request, reply);
    const bytes = await readPhoto(request, streamOf(request.body));
    return answerGiven(reply, await setPhoto(deps, visitor.learner, bytes));
  });
  scope.delete('/me/photo', { schema }, async (request, reply) => {
    const { visitor } = await owner(deps, request, reply);
    return answerGiven(reply, await removePhoto(deps, visitor.learner));
  });
}

function pageRoutes(scope: FastifyInstance, deps: OwnPhotoRoutesDeps): void {
  scope.get('/profile', async (request: PageRequest, reply) => {
    const arrival = await owner(deps, request, reply);
    return show(deps, reply, arrival, { status: 200, notice: request.query['notice'] });
  });
  scope.post('/profile/photo', async (request, reply) => {
    const arrival = await owner(deps, request, reply);
    try {
      const given = await setPhoto(deps, arrival.visitor.learner, await uploaded(request));
      return await reply.redirect(`/profile?notice=${noticeOf(given, 'photo-changed')}`, 303);
    } catch (error) {
      if (!(error instanceof Problem) || error.status >= 500) throw error;
      return show(deps, reply, arrival, { status: error.status, complaint: error.message });
    }
  });
  scope.post('/profile/photo/remove', async (request, reply) => {
    const { visitor } = await owner(deps, request, reply);
    const given = await removePhoto(deps, visitor.learner);
    return reply.redirect(`/profile?notice=${noticeOf(given, 'photo-removed')}`, 303);
  });
}

interface Shown {
  readonly status: number;
  readonly notice?: unknown;
  readonly complaint?: string;
}

async function show(
  deps: OwnPhotoRoutesDeps,
  reply: FastifyReply,
  { organisation, visitor: { learner } }: SignedInArrival,
  { status, ...said }: Shown,
) {
  const [profile, photos] = await Promise.all([
    readProfile(deps, learner),
    photosShown(deps, organisation.id, [learner]),
  ]);
  const isFromEntra = learner.sources.microsoft?.active === true;
  const shown = { organisation, profile, isFromEntra, photo: photos.get(learner._id) ?? null, ...said };
  return sendPage(reply, status, profilePage(shown));
}

async function uploaded(request: FastifyRequest): Promise<Buffer> {
  const file = await request.file();
  if (!file?.filename) throw new Problem(422, 'no-file', 'Choose a photo first.');
  return readPhoto(request, file.file);
}

/** A body of another kind was read already; an empty one isn't there. */
function streamOf(body: AsyncIterable<Uint8Array> | undefined): AsyncIterable<Uint8Array> {
  if (typeof body === 'object' && Symbol.asyncIterator in body) return body;
  throw new Problem(415, 'no-photo', 'Send the photo as image/jpeg, image/png or image/webp.');
}

const noticeOf = ({ outcome }: GivenCommand, done: string) => {
  if (!outcome) return 'photo-soon';
  return outcome.outcome === 'applied' ? done : 'photo-refused';
};
