import { Problem } from '../problems/problem.ts';

/** The bytes of a stream that has no more than so many. @throws Problem 413 */
export async function readAtMost(limit: number, stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.byteLength;
    if (size > limit) throw new Problem(413, 'unreadable-list', 'The file is larger than 10 MB.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
