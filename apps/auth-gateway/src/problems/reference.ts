import { randomInt } from 'node:crypto';

// Without letters and digits that look or sound alike: people read references out on the telephone.
const ALPHABET = '23456789BCDFGHJKMNPQRSTVWXZ';

/** A number that a page shows and the log has, such as `K7QP-3M2X`, so that support finds the one by the other. */
export function newReference(): string {
  const letters = Array.from({ length: 8 }, () => ALPHABET[randomInt(ALPHABET.length)]);
  return `${letters.slice(0, 4).join('')}-${letters.slice(4).join('')}`;
}
