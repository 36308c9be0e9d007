import { inflateSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { generateDirectory, parseDirectoryFile, sampleCompany, type DirectoryFile } from '../../src/index.ts';
import { portrait } from '../../src/generate/portrait.ts';
import { readImageHeader } from '../../src/photos/image-header.ts';

/** Levels below the root, each group at its shortest distance, and whether a group is met again below itself. */
function nesting({ groups, rootGroupId }: DirectoryFile): { depth: number; hasCycle: boolean; userIds: Set<string> } {
  const byId = new Map(groups.map((group) => [group.id, group]));
  const userIds = new Set<string>();
  let [depth, hasCycle] = [0, false];
  const done = new Set<string>();
  const walk = (id: string, path: readonly string[]): void => {
    if (path.includes(id)) {
      hasCycle = true;
      return;
    }
    depth = Math.max(depth, path.length);
    if (done.has(id)) return;
    for (const member of byId.get(id)?.members ?? []) {
      if (member['@odata.type'] === '#microsoft.graph.user') userIds.add(member.id);
      else walk(member.id, [...path, id]);
    }
    done.add(id);
  };
  walk(rootGroupId ?? '', []);
  return { depth, hasCycle, userIds };
}

describe('generateDirectory', () => {
  it('gives a valid file of the size asked for, and the same one for the same seed', () => {
    const sizes = fc.record({
      people: fc.integer({ min: 1, max: 200 }),
      seed: fc.nat(1000),
      depth: fc.integer({ min: 1, max: 6 }),
    });
    fc.assert(
      fc.property(sizes, (options) => {
        const file = generateDirectory({ ...options, groups: 12, photos: 1 });

        expect(parseDirectoryFile(JSON.stringify(file)).users).toHaveLength(options.people);
        expect(generateDirectory({ ...options, groups: 12, photos: 1 })).toEqual(file);
        expect(generateDirectory({ ...options, groups: 12, photos: 1, seed: options.seed + 1 }).users[0]?.id).not.toBe(
          file.users[0]?.id,
        );
      }),
      { numRuns: 20 },
    );
  });

  it('nests groups as deep as asked, with a cycle, and leaves some people out', () => {
    const file = generateDirectory({ people: 1000, seed: 3, groups: 30, depth: 6 });
    const { depth, hasCycle, userIds } = nesting(file);

    expect([depth, hasCycle]).toEqual([6, true]);
    expect(userIds.size).toBeGreaterThan(800);
    expect(userIds.size).toBeLessThan(1000);
  });

  it('counts guests, disabled accounts and photos exactly, and gives all but one a manager', () => {
    const { users } = generateDirectory({ people: 100, seed: 1, guests: 7, disabled: 5, photos: 9 });

    expect(users.filter((user) => user['userType'] === 'Guest')).toHaveLength(7);
    expect(users.filter((user) => user['accountEnabled'] === false)).toHaveLength(5);
    expect(users.filter((user) => user.photo !== undefined)).toHaveLength(9);
    expect(users.filter((user) => user.manager === undefined)).toHaveLength(1);
  });

  it('makes a cycle of managers when asked', () => {
    const { users } = generateDirectory({ people: 20, seed: 1, managerCycle: true });

    expect([users[0]?.manager?.id, users[1]?.manager?.id]).toEqual([users[1]?.id, users[0]?.id]);
  });
});

describe('portrait', () => {
  it('is a PNG whose pixels can be read', () => {
    const photo = portrait(42, 96);

    expect(readImageHeader(photo)).toEqual({ contentType: 'image/png', width: 96, height: 96 });
    const start = photo.indexOf('IDAT') + 4;
    const pixels = inflateSync(photo.subarray(start, start + photo.readUInt32BE(start - 8)));
    expect(pixels).toHaveLength(96 * 97);
    expect(new Set(pixels)).toEqual(new Set([0, 1]));
  });

  it('differs from person to person', () => {
    expect(new Set(Array.from({ length: 50 }, (_, n) => portrait(n, 48).toString('base64'))).size).toBe(50);
  });
});

describe('readImageHeader', () => {
  it('reads GIF and JPEG, and nothing else', () => {
    const gif = Buffer.from('GIF89a\x03\x00\x05\x00', 'latin1');
    const jpeg = Buffer.from('ffd8ffe000044a46ffc0000b080010002001', 'hex');

    expect(readImageHeader(gif)).toEqual({ contentType: 'image/gif', width: 3, height: 5 });
    expect(readImageHeader(jpeg)).toEqual({ contentType: 'image/jpeg', width: 32, height: 16 });
    expect(readImageHeader(Buffer.from('not an image at all, not even close'))).toBeUndefined();
  });
});

describe('sampleCompany', () => {
  const company = sampleCompany();

  it('has about 60 people, groups four deep with a cycle, and people outside of the root', () => {
    const { depth, hasCycle, userIds } = nesting(company);

    expect(company.users.length).toBeGreaterThanOrEqual(60);
    expect([depth, hasCycle]).toEqual([4, true]);
    expect(company.users.length - userIds.size).toBeGreaterThanOrEqual(3);
  });

  it('has guests, disabled accounts, photos, someone without mail and someone without a department', () => {
    const { users } = company;

    expect(users.filter((user) => user['userType'] === 'Guest')).toHaveLength(3);
    expect(users.filter((user) => user['accountEnabled'] === false)).toHaveLength(3);
    expect(users.filter((user) => user.photo !== undefined).map((user) => user.surname)).toHaveLength(21);
    expect(users.filter((user) => user['mail'] === undefined)).toHaveLength(1);
    expect(users.some((user) => user['department'] === undefined && user['accountEnabled'] === true)).toBe(true);
  });

  it('is administered by the IT Operations Manager', () => {
    const administrator = company.users.find((user) => user['jobTitle'] === 'IT Operations Manager');

    expect(company.directoryRoles).toEqual([
      { displayName: 'Global Administrator', members: [{ id: administrator?.id }] },
    ]);
  });
});
