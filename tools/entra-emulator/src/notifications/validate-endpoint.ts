import { randomUUID } from 'node:crypto';
import { GraphError } from '../graph/protocol/graph-error.ts';
import { TIMEOUT, type OutboundAnswer, type Post } from './outbound.ts';

/** How long an endpoint may take to answer the handshake. */
const LIMIT_MS = 10_000;

/**
 * The handshake that proves an endpoint wants notifications: it must answer 200, `text/plain`, with the decoded token
 * and nothing else. Throws Graph's refusal otherwise.
 */
export async function validateEndpoint(post: Post, notificationUrl: string): Promise<void> {
  // With characters that change when encoded, so that an echo of the raw query string shows.
  const token = `Validation: Testing client application reachability for subscription Request-Id: ${randomUUID()}`;
  const url = new URL(notificationUrl);
  url.searchParams.append('validationToken', token);
  const answer = await send(post, url.href);
  const isPlainText = /^text\/plain\b/i.test(answer.contentType);
  if (answer.status !== 200 || !isPlainText || answer.body !== token) throw validationFailed();
}

async function send(post: Post, url: string): Promise<OutboundAnswer> {
  try {
    return await post({ url, contentType: 'text/plain; charset=utf-8', body: '', timeoutMs: LIMIT_MS });
  } catch (error) {
    if (error instanceof Error && error.name === TIMEOUT) {
      throw new GraphError(400, 'InvalidRequest', 'Subscription validation request timed out.');
    }
    throw validationFailed();
  }
}

function validationFailed(): GraphError {
  const message =
    'Subscription validation request failed. Notification endpoint must respond with 200 OK to validation request.';
  return new GraphError(400, 'ValidationError', message);
}
