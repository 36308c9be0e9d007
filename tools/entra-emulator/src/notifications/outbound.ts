import { request } from 'node:https';
import { createSecureContext, rootCertificates } from 'node:tls';
import type { Schedule } from './schedule.ts';

/** A POST to a notification endpoint. */
export interface OutboundRequest {
  readonly url: string;
  readonly contentType: string;
  readonly body: string;
  readonly timeoutMs: number;
}

export interface OutboundAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** Sends one POST. Rejects when there is no complete answer in time; any status is an answer. */
export type Post = (request: OutboundRequest) => Promise<OutboundAnswer>;

/** There was no complete answer within the time limit. */
export class PostTimeout extends Error {}

/**
 * Posts over TLS, trusting the emulator's own authority beside the public ones. A certificate that neither vouches for
 * is refused, as Microsoft refuses it. Redirects are not followed.
 */
export function createPost(caPem: string, schedule: Schedule): Post {
  // Made once: reading all public authorities takes longer than the request.
  const secureContext = createSecureContext({ ca: [...rootCertificates, caPem] });
  return ({ url, contentType, body, timeoutMs }) =>
    new Promise((resolve, reject) => {
      const headers = { 'content-type': contentType, 'content-length': Buffer.byteLength(body) };
      const options = { method: 'POST', headers, secureContext, agent: false };
      const outgoing = request(url, options, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', fail);
        answer.on('end', () => {
          cancel();
          resolve({
            status: answer.statusCode ?? 0,
            contentType: answer.headers['content-type'] ?? '',
            body: Buffer.concat(chunks).toString('utf8'),
          });
        });
      });
      let timeout: Error | undefined;
      const cancel = schedule(() => {
        timeout = new PostTimeout('the endpoint took too long');
        outgoing.destroy(timeout);
      }, timeoutMs);
      outgoing.on('error', fail);
      outgoing.end(body);

      function fail(error: Error): void {
        cancel();
        reject(timeout ?? error);
      }
    });
}
