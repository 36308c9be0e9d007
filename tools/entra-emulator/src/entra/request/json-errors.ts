import type { FastifyInstance } from 'fastify';
import { EntraError } from '../errors/entra-error.ts';
import { errorBody, errorReference } from '../errors/error-report.ts';

/** Answers refusals by Entra's error body; anything else goes on to the server's own handler. */
export function answerErrorsAsJson(server: FastifyInstance, clock: () => Date): void {
  server.setErrorHandler((error, request, reply) => {
    if (!(error instanceof EntraError)) throw error;
    const at = errorReference(clock(), request.headers['client-request-id']);
    return reply
      .status(error.kind.status)
      .headers({ 'cache-control': 'no-store', pragma: 'no-cache', 'x-ms-request-id': at.traceId })
      .send(errorBody(error, at));
  });
}
