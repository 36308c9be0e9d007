import type { GraphAnswer } from './graph-request.ts';

const JSON_TYPE = 'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8';

/** An answer as bytes. */
export interface EncodedAnswer {
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: Buffer | undefined;
}

/** Writes an answer out, with the headers that its kind of body asks for. */
export function encodeAnswer({ headers, body }: GraphAnswer): EncodedAnswer {
  const common = { 'cache-control': 'no-cache', ...headers };
  if (body === undefined) return { headers: common, payload: undefined };
  if (Buffer.isBuffer(body)) return { headers: common, payload: body };
  if (typeof body === 'string')
    return { headers: { ...common, 'content-type': 'text/plain; charset=utf-8' }, payload: Buffer.from(body) };
  const json = { ...common, 'odata-version': '4.0', 'content-type': JSON_TYPE };
  return { headers: json, payload: Buffer.from(JSON.stringify(body)) };
}
