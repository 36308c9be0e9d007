import type { GraphAnswer } from './graph-request.ts';

const JSON_TYPE = 'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8';

/** All headers of an answer, over HTTP as in a batch. Names in lower case. */
export function answerHeaders({ status, headers, body }: GraphAnswer): Record<string, string> {
  return { 'cache-control': 'no-cache', ...typeOf(status, body), ...headers };
}

function typeOf(status: number, body: GraphAnswer['body']): Record<string, string> {
  if (body === undefined || Buffer.isBuffer(body)) return {};
  if (typeof body === 'string') return { 'content-type': 'text/plain; charset=utf-8' };
  // An error is plain JSON to Graph, not OData.
  return status >= 400 ? { 'content-type': 'application/json' } : { 'odata-version': '4.0', 'content-type': JSON_TYPE };
}
