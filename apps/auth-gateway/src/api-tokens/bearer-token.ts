import type { IncomingHttpHeaders } from 'node:http';

/** The token of a request (RFC 6750 section 2.1); undefined for a request that has none. */
export const bearerOf = ({ headers }: { readonly headers: IncomingHttpHeaders }): string | undefined =>
  /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1];
