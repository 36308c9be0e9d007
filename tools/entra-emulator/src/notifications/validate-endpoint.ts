import { randomUUID } from 'node:crypto';
import { PostTimeout, type OutboundAnswer, type Post } from './outbound.ts';
import { invalidRequest, validationFailed } from './refusals.ts';

/** How long an endpoint may take to answer the handshake. */
const LIMIT_MS = 10_000;

/**
 * The handshake that proves an endpoint wants notifications: it must answer 200, `text/plain`, with the decoded token
 * and nothing else. Throws Graph's refusal otherwise.
 */
export async function validateEndpoint(post: Post, notificationUrl: string): Promise<void> {
  // With characters that change when encoded, so that an echo of the raw query string shows.
  const token = `Validation: Testing client application reachability for subscription Request-Id: ${randomUUID()}`;
  const answer = await send(post, withToken(notificationUrl, token));
  const isPlainText = /^text\/plain\b/i.test(answer.contentType);
  if (answer.status !== 200 || !isPlainText || answer.body !== token) throw validationFailed();
}

async function send(post: Post, url: string): Promise<OutboundAnswer> {
  try {
    return await post({ url, contentType: 'text/plain; charset=utf-8', body: '', timeoutMs: LIMIT_MS });
  } catch (error) {
    if (error instanceof PostTimeout) {
      throw invalidRequest('Subscription validation request timed out.');
    }
    throw validationFailed();
  }
}

/** The URL's own query string stays as it is written. */
function withToken(notificationUrl: string, token: string): string {
  const [url = ''] = notificationUrl.split('#');
  const parameter = new URLSearchParams({ validationToken: token }).toString();
  return `${url}${url.includes('?') ? '&' : '?'}${parameter}`;
}
