import { accountRoutes } from './authorize/account-routes.ts';
import { authorizeRoutes } from './authorize/authorize-routes.ts';
import { adminConsentRoutes } from './consent/admin-consent-routes.ts';
import { PlannedFailures } from './control/planned-failures.ts';
import { TokenDefects } from './control/token-defects.ts';
import { makeRsaKey } from '../certificates/stored-key.ts';
import { createSigningKeys } from './keys/signing-keys.ts';
import { discoveryRoutes } from './discovery/discovery-routes.ts';
import { issuerOf } from './discovery/metadata.ts';
import type { Entra, EntraDeps } from './ports.ts';
import { logoutRoutes } from './sign-out/logout-routes.ts';
import { createSessions } from './sessions/sessions.ts';
import { answerErrorsAsPages } from './request/page-errors.ts';
import { answerErrorsAsJson } from './request/json-errors.ts';
import { acceptForms } from './request/parameters.ts';
import { authorizationCodeGrant } from './tokens/authorization-code-grant.ts';
import { createAuthorizationCodes } from './tokens/authorization-codes.ts';
import { clientCredentialsGrant } from './tokens/client-credentials-grant.ts';
import { createTokenGeneration } from './tokens/token-generation.ts';
import { createTokenIssuer } from './tokens/token-issuer.ts';
import { createTokenSigner } from './tokens/token-signer.ts';
import { tokenRoutes } from './tokens/token-routes.ts';
import { createAccessTokenVerifier } from './tokens/verify-access-token.ts';
import { userinfoRoutes } from './userinfo/userinfo-routes.ts';

/**
 * The identity platform of one tenant: discovery, sign-in, tokens, consent and sign-out. The plugin may be registered
 * on several doors; they share keys, sessions and codes.
 */
export async function createEntra(deps: EntraDeps): Promise<Entra> {
  const { directory, clock } = deps;
  const tenant = () => directory.tenant;
  const findApplication = (appId: string) =>
    directory.applications().find((application) => application.appId.toLowerCase() === appId.toLowerCase());
  const origins = () => [deps.httpsUrl(), deps.httpUrl()];
  const keys = await createSigningKeys(clock, deps.firstKeys ?? (async () => makeRsaKey()));
  const failures = new PlannedFailures();
  const defects = new TokenDefects(clock);
  const generation = createTokenGeneration();
  const issuer = createTokenIssuer({
    tenant,
    issuer: () => issuerOf(deps, { kind: 'tenant', tenant: tenant() }),
    signer: createTokenSigner(keys, defects),
    generation,
    clock,
  });
  const codes = createAuthorizationCodes(clock);
  const sessions = createSessions(clock);
  const verifyAccessToken = createAccessTokenVerifier({
    knowsTenant: (id) => id === tenant().id,
    keys,
    generation,
    clock,
  });
  const grants = new Map([
    ['client_credentials', clientCredentialsGrant({ issuer, origins })],
    ['authorization_code', authorizationCodeGrant({ codes, issuer, directory })],
  ]);
  const audiences = () =>
    [tenant().id, ...tenant().verifiedDomains.map(({ name }) => name)].map(
      (name) => `${deps.httpsUrl()}/${name}/oauth2/v2.0/token`,
    );

  return {
    plugin: async (server) => {
      await server.register((calls, _options, done) => {
        acceptForms(calls);
        answerErrorsAsJson(calls, clock);
        discoveryRoutes(calls, { tenant, doors: deps, keys, failures });
        tokenRoutes(calls, { tenant, findApplication, audiences, clock, grants, failures });
        userinfoRoutes(calls, { directory, verifyAccessToken, graphUrl: () => deps.httpsUrl(), clock });
        done();
      });
      await server.register((pages, _options, done) => {
        acceptForms(pages);
        answerErrorsAsPages(pages, clock);
        accountRoutes(pages, { directory, sessions, findApplication });
        authorizeRoutes(pages, { directory, sessions, findApplication, codes, clock, failures });
        adminConsentRoutes(pages, { directory, sessions, findApplication, clock, failures });
        logoutRoutes(pages, { directory, sessions });
        done();
      });
    },
    verifyAccessToken,
    failNext: (aadsts, failure) => failures.plan(aadsts, failure),
    spoilTokens: (order) => defects.order(order),
    clearFaults() {
      failures.clear();
      defects.clear();
    },
    rotateKeys: (rollover = 'planned') => keys.rotate(rollover),
    retireKeys: () => keys.retire(),
    expireTokens: () => generation.end(),
    revokeConsent(tenantId, appId) {
      if (tenantId === directory.tenant.id) directory.revokeConsent(appId);
    },
  };
}
