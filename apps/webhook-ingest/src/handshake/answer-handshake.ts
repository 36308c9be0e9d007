import type { Logger } from '@learnamp/service';
import type { onRequestAsyncHookHandler } from 'fastify';
import type { IngestMetrics } from '../metrics/ingest-metrics.ts';
import { refused } from '../problems/problem.ts';
import { readValidationToken } from './validation-token.ts';

/**
 * Answers Graph's handshake before any body is looked at: it comes as text/plain without JSON, when a subscription is
 * created. Whoever calls it gets back what they sent, as plain text that no browser interprets.
 */
export const answerHandshake =
  (logger: Logger, metrics: Pick<IngestMetrics, 'handshake'>): onRequestAsyncHookHandler =>
  async (request, reply) => {
    const validation = readValidationToken(request.raw.url ?? '');
    if (validation.kind === 'none') return undefined;
    metrics.handshake(validation.kind === 'token' ? 'answered' : 'refused');
    if (validation.kind === 'refused') throw refused(400);
    // Never the token itself: it is somebody's word until the subscription exists.
    logger.info({ path: request.routeOptions.url }, 'validation handshake answered');
    return reply.code(200).type('text/plain; charset=utf-8').send(validation.token);
  };
