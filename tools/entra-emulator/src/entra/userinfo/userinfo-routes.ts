import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { AccessToken, EntraUser } from '../ports.ts';
import type { Tenants } from '../tenants/tenants.ts';
import { pairwiseSubject } from '../tokens/user-claims.ts';

export interface UserinfoDeps {
  readonly tenants: Tenants;
  readonly verifyAccessToken: (token: string) => Promise<AccessToken>;
  /** Where Graph is. */
  readonly graphUrl: () => string;
  readonly clock: () => Date;
}

/** OpenID Connect Core, 5.3. It belongs to Graph, and so refuses in Graph's words. */
export function userinfoRoutes(
  server: FastifyInstance,
  { tenants, verifyAccessToken, graphUrl, clock }: UserinfoDeps,
): void {
  server.route({
    method: ['GET', 'POST'],
    url: '/oidc/userinfo',
    handler: async (request, reply) => {
      const bearer = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
      const token = bearer === undefined ? undefined : await verifyAccessToken(bearer).catch(() => undefined);
      const user = token && userOf(tenants, token);
      if (token === undefined || user === undefined || !token.scopes.includes('openid')) {
        return reply.status(401).header('www-authenticate', 'Bearer error="invalid_token"').send(invalidToken(clock()));
      }
      return claimsOf(user, token, graphUrl());
    },
  });
}

function userOf(tenants: Tenants, { tenantId, userId }: AccessToken): EntraUser | undefined {
  return userId === undefined ? undefined : tenants.named(tenantId)?.findUser(userId);
}

function claimsOf(user: EntraUser, { tenantId, appId, scopes }: AccessToken, graphUrl: string): object {
  const has = (scope: string) => scopes.includes(scope);
  return {
    sub: pairwiseSubject(tenantId, appId, user.id),
    ...(has('profile') && { name: user.displayName }),
    ...(has('profile') && user.surname !== undefined && { family_name: user.surname }),
    ...(has('profile') && user.givenName !== undefined && { given_name: user.givenName }),
    ...(has('profile') && { picture: `${graphUrl}/v1.0/me/photo/$value` }),
    ...(has('email') && user.mail !== undefined && { email: user.mail }),
  };
}

function invalidToken(now: Date): object {
  const id = randomUUID();
  return {
    error: {
      code: 'InvalidAuthenticationToken',
      message: 'Access token validation failure.',
      innerError: { date: now.toISOString().slice(0, 19), 'request-id': id, 'client-request-id': id },
    },
  };
}
