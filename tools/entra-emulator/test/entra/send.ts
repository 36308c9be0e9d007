import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';

/** A fetch for both doors: it trusts the given authority, follows no redirect and keeps every Set-Cookie header. */
export type Send = (
  url: string | URL,
  options?: { method?: string; headers?: Record<string, string>; body?: URLSearchParams | string },
) => Promise<Response>;

export function sendWith(ca: string): Send {
  return (url, { method = 'GET', headers = {}, body } = {}) =>
    new Promise((resolve, reject) => {
      const target = new URL(url);
      const open = target.protocol === 'https:' ? httpsRequest : httpRequest;
      const type = body instanceof URLSearchParams ? { 'content-type': 'application/x-www-form-urlencoded' } : {};
      const request = open(target, { method, ca, agent: false, headers: { ...type, ...headers } }, (message) => {
        const chunks: Buffer[] = [];
        message.on('data', (chunk: Buffer) => chunks.push(chunk));
        message.on('end', () => resolve(responseOf(message.statusCode ?? 0, message.headersDistinct, chunks)));
      });
      request.on('error', reject);
      request.end(body?.toString());
    });
}

function responseOf(status: number, distinct: NodeJS.Dict<string[]>, chunks: Buffer[]): Response {
  const headers = new Headers();
  for (const [name, values = []] of Object.entries(distinct)) {
    for (const value of values) headers.append(name, value);
  }
  return new Response(status === 204 || status === 304 ? null : Buffer.concat(chunks), { status, headers });
}
