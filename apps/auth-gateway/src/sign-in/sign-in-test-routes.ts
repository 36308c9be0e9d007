import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';
import { requireOwnPage } from '../hosts/own-page.ts';
import { Problem } from '../problems/problem.ts';
import type { Arrivals, SignedInArrival } from '../sessions/arrivals.ts';
import { beginSignIn, type BeginSignInDeps } from './begin-sign-in.ts';
import type { ExplainRefusal } from './explain-refusal.ts';
import { refusals } from './refusals.ts';
import { SignInRefusal } from './sign-in-refusal.ts';

export interface SignInTestDeps extends BeginSignInDeps {
  readonly arrivals: Pick<Arrivals, 'administratorInPerson'>;
  readonly explain: ExplainRefusal;
}

const Begun = Type.Object({ location: Type.String() });

/**
 * An administrator tries whether signing in with Microsoft works, by doing it: the way that everybody takes, which ends at
 * the settings.
 */
export function signInTestRoutes(server: FastifyInstance, deps: SignInTestDeps): void {
  const administrator = async (request: FastifyRequest, reply: FastifyReply) => {
    const arrival = await deps.arrivals.administratorInPerson(request, reply);
    requireOwnPage(request.headers, arrival.origin);
    return arrival;
  };

  server.post('/settings/microsoft/sign-in-test', async (request, reply) => {
    const arrival = await administrator(request, reply);
    return deps.explain(arrival.organisation, reply, async () =>
      reply.redirect(await begin(deps, arrival, reply), 303),
    );
  });
  server.post('/api/microsoft/sign-in-tests', { schema: { response: { 202: Begun } } }, async (request, reply) => {
    const arrival = await administrator(request, reply);
    const location = await begin(deps, arrival, reply).catch(asProblem(arrival));
    return reply.code(202).header('cache-control', 'no-store').send({ location });
  });
}

const begin = (deps: SignInTestDeps, { organisation, visitor }: SignedInArrival, reply: FastifyReply) => {
  const returnTo = '/settings?microsoft=tested#microsoft';
  return beginSignIn(deps, organisation, { returnTo, chooseAccount: true, tester: visitor.learner._id }, reply);
};

const asProblem =
  ({ organisation }: SignedInArrival) =>
  (error: unknown): never => {
    if (!(error instanceof SignInRefusal)) throw error;
    const { status, explain } = refusals[error.code];
    throw new Problem(status, error.code, explain(organisation.name), { cause: error });
  };
