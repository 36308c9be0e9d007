import type { Bus } from '@learnamp/bus';
import { type FieldMapping, mappingProblems } from '@learnamp/directory';
import { askDirectory } from '@learnamp/explain';
import type { LearnerDocument } from '@learnamp/learners';
import { expressionProperties } from '@learnamp/organisations';
import type { FastifyInstance } from 'fastify';
import type { Connection, Model } from 'mongoose';
import Type, { type Static } from 'typebox';
import { withScope } from '../api-tokens/scopes.ts';
import { requireOwnPage } from '../hosts/own-page.ts';
import { Problem } from '../problems/problem.ts';
import type { AdministratorArrival, Arrivals } from '../sessions/arrivals.ts';
import { MappingTest, mappingTest, nothing } from './mapping-test.ts';

export interface MappingTestDeps {
  readonly bus: Pick<Bus, 'publish'>;
  readonly connection: Connection;
  readonly learners: Model<LearnerDocument>;
  readonly clock: () => Date;
  readonly arrivals: Arrivals;
}

const Wanted = Type.Object(
  {
    /** A user principal name or an Object ID. */
    person: Type.String({ minLength: 1, maxLength: 320 }),
    /** As in the settings; without it the one that is stored there. */
    mapping: Type.Optional(Type.Object({}, { additionalProperties: true })),
  },
  { additionalProperties: false },
);
type Wanted = Static<typeof Wanted>;

// As of the settings, which a mapping is a part of.
const bodyLimit = 262_144;

// An answer is worth a short wait.
const PATIENCE_MS = 5_000;

/**
 * What a mapping makes of a person as the directory has them now: directory-sync reads and evaluates it as in a run. Changes
 * nothing, and is a POST because it asks directory-sync. Owner and Admin only.
 */
export function mappingTestRoutes(server: FastifyInstance, deps: MappingTestDeps): void {
  server.post<{ Body: Wanted }>(
    '/api/mapping-tests',
    {
      ...withScope('settings:read', { keepsNoAnswer: true }),
      bodyLimit,
      schema: { body: Wanted, response: { 200: MappingTest } },
    },
    async (request, reply) => {
      const arrival = await deps.arrivals.administrator(request, reply);
      requireOwnPage(request.headers, arrival.origin);
      void reply.header('cache-control', 'no-store');
      return tryMapping(deps, arrival, request.body);
    },
  );
}

async function tryMapping(
  deps: MappingTestDeps,
  { organisation, visitor }: AdministratorArrival,
  { person, mapping: wanted }: Wanted,
): Promise<MappingTest> {
  const tried = wanted && checked(wanted);
  const { id: organisationId, name, microsoft, provisioning } = organisation;
  if (!microsoft?.groupId) return nothing(`${name} is not connected with a group of Microsoft yet.`);
  const inspection = await askDirectory(
    { ...deps, publish: (records) => deps.bus.publish(records), withinMs: PATIENCE_MS },
    { organisationId, who: person.trim(), askedBy: visitor.learner._id, ...(tried ? { mapping: tried } : {}) },
  );
  if (!inspection) return nothing('The directory has not answered yet: try again in a moment.');
  const personId = inspection.person?.id;
  const learner = personId
    ? await deps.learners.findOne({ organisationId, 'sources.microsoft.personId': personId }).lean<LearnerDocument>()
    : null;
  return mappingTest(tried ?? provisioning.mapping, inspection, learner);
}

/** @throws Problem 422 with every mistake, as the settings say it. */
function checked(mapping: object): FieldMapping {
  const problems = mappingProblems(mapping, expressionProperties);
  if (problems.length > 0)
    throw new Problem(422, 'invalid-mapping', `This mapping can't be used: ${problems.join('; ')}`);
  return mapping as FieldMapping;
}
