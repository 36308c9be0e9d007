import { describe, expect, it } from '@jest/globals';
import { administers, mayActOn } from '../../src/directory/administered.ts';
import { createDirectoryRoles } from '../../src/directory/directory-roles.ts';
import { parseDirectoryFile, type DirectoryRoleEntry } from '../../src/index.ts';
import { aDirectoryFile, aUser, idOf } from '../graph/a-directory-file.ts';

const ada = idOf('user', 1);

function rolesOf(userId: string, directoryRoles?: DirectoryRoleEntry[]) {
  const file = { ...aDirectoryFile([aUser(1), aUser(2)]), directoryRoles };
  return createDirectoryRoles(parseDirectoryFile(JSON.stringify(file))).rolesOf(userId);
}

describe('the administrator roles of a directory', () => {
  it('give the first member the role of all tenants, by its template, when the file names none', () => {
    expect(rolesOf(ada)).toMatchObject([
      { displayName: 'Global Administrator', roleTemplateId: '62e90394-69f5-4237-9190-012177145e10' },
    ]);
    expect(rolesOf(idOf('user', 2))).toEqual([]);
  });

  it('are those of the file, as it describes them', () => {
    const role = {
      id: '30000000-0000-4000-8000-000000000001',
      displayName: 'Keeper of keys',
      description: 'Opens doors.',
      roleTemplateId: '30000000-0000-4000-8000-000000000002',
    };

    expect(rolesOf(ada, [{ ...role, members: [{ id: ada }] }])).toEqual([role]);
    expect(rolesOf(ada, [{ displayName: 'Keeper of keys', members: [{ id: ada }] }])).toMatchObject([
      { displayName: 'Keeper of keys', description: null },
    ]);
  });

  it.each([
    [{ id: 'one' }, /^directoryRoles\[0\]\.id must be a GUID/],
    [{ description: 7 }, /^directoryRoles\[0\]\.description must be a text/],
    [{ members: [{ id: idOf('user', 9) }] }, /^directoryRoles\[0\]\.members\[0\]\.id names no user/],
  ])('are refused with %j', (wrong, message) => {
    const entry = { displayName: 'Keeper', members: [], ...wrong } as unknown as DirectoryRoleEntry;

    expect(() => rolesOf(ada, [entry])).toThrow(message);
  });
});

describe('what a role administers', () => {
  const role = (displayName: string) => rolesOf(ada, [{ displayName, members: [{ id: ada }] }]);

  it.each([
    ['Global Administrator', [true, true, true]],
    ['User Administrator', [true, true, false]],
    ['Groups Administrator', [false, true, false]],
    ['Privileged Role Administrator', [false, false, true]],
    ['Global Reader', [false, false, false]],
  ])('%s: people, groups, consent', (name, expected) => {
    expect([
      administers(role(name), 'people'),
      administers(role(name), 'groups'),
      administers(role(name), 'consent'),
    ]).toEqual(expected);
  });

  it.each([
    ['Global Administrator', 'Global Administrator', true],
    ['User Administrator', 'Helpdesk Administrator', true],
    ['User Administrator', 'Global Reader', false],
    ['Groups Administrator', 'Reports Reader', false],
  ])('%s may act on %s: %s', (held, target, expected) => {
    expect(mayActOn(role(held), role(target))).toBe(expected);
  });
});
