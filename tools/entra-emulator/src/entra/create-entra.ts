import { accountRoutes } from './authorize/account-routes.ts';
import { authorizeRoutes } from './authorize/authorize-routes.ts';
import { adminConsentRoutes } from './consent/admin-consent-routes.ts';
import { PlannedFailures } from './control/planned-failures.ts';
import { TokenDefects } from './control/token-defects.ts';
import { makeRsaKey } from '../certificates/stored-key.ts';
import { discoveryRoutes } from './discovery/discovery-routes.ts';
import { issuerOf } from './discovery/metadata.ts';
import { createSigningKeys } from './keys/signing-keys.ts';
import type { DirectoryView, Entra, EntraDeps } from './ports.ts';
import { answerErrorsAsJson } from './request/json-errors.ts';
import { lackingRoutes } from './request/lacking-routes.ts';
import { answerErrorsAsPages } from './request/page-errors.ts';
import { acceptForms } from './request/parameters.ts';
import { createSessions } from './sessions/sessions.ts';
import { logoutRoutes } from './sign-out/logout-routes.ts';
import { createTenants } from './tenants/tenants.ts';
import { authorizationCodeGrant } from './tokens/authorization-code-grant.ts';
import { createAuthorizationCodes } from './tokens/authorization-codes.ts';
import { clientCredentialsGrant } from './tokens/client-credentials-grant.ts';
import { refreshTokenGrant } from './tokens/refresh-token-grant.ts';
import { createRefreshTokens } from './tokens/refresh-tokens.ts';
import { createTokenGeneration } from './tokens/token-generation.ts';
import { createTokenIssuer } from './tokens/token-issuer.ts';
import { tokenRoutes } from './tokens/token-routes.ts';
import { createTokenSigner } from './tokens/token-signer.ts';
import { createAccessTokenVerifier } from './tokens/verify-access-token.ts';
import { userinfoRoutes } from './userinfo/userinfo-routes.ts';

/**
 * The identity platform of several tenants: discovery, sign-in, tokens, consent and sign-out. The plugin may be
 * registered on several doors; they share keys, sessions and codes.
 */
export async function createEntra(deps: EntraDeps): Promise<Entra> {
  const { clock } = deps;
  const tenants = createTenants(deps.directories);
  const keys = await createSigningKeys(clock, deps.firstKeys ?? (async () => makeRsaKey()));
  const failures = new PlannedFailures();
  const defects = new TokenDefects(clock);
  const generation = createTokenGeneration();
  const graphUrl = () => deps.httpsUrl();
  const issuer = createTokenIssuer({
    issuer: (tenantId) => issuerOf(deps, tenantId),
    graphUrl,
    signer: createTokenSigner(keys, defects),
    generation,
    clock,
  });
  const codes = createAuthorizationCodes(clock);
  const refreshTokens = createRefreshTokens(clock);
  const redeem = { tenants, issuer, refreshTokens };
  const sessions = createSessions(clock);
  const knowsTenant = (tenantId: string) => tenants.named(tenantId) !== undefined;
  const verifyAccessToken = createAccessTokenVerifier({ knowsTenant, keys, generation, clock });
  const grants = new Map([
    [
      'client_credentials',
      clientCredentialsGrant({ tenants, issuer, origins: () => [deps.httpsUrl(), deps.httpUrl()] }),
    ],
    ['authorization_code', authorizationCodeGrant({ ...redeem, codes })],
    ['refresh_token', refreshTokenGrant(redeem)],
  ]);
  const inTenant = (tenantId: string, act: (directory: DirectoryView) => void) => {
    const directory = tenants.named(tenantId);
    if (directory === undefined) throw new RangeError(`there is no tenant ${tenantId}`);
    act(directory);
  };

  return {
    plugin: async (server) => {
      await server.register((calls, _options, done) => {
        acceptForms(calls);
        answerErrorsAsJson(calls, clock);
        discoveryRoutes(calls, { tenants, doors: deps, keys, failures });
        tokenRoutes(calls, { tenants, httpsUrl: () => deps.httpsUrl(), clock, grants, failures });
        userinfoRoutes(calls, { tenants, verifyAccessToken, graphUrl, clock });
        lackingRoutes(calls);
        done();
      });
      await server.register((pages, _options, done) => {
        acceptForms(pages);
        answerErrorsAsPages(pages, clock);
        accountRoutes(pages, { tenants, sessions });
        authorizeRoutes(pages, { tenants, sessions, codes, issuer, clock, failures });
        adminConsentRoutes(pages, { tenants, sessions, clock, failures });
        logoutRoutes(pages, { tenants, sessions });
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
    faults: () => ({ signIn: failures.all(), tokens: defects.all() }),
    rotateKeys: (rollover = 'planned') => keys.rotate(rollover),
    retireKeys: () => keys.retire(),
    expireTokens: () => generation.end(),
    revokeConsent: (tenantId, appId) => inTenant(tenantId, (directory) => directory.revokeConsent(appId)),
    removeServicePrincipal: (tenantId, appId) =>
      inTenant(tenantId, (directory) => directory.removeServicePrincipal(appId)),
    setSignInPolicies: (tenantId, policies) => inTenant(tenantId, (directory) => directory.setPolicies(policies)),
    snapshot() {
      const restorers = [sessions.snapshot(), refreshTokens.snapshot(), ...deps.directories.map(rememberPolicies)];
      return () => {
        for (const restore of restorers) restore();
      };
    },
  };
}

function rememberPolicies(directory: DirectoryView): () => void {
  const policies = directory.policies();
  return () => directory.setPolicies(policies);
}
