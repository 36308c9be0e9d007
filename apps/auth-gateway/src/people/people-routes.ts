import type { FastifyInstance } from 'fastify';
import { withScope } from '../api-tokens/scopes.ts';
import { photoOf } from '../home/photo-of.ts';
import { sendPhoto } from '../home/send-photo.ts';
import { leaveOutEmpty } from '../paging/leave-out-empty.ts';
import { findPerson } from './find-person.ts';
import { PeopleList, type PeopleListDeps, PeopleQuery, readPeople } from './people-list.ts';
import { ById, personCommands, type PersonCommandDeps, type PersonRequest } from './person-commands.ts';
import { PersonView } from './person-view.ts';
import { readPerson, type ReadPersonDeps } from './read-person.ts';

export type PeopleDeps = PeopleListDeps & ReadPersonDeps & PersonCommandDeps;

/** An organisation's people, each of them, and what is done about one. Owner and Admin only. */
export function peopleRoutes(server: FastifyInstance, deps: PeopleDeps): void {
  const read = withScope('people:read');

  server.get<{ Querystring: PeopleQuery }>(
    '/api/people',
    { ...read, preValidation: leaveOutEmpty, schema: { querystring: PeopleQuery, response: { 200: PeopleList } } },
    async (request, reply) => {
      const { organisation } = await deps.arrivals.administrator(request, reply);
      void reply.header('cache-control', 'no-store');
      return readPeople(deps, organisation.id, request.query);
    },
  );
  server.get(
    '/api/people/:learnerId',
    { ...read, schema: { params: ById, response: { 200: PersonView } } },
    async (request: PersonRequest, reply) => {
      const { organisation } = await deps.arrivals.administrator(request, reply);
      void reply.header('cache-control', 'no-store');
      return readPerson(deps, await findPerson(deps.learners, organisation.id, request.params.learnerId));
    },
  );
  server.get(
    '/api/people/:learnerId/photo',
    { ...read, schema: { params: ById } },
    async (request: PersonRequest, reply) => {
      const { organisation } = await deps.arrivals.administrator(request, reply);
      const learner = await findPerson(deps.learners, organisation.id, request.params.learnerId);
      return sendPhoto(request, reply, await photoOf(deps, learner));
    },
  );
  personCommands(server, deps);
}
