import { randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const PREFIX = 'learnamp_';
const RANDOM_LENGTH = 32;
const CHECKSUM_LENGTH = 6;
const shape = new RegExp(`^${PREFIX}[0-9A-Za-z]{${RANDOM_LENGTH + CHECKSUM_LENGTH}}$`);

/**
 * A new token: `learnamp_`, 32 random letters and digits (190 bits), and 6 that are their CRC-32. By prefix and checksum
 * scanners of source code tell it from everything else, and we tell a slip of the hand without looking it up.
 */
export function newTokenText(): string {
  const random = Array.from({ length: RANDOM_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return PREFIX + random + checksumOf(random);
}

export function isTokenText(text: string): boolean {
  const random = text.slice(PREFIX.length, PREFIX.length + RANDOM_LENGTH);
  return shape.test(text) && text.endsWith(checksumOf(random));
}

function checksumOf(random: string): string {
  let rest = crc32(random);
  let digits = '';
  for (let place = 0; place < CHECKSUM_LENGTH; place++) {
    digits = (ALPHABET[rest % ALPHABET.length] ?? '') + digits;
    rest = Math.floor(rest / ALPHABET.length);
  }
  return digits;
}
