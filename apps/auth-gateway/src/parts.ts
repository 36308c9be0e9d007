import { createCredentialChoice } from '@learnamp/service';
import type { FastifyInstance } from 'fastify';
import type { AppDeps } from './app.ts';
import type { Hosts } from './hosts/hosts.ts';
import { createAuthorities } from './microsoft/authorities.ts';
import { createClientAuthentication } from './microsoft/client-authentication.ts';
import { createMicrosoft } from './microsoft/microsoft.ts';
import { modelsOf } from './models.ts';
import { addAccessTokens } from './sessions/access-tokens.ts';
import { createSessionStore } from './sessions/session-store.ts';
import { readSigningKeys } from './sessions/signing-keys.ts';
import { createExplainRefusal } from './sign-in/explain-refusal.ts';
import { createSignInStore } from './sign-in/sign-in-store.ts';
import { createSignInTraces } from './sign-in-traces/sign-in-traces.ts';
import { createTenantClaims } from './tenant-connection/tenant-claims.ts';

/** What the routes of all hosts are made of. */
export type Parts = Awaited<ReturnType<typeof createParts>>;

export async function createParts(deps: AppDeps, hosts: Hosts, server: FastifyInstance) {
  const { settings, logger, connection, clock } = deps;
  const keys = await readSigningKeys(settings.sessionSigningKeys);
  const models = modelsOf(connection);
  const traces = createSignInTraces(models.signInTraces, clock);
  return {
    ...deps,
    ...models,
    ...(await microsoftOf(deps)),
    ...{ hosts, keys, traces },
    tokens: await addAccessTokens(server, { keys, issuer: settings.centralOrigin, clock }),
    explain: createExplainRefusal(logger, traces),
    signIns: createSignInStore(models.transactions, models.handOvers, clock),
    claims: createTenantClaims({ ...deps, tenantClaims: models.tenantClaims }),
    sessionStore: createSessionStore(models.sessions, clock),
  };
}

async function microsoftOf({ settings, clock }: AppDeps) {
  const { authorityHost, clientId, clientCredentials, centralOrigin } = settings;
  const redirectUri = `${centralOrigin}/auth/callback`;
  const credentials = createCredentialChoice(clientCredentials, clock);
  const authentication = await createClientAuthentication(clientCredentials, credentials);
  const authorities = createAuthorities({ authorityHost, clientId, authentication, clock });
  return { redirectUri, credentials, microsoft: createMicrosoft({ authorities, credentials, redirectUri }) };
}
