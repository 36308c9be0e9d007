import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import type { PhotoDeps } from '../home/photo-of.ts';
import { photosShown } from '../home/photos-shown.ts';
import { nameOf } from '../home/profile.ts';
import type { Arrivals } from '../sessions/arrivals.ts';

export interface MeDeps extends PhotoDeps {
  readonly arrivals: Arrivals;
}

const Me = Type.Object({
  organisation: Type.Object({ name: Type.String(), subdomain: Type.String() }),
  learner: Type.Object({
    id: Type.String(),
    name: Type.String(),
    email: Type.Union([Type.String(), Type.Null()]),
    /** At `/me/photo`. */
    hasPhoto: Type.Boolean(),
  }),
  role: Type.Union([Type.Literal('Owner'), Type.Literal('Admin'), Type.Literal('Learner')]),
});

/** Who is signed in, where, and as what: for a page that is an application of its own. */
export function meRoutes(server: FastifyInstance, deps: MeDeps): void {
  server.get('/api/me', { schema: { response: { 200: Me } } }, async (request, reply) => {
    const { organisation, visitor } = await deps.arrivals.signedIn(request, reply);
    const { learner, role } = visitor;
    const hasPhoto = (await photosShown(deps, organisation.id, [learner])).has(learner._id);
    void reply.header('cache-control', 'no-store');
    return {
      organisation: { name: organisation.name, subdomain: organisation.subdomain },
      learner: { id: learner._id, name: nameOf(learner), email: learner.fields.email, hasPhoto },
      role,
    };
  });
}
