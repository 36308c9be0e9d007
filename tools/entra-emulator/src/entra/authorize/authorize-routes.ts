import type { FastifyInstance, FastifyReply } from 'fastify';
import type { PlannedFailures } from '../control/planned-failures.ts';
import { bodyParameters, queryParameters } from '../request/parameters.ts';
import type { AuthorizationCodes } from '../tokens/authorization-codes.ts';
import type { TokenIssuer } from '../tokens/token-issuer.ts';
import type { AccountDeps } from './account-routes.ts';
import { answering } from './answering.ts';
import { askForAccount } from './ask-for-account.ts';
import { readAuthorizationRequest } from './authorization-request.ts';
import { consentRoute } from './consent-route.ts';
import { sendTokens } from './send-tokens.ts';
import { askForConsent, askForSecondFactor } from './interactions.ts';
import { locate, standingOf, type Located, type TenantRoute } from './locate.ts';
import { nextStep } from './next-step.ts';
import { secondFactorRoute } from './second-factor-route.ts';

export interface AuthorizeDeps extends AccountDeps {
  readonly codes: AuthorizationCodes;
  readonly issuer: TokenIssuer;
  readonly failures: PlannedFailures;
  readonly clock: () => Date;
}

/** The authorization endpoint, by GET and by POST, and the decisions that its pages ask for. */
export function authorizeRoutes(server: FastifyInstance, deps: AuthorizeDeps): void {
  server.route<TenantRoute>({
    method: ['GET', 'POST'],
    url: '/:tenant/oauth2/v2.0/authorize',
    handler: (request, reply) => {
      const parameters = request.method === 'POST' ? bodyParameters(request) : queryParameters(request);
      const located = locate(deps, request, `/${request.params.tenant}/oauth2/v2.0/authorize`, parameters);
      return answering(deps, request, reply, located, () => {
        deps.failures.meet('authorize');
        return authorize(deps, reply, located);
      });
    },
  });
  consentRoute(server, deps);
  secondFactorRoute(server, deps);
}

async function authorize(deps: AuthorizeDeps, reply: FastifyReply, located: Located): Promise<FastifyReply> {
  const { tenants } = deps;
  const { authority, application, address, parameters, session } = located;
  const wanted = readAuthorizationRequest(parameters, application, address.responseMode);
  const standing = standingOf(tenants, located);
  const step = nextStep(wanted, application, standing);
  if (step.kind === 'choose-account' || standing === undefined || session === undefined) {
    const signedIn = standing && { signedIn: standing.account };
    return askForAccount(tenants, authority, reply, { continuation: located, ...signedIn });
  }
  if (step.kind === 'show-second-factor') return askForSecondFactor(reply, located, step.user);
  if (step.kind === 'ask-consent') return askForConsent(reply, located, standing.directory, step);
  return sendTokens(deps, reply, located, wanted, { ...standing, user: step.user, session });
}
