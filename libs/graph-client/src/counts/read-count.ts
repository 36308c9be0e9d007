/** What `/$count` answers: a number as plain text, inside a batch as a string. Undefined for anything else. */
export function readCount(body: unknown): number | undefined {
  if (typeof body !== 'number' && typeof body !== 'string') return undefined;
  // Graph begins such texts with a byte order mark; outside of batches fetch takes it away.
  const text = String(body)
    .replace(/^\uFEFF/, '')
    .trim();
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

/** Counts come from an index that lags (Graph, advanced queries), and only to those who say that they know. */
export const eventual = { ConsistencyLevel: 'eventual' } as const;
