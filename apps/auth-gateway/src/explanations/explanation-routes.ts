import { explainPerson, type ExplainDeps } from '@learnamp/explain';
import type { Bus } from '@learnamp/bus';
import { passwordAccessOf } from '@learnamp/organisations';
import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { withScope } from '../api-tokens/scopes.ts';
import { requireOwnPage } from '../hosts/own-page.ts';
import type { Arrivals } from '../sessions/arrivals.ts';

export interface ExplanationDeps extends Pick<ExplainDeps, 'connection' | 'clock'> {
  readonly bus: Pick<Bus, 'publish'>;
  readonly arrivals: Arrivals;
}

const Question = Type.Object(
  {
    /** An Object ID, a user principal name or an address. */
    person: Type.String({ minLength: 1, maxLength: 320 }),
    /** Asks the directory in any case, not only where what is stored says too little. */
    fresh: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);

// The answer is worth a short wait; after that what is stored is said, with `readAt` null.
const PATIENCE_MS = 5_000;

/** Why a person is, or is not, as expected. Changes nothing, and is a POST because it may ask directory-sync. */
export function explanationRoutes(server: FastifyInstance, deps: ExplanationDeps): void {
  server.post<{ Body: Static<typeof Question> }>(
    '/api/explanations',
    { ...withScope('provisioning:read', { keepsNoAnswer: true }), schema: { body: Question } },
    async (request, reply) => {
      const { organisation, origin, visitor } = await deps.arrivals.administrator(request, reply);
      requireOwnPage(request.headers, origin);
      const { person: who, fresh: isFresh = false } = request.body;
      const groupId = organisation.microsoft?.groupId ?? null;
      const open = { ...organisation, groupId, passwordAccess: passwordAccessOf(organisation) };
      void reply.header('cache-control', 'no-store');
      return explainPerson(
        { ...deps, publish: (records) => deps.bus.publish(records), withinMs: PATIENCE_MS },
        { organisation: open, who, askedBy: visitor.learner._id, isFresh },
      );
    },
  );
}
