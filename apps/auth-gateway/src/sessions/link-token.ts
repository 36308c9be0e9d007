import type { FastifyReply } from 'fastify';
import { clearCookie, type CookieName, setCookie } from './cookies.ts';
import { isSecretToken } from './secret-token.ts';

const MINUTES = 10;

/**
 * Takes the token of a link out of the address into a cookie, and goes on without it: so no page, history entry or Referer
 * carries it on. What can't be a token takes the cookie away.
 */
export function takeLinkToken(reply: FastifyReply, cookie: CookieName, token: unknown, path: string): FastifyReply {
  if (isSecretToken(token)) setCookie(reply, cookie, token, MINUTES * 60);
  else clearCookie(reply, cookie);
  void reply.header('referrer-policy', 'no-referrer').header('cache-control', 'no-store');
  return reply.redirect(path, 303);
}
