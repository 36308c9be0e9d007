import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import { ConsolePlace, placeAfter } from '../hosts/console-places.ts';
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
/** Where the browser comes back to; the settings without it. */
const Wanted = Type.Union([
  Type.Object({ returnTo: Type.Optional(ConsolePlace) }, { additionalProperties: false }),
  Type.Null(),
]);
type WantedRequest = FastifyRequest<{ Body?: Static<typeof Wanted> }>;

/**
 * An administrator tries whether signing in with Microsoft works, by doing it: the way that everybody takes, which ends where
 * it began.
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
      reply.redirect(await begin(deps, arrival, reply, null), 303),
    );
  });
  const schema = { body: Wanted, response: { 202: Begun } };
  server.post('/api/microsoft/sign-in-tests', { schema }, async (request: WantedRequest, reply) => {
    const arrival = await administrator(request, reply);
    const returnTo = request.body?.returnTo ?? null;
    const location = await begin(deps, arrival, reply, returnTo).catch(asProblem(arrival));
    return reply.code(202).header('cache-control', 'no-store').send({ location });
  });
}

function begin(
  deps: SignInTestDeps,
  { organisation, visitor }: SignedInArrival,
  reply: FastifyReply,
  place: ConsolePlace | null,
): Promise<string> {
  const wanted = { returnTo: placeAfter(place, 'tested'), chooseAccount: true, tester: visitor.learner._id };
  return beginSignIn(deps, organisation, wanted, reply);
}

const asProblem =
  ({ organisation }: SignedInArrival) =>
  (error: unknown): never => {
    if (!(error instanceof SignInRefusal)) throw error;
    const { status, explain } = refusals[error.code];
    throw new Problem(status, error.code, explain(organisation.name), { cause: error });
  };
