import type { Logger } from '@learnamp/service';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem, problemBody, refused } from './problem.ts';

/** Seconds after which a request that was answered 503 is welcome again. */
const retryAfterSeconds = 5;

/** The one place where errors become answers: RFC 9457 documents with fixed sentences. */
export function answerProblems(server: FastifyInstance, logger: Logger): void {
  server.setNotFoundHandler((_request, reply) => sendProblem(reply, refused(404)));
  server.setErrorHandler((error: FastifyError, _request, reply) => {
    const problem = problemOf(error);
    if (problem.status >= 500 && !problem.retriable) logger.error({ err: error }, 'request failed');
    return sendProblem(reply, problem);
  });
}

/** Fastify's own refusals before any route: an address that can't be decoded, for instance. */
export const answerFrameworkError = (error: FastifyError, _request: FastifyRequest, reply: FastifyReply): void => {
  protect(reply);
  void sendProblem(reply, problemOf(error));
};

/** For every answer: nothing to interpret, nothing to store. */
export function protect(reply: FastifyReply): void {
  void reply.headers({
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'",
    'x-content-type-options': 'nosniff',
  });
}

const problemOf = (error: FastifyError): Problem =>
  error instanceof Problem ? error : new Problem(error.statusCode ?? 500, { cause: error });

function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  if (problem.retriable) void reply.header('retry-after', String(retryAfterSeconds));
  return reply
    .code(problem.status)
    .type('application/problem+json')
    .serializer(JSON.stringify)
    .send(problemBody(problem));
}
