import type { FastifyInstance } from 'fastify';
import { EntraError } from '../errors/entra-error.ts';
import { errorReference } from '../errors/error-report.ts';
import { errorPage } from '../pages/error-page.ts';
import { sendPage } from '../pages/page.ts';

/** Shows refusals as a page; anything else goes on to the server's own handler. */
export function answerErrorsAsPages(server: FastifyInstance, clock: () => Date): void {
  server.setErrorHandler((error, request, reply) => {
    if (!(error instanceof EntraError)) throw error;
    return sendPage(
      reply,
      error.kind.status,
      errorPage(error, errorReference(clock(), request.headers['client-request-id'])),
    );
  });
}
