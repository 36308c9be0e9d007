const seed = 0x9747b28c;
const multiplier = 0x5bd1e995;

function mixed(word: number): number {
  const product = Math.imul(word, multiplier);
  return Math.imul(product ^ (product >>> 24), multiplier);
}

function tailOf(bytes: Buffer, from: number): number {
  let tail = 0;
  for (let index = bytes.length - 1; index >= from; index -= 1) tail = (tail << 8) | bytes.readUInt8(index);
  return tail;
}

/** murmur2 as in org.apache.kafka.common.utils.Utils, a signed 32-bit integer. */
function murmur2(bytes: Buffer): number {
  const wholeWords = bytes.length - (bytes.length % 4);
  let hash = seed ^ bytes.length;

  for (let index = 0; index < wholeWords; index += 4) {
    hash = Math.imul(hash, multiplier) ^ mixed(bytes.readInt32LE(index));
  }
  if (wholeWords < bytes.length) hash = Math.imul(hash ^ tailOf(bytes, wholeWords), multiplier);

  hash = Math.imul(hash ^ (hash >>> 13), multiplier);
  return hash ^ (hash >>> 15);
}

/**
 * The partition of everything published with this `partitionBy`: what Kafka's Java client would choose for a record
 * whose key is that text, so that both drivers and any other client agree.
 */
export function partitionOf(partitionBy: string, partitionCount: number): number {
  return (murmur2(Buffer.from(partitionBy)) & 0x7fffffff) % partitionCount;
}
