import type { FastifyRequest } from 'fastify';

/** Whether a page of another origin sent it: a browser says so, and nobody else has a reason to. */
export function isForeign({ headers, protocol, host }: FastifyRequest): boolean {
  return headers.origin !== undefined && headers.origin !== `${protocol}://${host}`;
}
