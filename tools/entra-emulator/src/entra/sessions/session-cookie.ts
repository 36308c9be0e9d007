import type { FastifyReply, FastifyRequest } from 'fastify';

/** Entra's own name for it. */
const NAME = 'ESTSAUTH';
// Lax: a link or a redirect from an application brings it, a foreign form does not. Not Secure: the pages are on http.
const ATTRIBUTES = 'Path=/; HttpOnly; SameSite=Lax';

export function sessionCookie(request: FastifyRequest): string | undefined {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${NAME}=`))?.slice(NAME.length + 1);
}

export function setSessionCookie(reply: FastifyReply, value: string): void {
  reply.header('set-cookie', `${NAME}=${value}; ${ATTRIBUTES}`);
}

export function clearSessionCookie(reply: FastifyReply): void {
  reply.header('set-cookie', `${NAME}=; Max-Age=0; ${ATTRIBUTES}`);
}
