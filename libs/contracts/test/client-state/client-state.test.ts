import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type ClientState, type KeyRing, parseKeyRing, signClientState, verifyClientState } from '../../src/index.ts';

const keyText = (id: string, byte: number) => `${id}:${Buffer.alloc(32, byte).toString('base64url')}`;
const keys = parseKeyRing(keyText('k1', 1));
const tenantId = '0f0e0d0c-0000-4000-8000-00000000cafe';
const state: ClientState = { kind: 'users', organisationId: 'acme-1' };

const keyRings: fc.Arbitrary<KeyRing> = fc
  .tuple(fc.stringMatching(/^[A-Za-z0-9]{1,8}$/), fc.uint8Array({ minLength: 32, maxLength: 32 }))
  .map(([id, bytes]) => parseKeyRing(`${id}:${Buffer.from(bytes).toString('base64url')}`));
const states: fc.Arbitrary<ClientState> = fc.record({
  kind: fc.constantFrom('users', 'groups'),
  organisationId: fc.stringMatching(/^[A-Za-z0-9-]{1,36}$/),
});

describe('a clientState', () => {
  it('verifies to what was signed, and fits into the 128 characters that Graph allows', () => {
    fc.assert(
      fc.property(keyRings, states, fc.uuid(), (ring, someState, tenant) => {
        const signed = signClientState(ring, someState, tenant);

        expect(verifyClientState(ring, signed, tenant)).toEqual(someState);
        expect(signed.length).toBeLessThanOrEqual(128);
      }),
    );
  });

  it('names no tenant', () => {
    expect(signClientState(keys, state, tenantId)).not.toContain(tenantId.slice(0, 8));
  });

  it('is refused after the change, the loss or the addition of any one character', () => {
    const signed = signClientState(keys, state, tenantId);
    const alphabet = Array.from('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.= ');
    const variants = Array.from(signed).flatMap((character, at) => [
      signed.slice(0, at) + signed.slice(at + 1),
      ...alphabet.map((other) => signed.slice(0, at) + other + signed.slice(at)),
      ...alphabet.filter((other) => other !== character).map((o) => signed.slice(0, at) + o + signed.slice(at + 1)),
      `${signed}${character}`,
    ]);

    const accepted = variants.filter((variant) => verifyClientState(keys, variant, tenantId) !== undefined);

    expect(accepted.filter((variant) => variant !== signed)).toEqual([]);
    expect(verifyClientState(keys, signed, tenantId)).toEqual(state);
  });

  it('is refused for another tenant, organisation or kind', () => {
    const [id = '', kind = '', organisation = '', mac = ''] = signClientState(keys, state, tenantId).split('.');
    const join = (...parts: string[]) => parts.join('.');

    expect(verifyClientState(keys, join(id, kind, organisation, mac), tenantId)).toEqual(state);
    expect(verifyClientState(keys, join(id, kind, organisation, mac), tenantId.replace('c', 'd'))).toBeUndefined();
    expect(verifyClientState(keys, join(id, kind, 'acme-2', mac), tenantId)).toBeUndefined();
    expect(verifyClientState(keys, join(id, 'groups', organisation, mac), tenantId)).toBeUndefined();
    expect(verifyClientState(keys, join(id, 'devices', organisation, mac), tenantId)).toBeUndefined();
  });

  it('verifies whichever case the notification writes the tenant in', () => {
    const signed = signClientState(keys, state, tenantId.toUpperCase());

    expect(verifyClientState(keys, signed, tenantId)).toEqual(state);
  });

  it('verifies by its old key after a rotation, and no more when that key is gone', () => {
    const signed = signClientState(keys, state, tenantId);
    const rotated = parseKeyRing(`${keyText('k2', 2)},${keyText('k1', 1)}`);

    expect(verifyClientState(rotated, signed, tenantId)).toEqual(state);
    expect(signClientState(rotated, state, tenantId)).toMatch(/^k2\./);
    expect(verifyClientState(parseKeyRing(keyText('k2', 2)), signed, tenantId)).toBeUndefined();
  });

  it('is refused, without an error, whatever text comes', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), fc.string(), (text, tenant) => {
        expect(verifyClientState(keys, text, tenant)).toBeUndefined();
      }),
    );
  });
});
