import type { IncomingHttpHeaders } from 'node:http';
import { bearerOf } from '../api-tokens/bearer-token.ts';
import { Problem } from '../problems/problem.ts';

/**
 * Refuses a change that does not come from a page of the same origin (cross-site request forgery). Browsers say where a
 * request comes from by Sec-Fetch-Site and Origin; whoever sends neither is no browser of today, and is refused.
 * SameSite=Lax keeps the cookies away from cross-site posts, but subdomains of one domain are the same site.
 * A request with a bearer token is a program's: no page of another site can send that header without asking (we answer no
 * such question), and where a token is taken, cookies are not.
 * @throws Problem 403
 */
export function requireOwnPage(headers: IncomingHttpHeaders, ownOrigin: string): void {
  if (bearerOf({ headers }) !== undefined) return;
  const site = headers['sec-fetch-site'];
  const { origin } = headers;
  const told = site !== undefined || origin !== undefined;
  const own = (site === undefined || site === 'same-origin') && (origin === undefined || origin === ownOrigin);
  if (!told || !own) throw new Problem(403, 'cross-site', 'This request did not come from a page of this site.');
}
