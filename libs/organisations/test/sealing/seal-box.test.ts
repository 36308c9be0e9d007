import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { decodeProtectedHeader } from 'jose';
import { createSealBox, SealError, type SealingKeys } from '../../src/index.ts';

const place = { organisationId: 'org-1', field: 'microsoft.tenantId' };
const tenant = '5c1d9a77-2f0b-4c58-9d8e-0f6f3f1b2a01';
const [first, second, indexKey] = [randomBytes(32), randomBytes(32), randomBytes(32)];

/** A ring whose current key is the first one named. */
function ring(...entries: readonly [id: string, key: Buffer][]): SealingKeys {
  const keys = new Map(entries);
  const [id = '', key = Buffer.alloc(0)] = entries[0] ?? [];
  return { current: { id, key }, find: (wanted) => keys.get(wanted) };
}

const box = createSealBox(ring(['k1', first]), indexKey);

describe('a sealed value', () => {
  it('opens where it belongs', async () => {
    expect(await box.open(await box.seal(tenant, place), place)).toBe(tenant);
  });

  it('shows nothing, not even that two of them are the same', async () => {
    const [one, other] = [await box.seal(tenant, place), await box.seal(tenant, place)];

    expect(one).not.toBe(other);
    for (const part of one.split('.')) expect(Buffer.from(part, 'base64url').toString('latin1')).not.toContain(tenant);
  });

  it.each([
    ['another organisation', { ...place, organisationId: 'org-2' }],
    ['another field', { ...place, field: 'microsoft.groupId' }],
  ])('does not open at %s', async (_name, elsewhere) => {
    await expect(box.open(await box.seal(tenant, place), elsewhere)).rejects.toBeInstanceOf(SealError);
  });

  it('does not open after any of its parts was changed', async () => {
    const sealed = await box.seal(tenant, place);
    const parts = sealed.split('.');
    // The second part is empty: the key is shared, so none is sent (RFC 7518 section 4.5).
    for (const index of [0, 2, 3, 4]) {
      const changed = parts.map((part, at) =>
        at === index ? (part.startsWith('A') ? 'B' : 'A') + part.slice(1) : part,
      );
      await expect(box.open(changed.join('.'), place)).rejects.toMatchObject({ code: 'seal-broken', retriable: false });
    }
    await expect(box.open('rubbish', place)).rejects.toBeInstanceOf(SealError);
  });

  it('opens after the key was rotated, as long as the old one is in the ring', async () => {
    const sealed = await box.seal(tenant, place);
    const rotated = createSealBox(ring(['k2', second], ['k1', first]), indexKey);

    expect(await rotated.open(sealed, place)).toBe(tenant);
    expect(decodeProtectedHeader(await rotated.seal(tenant, place)).kid).toBe('k2');
    await expect(createSealBox(ring(['k2', second]), indexKey).open(sealed, place)).rejects.toBeInstanceOf(SealError);
  });

  it('does not open with another key of the same name', async () => {
    const sealed = await box.seal(tenant, place);

    await expect(createSealBox(ring(['k1', second]), indexKey).open(sealed, place)).rejects.toBeInstanceOf(SealError);
  });
});

describe('a blind index', () => {
  it('is the same for the same text, in capitals too, and survives a rotation of the sealing key', () => {
    const rotated = createSealBox(ring(['k2', second]), indexKey);

    expect(box.blindIndex(tenant.toUpperCase())).toBe(box.blindIndex(tenant));
    expect(rotated.blindIndex(tenant)).toBe(box.blindIndex(tenant));
  });

  it('is another for another text, and for another index key', () => {
    expect(box.blindIndex(`${tenant}1`)).not.toBe(box.blindIndex(tenant));
    expect(createSealBox(ring(['k1', first]), second).blindIndex(tenant)).not.toBe(box.blindIndex(tenant));
  });
});
