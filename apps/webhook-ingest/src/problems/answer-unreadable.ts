import { STATUS_CODES } from 'node:http';
import type { FastifyServerOptions } from 'fastify';
import { Problem, problemBody } from './problem.ts';

type ClientErrorHandler = NonNullable<FastifyServerOptions['clientErrorHandler']>;

const statuses = new Map([
  ['ERR_HTTP_REQUEST_TIMEOUT', 408],
  ['HPE_HEADER_OVERFLOW', 431],
]);

/**
 * Answers what Node can't read as a request, or what took too long to arrive, before there is a request for Fastify.
 * The same document as everywhere, and the end of the connection.
 */
export const answerUnreadable =
  (answered: (status: number) => void): ClientErrorHandler =>
  (error, socket) => {
    if (error.code === 'ECONNRESET' || socket.destroyed) return;
    const status = statuses.get(error.code) ?? 400;
    if (socket.writable) {
      answered(status);
      socket.end(answerOf(status));
    } else socket.destroy();
  };

function answerOf(status: number): string {
  const body = JSON.stringify(problemBody(new Problem(status)));
  const headers = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'content-type: application/problem+json',
    `content-length: ${Buffer.byteLength(body)}`,
    'cache-control: no-store',
    "content-security-policy: default-src 'none'",
    'x-content-type-options: nosniff',
    'connection: close',
  ];
  return `${headers.join('\r\n')}\r\n\r\n${body}`;
}
