import { describe, expect, it } from '@jest/globals';
import { generateDirectory, parseDirectoryFile, sampleCompany } from '../../src/index.ts';
import { aDirectoryFile, aGroup, aUser, idOf } from '../graph/a-directory-file.ts';

const user = idOf('user', 1);
const parse = (file: unknown): unknown => parseDirectoryFile(JSON.stringify(file));

describe('parseDirectoryFile', () => {
  it.each([
    ['the sample company', sampleCompany()],
    ['a generated company', generateDirectory({ people: 300, seed: 5, managerCycle: true })],
  ])('reads %s', (_, file) => {
    expect(parse(file)).toMatchObject({ tenant: file.tenant, users: file.users });
  });

  it('reads ids in any case', () => {
    const file = parseDirectoryFile(
      JSON.stringify(aDirectoryFile([aUser(1, { id: 'ABCDEF00-0000-4000-8000-000000000001' })])),
    );

    expect(file.users[0]?.id).toBe('abcdef00-0000-4000-8000-000000000001');
  });

  it.each([
    ['a repeated id', aDirectoryFile([aUser(1), aUser(2, { id: user })]), /^users\[1\]\.id repeats that of users\[0\]/],
    [
      'a repeated UPN in another case',
      aDirectoryFile([aUser(1), aUser(2, { userPrincipalName: 'USER1@contoso.example' })]),
      /^users\[1\]\.userPrincipalName repeats/,
    ],
    [
      'a UPN outside the verified domains',
      aDirectoryFile([aUser(1, { userPrincipalName: 'a@b.example' })]),
      /^users\[0\]\.userPrincipalName is not in a verified domain/,
    ],
    [
      'a date without a time',
      aDirectoryFile([aUser(1, { employeeHireDate: '2024-05-06' })]),
      /^users\[0\]\.employeeHireDate must be of type date/,
    ],
    [
      'null where Graph has no null',
      aDirectoryFile([aUser(1, { birthday: null })]),
      /^users\[0\]\.birthday must not be null/,
    ],
    [
      'a guest of another tenant',
      aDirectoryFile([aUser(1, { userPrincipalName: 'a_b.c#EXT#@b.example' })]),
      /verified domain/,
    ],
    [
      'a manager who is not there',
      aDirectoryFile([aUser(1, { manager: { id: idOf('user', 9) } })]),
      /^users\[0\]\.manager\.id names no user/,
    ],
    [
      'a member who is not there',
      aDirectoryFile([aUser(1)], [aGroup(1, [idOf('user', 9)])]),
      /^groups\[0\]\.members\[0\]\.id names no/,
    ],
    [
      'a member twice',
      aDirectoryFile([aUser(1)], [aGroup(1, [user, user])]),
      /^groups\[0\]\.members\[1\]\.id is already there/,
    ],
    [
      'a group in a Microsoft 365 group',
      aDirectoryFile([], [aGroup(1, [idOf('group', 2)], { groupTypes: ['Unified'] }), aGroup(2)]),
      /^groups\[0\]\.members\[0\] puts a group into a Microsoft 365 group/,
    ],
    [
      'a property that users do not have',
      aDirectoryFile([aUser(1, { shoeSize: 42 })]),
      /^users\[0\]\.shoeSize is not a property/,
    ],
    ['an id that is no GUID', aDirectoryFile([aUser(1, { id: 'one' })]), /^users\[0\]\.id must be a GUID/],
    [
      'a root group that is not there',
      { ...aDirectoryFile(), rootGroupId: idOf('group', 1) },
      /^rootGroupId names no group/,
    ],
    ['no users', { ...aDirectoryFile(), users: undefined }, /^users must be an array/],
  ])('refuses %s in one line that names it', (_, file, message) => {
    expect(() => parse(file)).toThrow(message);
    expect(() => parse(file)).toThrow(expect.objectContaining({ code: 'directory-file-invalid' }));
  });

  it('takes a guest whose UPN ends in a verified domain', () => {
    expect(() => parse(aDirectoryFile([aUser(1, { userPrincipalName: 'a_b.c#EXT#@contoso.example' })]))).not.toThrow();
  });

  it('refuses what is no JSON', () => {
    expect(() => parseDirectoryFile('{"tenant":')).toThrow(/^not JSON/);
  });
});
