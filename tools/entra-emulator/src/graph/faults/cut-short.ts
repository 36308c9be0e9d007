import type { ServerResponse } from 'node:http';
import type { EncodedAnswer } from '../protocol/encode-answer.ts';

/**
 * Sends half of an answer and closes the connection: short of the `Content-Length` that it declared, or before the last
 * chunk.
 */
export function cutShort(
  response: ServerResponse,
  status: number,
  { headers, payload }: EncodedAnswer,
  cut: 'length' | 'chunk',
): void {
  const whole = payload ?? Buffer.alloc(0);
  const framing = cut === 'length' ? { 'content-length': whole.length } : { 'transfer-encoding': 'chunked' };
  response.writeHead(status, { ...headers, ...framing });
  response.write(whole.subarray(0, Math.floor(whole.length / 2)), () => response.destroy());
}
