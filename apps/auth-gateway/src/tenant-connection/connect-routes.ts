import { consents } from '@learnamp/organisations';
import type { Logger } from '@learnamp/service';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import { ConsolePlace, placeAfter } from '../hosts/console-places.ts';
import { requireOwnPage } from '../hosts/own-page.ts';
import { adminConsentUrl, type ConsentAsker } from '../microsoft/admin-consent.ts';
import { MicrosoftError } from '../microsoft/microsoft-error.ts';
import { Problem } from '../problems/problem.ts';
import type { Arrivals, SignedInArrival } from '../sessions/arrivals.ts';
import { clearCookie, readCookie, setCookie } from '../sessions/cookies.ts';
import { ConnectRefused, type ConnectRefusal, connectWords } from './connect-refusals.ts';
import { finishTrip, type FinishTripDeps } from './finish-trip.ts';
import { CLAIM_SECONDS, type Claimant } from './tenant-claims.ts';

export interface ConnectDeps extends FinishTripDeps {
  readonly arrivals: Arrivals;
  readonly consentAsker: ConsentAsker;
  readonly logger: Logger;
}

const Wanted = Type.Object({
  consent: Type.Union(consents.map((name) => Type.Literal(name))),
  /** Where the browser comes back to; the settings without it. */
  returnTo: Type.Optional(ConsolePlace),
});
const Begun = Type.Object({ location: Type.String() });
type WantedRequest = FastifyRequest<{ Body: Static<typeof Wanted> }>;

/** Connecting a tenant: it begins on the settings page or in the console, by a form or by a script, and comes back there. */
export function connectRoutes(server: FastifyInstance, deps: ConnectDeps): void {
  server.post('/settings/microsoft/connect', { schema: { body: Wanted } }, async (request: WantedRequest, reply) =>
    reply.redirect(await begin(deps, request, reply), 303),
  );

  server.post(
    '/api/microsoft/connections',
    { config: { keepsNoAnswer: true }, schema: { body: Wanted, response: { 202: Begun } } },
    async (request: WantedRequest, reply) =>
      reply
        .code(202)
        .header('cache-control', 'no-store')
        .send({ location: await begin(deps, request, reply) }),
  );

  server.get<{ Querystring: { handover?: unknown } }>('/settings/microsoft/continue', async (request, reply) => {
    const arrival = await deps.arrivals.administratorInPerson(request, reply);
    return reply.redirect(await goOn(deps, arrival, request, reply), 303);
  });
}

async function begin(deps: ConnectDeps, request: WantedRequest, reply: FastifyReply): Promise<string> {
  const arrival = await deps.arrivals.administratorInPerson(request, reply);
  requireOwnPage(request.headers, arrival.origin);
  const { consent, returnTo = null } = request.body;
  const { state, browserToken } = await deps.claims.begin(claimantOf(arrival), { consent, returnTo });
  setCookie(reply, 'connect', browserToken, CLAIM_SECONDS);
  const tenantId = arrival.organisation.microsoft?.tenantId ?? null;
  return adminConsentUrl(deps.consentAsker, { tenantId, consent, state }).catch((cause: unknown) => {
    throw cause instanceof MicrosoftError
      ? new Problem(503, 'microsoft-unreachable', connectWords['microsoft-unreachable'], { cause })
      : cause;
  });
}

const claimantOf = ({ organisation, visitor }: SignedInArrival): Claimant => ({
  organisationId: organisation.id,
  learnerId: visitor.learner._id,
  sessionId: visitor.session._id,
});

/** Of a trip that nobody knows, nobody knows where it began. */
const lost = placeAfter(null, 'lost');

async function goOn(
  deps: ConnectDeps,
  arrival: SignedInArrival,
  request: FastifyRequest<{ Querystring: { handover?: unknown } }>,
  reply: FastifyReply,
): Promise<string> {
  const browserToken = readCookie(request, 'connect');
  const { handover } = request.query;
  if (!browserToken || typeof handover !== 'string') return lost;
  const collected = await deps.claims.collect(handover, claimantOf(arrival), browserToken);
  if (!collected) return lost;
  const { returnTo } = collected.claim;
  try {
    const next = await finishTrip(deps, arrival.organisation, collected);
    if (next) return next.href;
  } catch (error) {
    if (!(error instanceof ConnectRefused)) throw error;
    await forget(deps, collected.claim, reply);
    return placeAfter(returnTo, noted(deps, arrival, error));
  }
  await forget(deps, collected.claim, reply);
  deps.logger.info({ organisationId: arrival.organisation.id, consent: collected.claim.consent }, 'tenant connected');
  return placeAfter(returnTo, 'connected');
}

async function forget(
  { claims }: ConnectDeps,
  claim: Parameters<FinishTripDeps['claims']['end']>[0],
  reply: FastifyReply,
) {
  await claims.end(claim);
  clearCookie(reply, 'connect');
}

/** What the log says of a refusal: no word of Microsoft's answer, which has tenants and tokens in it. */
function noted(
  { logger }: ConnectDeps,
  { organisation, visitor }: SignedInArrival,
  refused: ConnectRefused,
): ConnectRefusal {
  const failure = refused.cause instanceof Error ? refused.cause.message : undefined;
  const about = { organisationId: organisation.id, learnerId: visitor.learner._id, refusal: refused.code, failure };
  logger.warn(about, 'connecting a tenant refused');
  return refused.code;
}
