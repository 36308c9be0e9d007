import { createHash } from 'node:crypto';
import type { Logger } from '@learnamp/service';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../problems/problem.ts';
import type { Arrivals } from '../sessions/arrivals.ts';
import type { KeptAnswers } from './kept-answers.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** An answer that must not lie about: the route takes no Idempotency-Key. */
    readonly keepsNoAnswer?: true;
  }
}

export interface IdempotencyDeps {
  readonly arrivals: Pick<Arrivals, 'callerOf'>;
  readonly keptAnswers: KeptAnswers;
  readonly logger: Logger;
}

const COMMANDS = ['POST', 'PUT', 'PATCH', 'DELETE'];

/**
 * Lets callers of the API send a command again without its being done again, by an Idempotency-Key of theirs
 * (draft-ietf-httpapi-idempotency-key-header). For all routes that are added from here on.
 */
export function takeIdempotencyKeys(server: FastifyInstance, deps: IdempotencyDeps): void {
  const underWay = new WeakMap<FastifyRequest, string>();
  server.addHook('preHandler', async (request, reply) => {
    const key = keyOf(request);
    const caller = key === undefined ? null : await deps.arrivals.callerOf(request, reply);
    // Whoever is nobody is told so by the route itself.
    if (!caller) return;
    const { organisationId } = caller;
    const id = hashOf([organisationId, caller.id, key]);
    const kept = await deps.keptAnswers.begin({ id, organisationId, fingerprint: fingerprintOf(request) });
    if (!kept) return void underWay.set(request, id);
    if (kept.type !== null) void reply.type(kept.type);
    void reply.code(kept.status).headers({ 'cache-control': 'no-store', 'idempotency-replayed': 'true' });
    return reply.send(kept.body === '' ? undefined : Buffer.from(kept.body));
  });
  server.addHook('onSend', async (request, reply, payload) => {
    const id = underWay.get(request);
    if (id !== undefined) await settle(deps, id, reply, payload);
    return payload;
  });
}

/** What was refused has changed nothing, so it may be tried again; only what was done is kept. */
async function settle({ keptAnswers, logger }: IdempotencyDeps, id: string, reply: FastifyReply, payload: unknown) {
  const { statusCode: status } = reply;
  const type = reply.getHeader('content-type');
  const answer = {
    ...{ status, type: typeof type === 'string' ? type : null },
    body: typeof payload === 'string' ? payload : '',
  };
  // It is done, or refused, whatever becomes of this: the caller is told so.
  await (status < 400 ? keptAnswers.keep(id, answer) : keptAnswers.forget(id)).catch((err: unknown) => {
    logger.warn({ err }, 'the answer to a command is not kept');
  });
}

function keyOf({ headers, method, url, routeOptions }: FastifyRequest): string | undefined {
  const header = headers['idempotency-key'];
  if (header === undefined || !COMMANDS.includes(method) || !url.startsWith('/api/')) return undefined;
  // By the draft a string of RFC 8941, in quotes; without them it is as clear.
  const key = /^(?:"([\x21\x23-\x7e]{1,200})"|([\x21\x23-\x7e]{1,200}))$/.exec(String(header));
  if (!key) throw new Problem(400, 'bad-idempotency-key', 'An Idempotency-Key is 1 to 200 visible characters.');
  if (routeOptions.config.keepsNoAnswer) {
    throw new Problem(
      400,
      'no-idempotency-key-here',
      'The answer to this is not kept: send it without an Idempotency-Key.',
    );
  }
  return key[1] ?? key[2];
}

const fingerprintOf = ({ method, url, body }: FastifyRequest) => hashOf([method, url, body ?? null]);

const hashOf = (said: unknown) => createHash('sha256').update(JSON.stringify(said)).digest('base64url');
