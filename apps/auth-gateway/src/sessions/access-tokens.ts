import fastifyJwt, { type FastifyJWTOptions, type TokenOrHeader } from '@fastify/jwt';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { clearCookie, cookieNames, setCookie } from './cookies.ts';
import type { SessionDocument } from './session-model.ts';
import type { SigningKeys } from './signing-keys.ts';

const ACCESS_TOKEN_SECONDS = 600;

/** Access tokens: JWTs bound to one session and one organisation, in a cookie. */
export interface AccessTokens {
  issue(reply: FastifyReply, session: SessionDocument): Promise<void>;
  /** The session that the request's token names; undefined without a token that is good for this organisation. */
  sessionIdOf(request: FastifyRequest, organisationId: string): Promise<string | undefined>;
  clear(reply: FastifyReply): void;
}

export interface AccessTokenDeps {
  readonly keys: SigningKeys;
  readonly issuer: string;
  readonly clock: () => Date;
}

/** Registers `@fastify/jwt` on the server and gives its tokens their shape. */
export async function addAccessTokens(server: FastifyInstance, deps: AccessTokenDeps): Promise<AccessTokens> {
  const { keys, issuer, clock } = deps;
  await server.register(fastifyJwt, jwtOptions(keys, issuer));
  return {
    issue: async (reply, { _id: sid, organisationId: aud, learnerId: sub }) => {
      const iat = Math.floor(clock().getTime() / 1000);
      setCookie(reply, 'session', await reply.jwtSign({ sid, sub, aud, iat }), ACCESS_TOKEN_SECONDS);
    },
    sessionIdOf: async (request, organisationId) => {
      const token = request.cookies[cookieNames.session];
      if (!token || !isCanonical(token)) return undefined;
      try {
        const now = clock().getTime();
        const claims = await request.jwtVerify<{ sid?: unknown }>({ allowedAud: organisationId, clockTimestamp: now });
        return typeof claims.sid === 'string' ? claims.sid : undefined;
      } catch (error) {
        if (isRefusal(error)) return undefined;
        throw error;
      }
    },
    clear: (reply) => clearCookie(reply, 'session'),
  };
}

/** Base64url has several texts for the same bytes, and decoders take them all; what we gave out is one of them. */
const isCanonical = (token: string) =>
  token.split('.').every((part) => Buffer.from(part, 'base64url').toString('base64url') === part);

function jwtOptions(keys: SigningKeys, issuer: string): FastifyJWTOptions {
  return {
    cookie: { cookieName: cookieNames.session, signed: false },
    // Only keys of ours, found by id: what a token says of its own key (jwk, jku, x5u) is never looked at.
    secret: {
      private: keys.current.privatePem,
      public: (_request: FastifyRequest, token: TokenOrHeader) => keyOf(keys, token),
    },
    decode: { complete: true },
    sign: { algorithm: 'ES256', kid: keys.current.kid, iss: issuer, expiresIn: ACCESS_TOKEN_SECONDS },
    verify: {
      algorithms: ['ES256'],
      allowedIss: issuer,
      requiredClaims: ['iss', 'aud', 'sub', 'sid', 'exp', 'iat'],
      onlyCookie: true,
    },
  };
}

/** A token by a key that we don't have, or not any more. */
class UnknownKeyError extends Error {
  readonly code = 'unknown-key';
  readonly retriable = false;
}

/** `decode: { complete: true }` makes it a whole token; its header isn't verified yet, so it only names a key of ours. */
function keyOf(keys: SigningKeys, token: TokenOrHeader): Promise<string> {
  const { header } = token as { readonly header: { readonly kid?: string } };
  const key = keys.find(header.kid);
  // Without a key the library would ask again, in a way that it can't be answered.
  return key === undefined ? Promise.reject(new UnknownKeyError()) : Promise.resolve(key);
}

/** Errors of the token itself, by the codes of `@fastify/jwt` and fast-jwt among others. */
function isRefusal(error: unknown): boolean {
  const { code = '' } = error as { code?: string };
  return error instanceof UnknownKeyError || code.startsWith('FST_JWT_') || code.startsWith('FAST_JWT_');
}
