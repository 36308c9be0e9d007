import type { FastifyInstance } from 'fastify';
import { EntraError } from '../errors/entra-error.ts';
import { afterConsent, continuationUrl, parseContinuation } from '../request/continuation.ts';
import { bodyParameters, required, type Parameters } from '../request/parameters.ts';
import { answering } from './answering.ts';
import { readAuthorizationRequest } from './authorization-request.ts';
import type { AuthorizeDeps } from './authorize-routes.ts';
import { locate, standingOf, type Located, type TenantRoute } from './locate.ts';
import { nextStep } from './next-step.ts';

/** Takes the decision about delegated permissions. */
export function consentRoute(server: FastifyInstance, deps: AuthorizeDeps): void {
  server.post<TenantRoute>('/:tenant/consent', (request, reply) => {
    const body = bodyParameters(request);
    const continuation = parseContinuation(required(body, 'continue'));
    const located = locate(deps, request, continuation.path, continuation.parameters);
    return answering(deps, request, reply, located, () => {
      if (required(body, 'decision') !== 'accept') throw new EntraError(65004);
      const isGranted = grant(deps, located, body);
      return reply.redirect(continuationUrl(isGranted ? afterConsent(continuation) : continuation), 303);
    });
  });
}

/** Grants what the page asked for, if that is still what has to be asked. */
function grant({ tenants }: AuthorizeDeps, located: Located, body: Parameters): boolean {
  const { registration, application, parameters, address } = located;
  const wanted = readAuthorizationRequest(parameters, application, address.responseMode);
  const standing = standingOf(tenants, located);
  const step = nextStep(wanted, application, standing);
  if (step.kind !== 'ask-consent' || standing === undefined) return false;
  const { directory } = standing;
  const forEverybody = body.get('organisation') === 'on' && directory.isAdministrator(step.user.id);
  const whom = forEverybody ? {} : { userId: step.user.id };
  directory.grantConsent(registration, { scopes: step.permissions, ...whom });
  return true;
}
