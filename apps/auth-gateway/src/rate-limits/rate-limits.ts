import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { bearerOf } from '../api-tokens/bearer-token.ts';
import { Problem } from '../problems/problem.ts';
import { readCookie } from '../sessions/cookies.ts';

/** How many requests of the API are answered within a window. Each replica counts by itself. */
export interface ApiLimits {
  /** Of one token, and of one session. */
  readonly perCaller: number;
  /** Of one address, or one /64 network of IPv6, whoever asks from there: whole offices may. */
  readonly perAddress: number;
  readonly windowMs: number;
}

// What is counted is bounded, so that nobody fills the memory with tokens that they make up.
const COUNTED_AT_ONCE = 50_000;

const NOBODY = '';
const hashOf = (secret: string | undefined) =>
  secret === undefined ? NOBODY : createHash('sha256').update(secret).digest('base64url');

/**
 * Refuses callers of the API who ask for too much, before anything is looked up for them. For all routes under `/api/`
 * that are added from here on; what is left is told in the headers of draft-ietf-httpapi-ratelimit-headers-03.
 */
export function limitApi(server: FastifyInstance, { perCaller, perAddress, windowMs }: ApiLimits): void {
  const same = { timeWindow: windowMs, cache: COUNTED_AT_ONCE };
  // Both credentials are counted, whichever the route takes: another one beside it buys nothing.
  const credentials = [bearerOf, (request: FastifyRequest) => readCookie(request, 'session')];
  const counters = [
    server.createRateLimit({ ...same, max: perAddress }),
    ...credentials.map((credentialOf) =>
      server.createRateLimit({
        ...{ ...same, max: perCaller, keyGenerator: (request) => hashOf(credentialOf(request)) },
        allowList: (_request, key) => key === NOBODY,
      }),
    ),
  ];
  server.addHook('onRequest', async (request, reply) => {
    if (!request.url.startsWith('/api/')) return;
    const counted = [];
    for (const count of counters) {
      const limit = await count(request);
      if (limit.isAllowed) continue;
      if (limit.isExceeded) throw tooMany(limit);
      counted.push(limit);
    }
    tell(reply, counted);
  });
}

interface Counted {
  readonly max: number;
  readonly remaining: number;
  readonly ttlInSeconds: number;
}

const headersOf = ({ max, remaining, ttlInSeconds }: Counted) => ({
  'ratelimit-limit': String(max),
  'ratelimit-remaining': String(remaining),
  'ratelimit-reset': String(ttlInSeconds),
});

/** Of the limit that is reached first. */
function tell(reply: FastifyReply, counted: readonly Counted[]): void {
  const [nearest] = counted.toSorted((one, other) => one.remaining - other.remaining);
  if (nearest) void reply.headers(headersOf(nearest));
}

function tooMany(limit: Counted): Problem {
  const seconds = String(Math.max(1, limit.ttlInSeconds));
  return new Problem(429, 'too-many-requests', `That is too much at once: ask again in ${seconds} seconds.`, {
    headers: { ...headersOf(limit), 'retry-after': seconds },
  });
}
