import type { CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';

// Browsers take a cookie named __Host- only with Secure, Path=/ and without Domain (RFC 6265bis section 4.1.3.2), so no
// other subdomain can plant or read one. Lax, because Microsoft's answer comes by a navigation from another site.
const hostOnly: CookieSerializeOptions = { path: '/', secure: true, httpOnly: true, sameSite: 'lax' };

/** Our cookies. */
export const cookieNames = {
  /** The access token, ten minutes. */
  session: '__Host-session',
  /** What a new access token is got with, as long as the session lives. */
  refresh: '__Host-refresh',
  /** Binds a sign-in to the browser that began it. */
  signIn: '__Host-sign-in',
  /** Binds the connecting of a tenant to the browser that began it. */
  connect: '__Host-connect',
  /** The token of an invitation whose link was opened, for a few minutes. */
  invitation: '__Host-invitation',
  /** The token of a password link that was opened, for a few minutes. */
  newPassword: '__Host-new-password',
  /** That somebody has signed in here with a password before: guesses from elsewhere don't lock this browser out. */
  browser: '__Host-browser',
} as const;

export type CookieName = keyof typeof cookieNames;

/** Sets a cookie for so many seconds. */
export function setCookie(reply: FastifyReply, name: CookieName, value: string, maxAge: number): void {
  void reply.setCookie(cookieNames[name], value, { ...hostOnly, maxAge });
}

export function clearCookie(reply: FastifyReply, name: CookieName): void {
  void reply.clearCookie(cookieNames[name], hostOnly);
}

export const readCookie = (request: FastifyRequest, name: CookieName): string | undefined =>
  request.cookies[cookieNames[name]];
