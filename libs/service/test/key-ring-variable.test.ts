import { describe, expect, it } from '@jest/globals';
import { ConfigError, readKeyRing } from '../src/index.ts';

describe('readKeyRing', () => {
  const key = Buffer.alloc(32, 7).toString('base64url');

  it('reads the ring that a variable gave', () => {
    expect(readKeyRing('KEYS', `k2:${key},k1:${key}`).current.id).toBe('k2');
  });

  it('names the variable and the place of a bad key, and shows nothing of it', () => {
    const read = () => readKeyRing('KEYS', `k1:${key},k2:not-a-key`);

    expect(read).toThrow(ConfigError);
    expect(read).toThrow('KEYS: key 2 is not written as');
    expect(read).not.toThrow('not-a-key');
  });
});
