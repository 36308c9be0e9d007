import { Problem } from '../problems/problem.ts';

/** How much somebody may send, and what they are told who send more. */
export interface Limit {
  readonly bytes: number;
  readonly code: string;
  readonly sentence: string;
}

/** The bytes of a stream that has no more than so many. @throws Problem 413 */
export async function readAtMost(limit: Limit, stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.byteLength;
    if (size > limit.bytes) throw new Problem(413, limit.code, limit.sentence);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
