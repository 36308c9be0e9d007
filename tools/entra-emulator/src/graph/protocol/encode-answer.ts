import { answerHeaders } from './answer-headers.ts';
import type { GraphAnswer } from './graph-request.ts';

/** An answer as bytes. */
export interface EncodedAnswer {
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: Buffer | undefined;
}

/** Writes an answer out, with the headers that its kind of body asks for. */
export function encodeAnswer(answer: GraphAnswer): EncodedAnswer {
  const { body } = answer;
  const headers = answerHeaders(answer);
  if (body === undefined || Buffer.isBuffer(body)) return { headers, payload: body };
  return { headers, payload: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)) };
}
