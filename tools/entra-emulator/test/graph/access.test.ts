import { describe, expect, it } from '@jest/globals';
import type { DirectoryFile } from '../../src/index.ts';
import { aDirectoryFile, aGroup, aUser, idOf } from './a-directory-file.ts';
import { runningEmulator } from './running-emulator.ts';

const running = runningEmulator();
const user = idOf('user', 1);
const group = idOf('group', 1);

function directoryWithRoles(...appRoles: string[]): DirectoryFile {
  const application = {
    appId: '00000000-0000-4000-8000-0000000000a1',
    displayName: 'Test',
    passwordCredentials: [{ secretText: 'secret' }],
    web: { redirectUris: [] },
    appRoles,
  };
  return {
    ...aDirectoryFile([aUser(1, { mail: 'one@contoso.example' })], [aGroup(1, [user])]),
    applications: [application],
  };
}

describe('access to Graph', () => {
  it.each([
    ['no token', {}],
    ['a token that is not ours', { authorization: 'Bearer e30.e30.e30' }],
  ])('is refused with 401 for %s', async (_, headers) => {
    await running.start(aDirectoryFile());

    const response = await fetch(`${running.emulator.httpUrl}/v1.0/users`, { headers });
    const body = (await response.json()) as { error: { code: string } };

    expect([response.status, body.error.code]).toEqual([401, 'InvalidAuthenticationToken']);
  });

  it.each([
    ['User.Read.All', 'GET', `/users/${user}`, 200],
    ['GroupMember.Read.All', 'GET', `/users/${user}`, 403],
    ['GroupMember.Read.All', 'GET', `/groups/${group}/members`, 200],
    ['User.Read.All', 'GET', `/groups/${group}/members`, 403],
    ['User.Read.All', 'DELETE', `/users/${user}`, 403],
    ['User.ReadWrite.All', 'DELETE', `/users/${user}`, 204],
    ['ProfilePhoto.Read.All', 'GET', `/users/${user}/photos`, 200],
    ['Group.Read.All', 'GET', `/users/${user}/photos`, 403],
    ['GroupMember.Read.All', 'GET', '/groups/delta', 200],
    ['User.Read.All', 'GET', '/organization', 403],
  ])('with %s: %s %s is %i', async (role, method, path, expected) => {
    await running.start(directoryWithRoles(role));

    const { status, body } = await running.call(method, path);

    expect(status).toBe(expected);
    if (expected === 403) expect(body.error.code).toBe('Authorization_RequestDenied');
  });

  it('hides all but type and id of members that the caller may not read', async () => {
    await running.start(directoryWithRoles('GroupMember.Read.All'));

    const { body } = await running.get(`/groups/${group}/members?$select=id,displayName,mail`);

    expect(body.value).toEqual([{ '@odata.type': '#microsoft.graph.user', id: user, displayName: null, mail: null }]);
  });

  it('lets an application subscribe to groups only with more than the permission to read members', async () => {
    await running.start(directoryWithRoles('GroupMember.Read.All', 'User.Read.All'));

    const { status } = await running.call('POST', '/subscriptions', {
      changeType: 'updated',
      resource: 'groups',
      notificationUrl: 'https://localhost:1/',
      clientState: 'secret',
      expirationDateTime: new Date(Date.now() + 3_600_000).toISOString(),
    });

    expect(status).toBe(403);
  });

  it('answers what it does not know as Graph does', async () => {
    await running.start(aDirectoryFile());

    const segment = await running.get('/planets');
    const method = await running.call('DELETE', '/users');

    expect([segment.status, segment.body.error.message]).toEqual([
      400,
      "Resource not found for the segment 'planets'.",
    ]);
    expect([method.status, method.body.error.code]).toEqual([405, 'Request_BadRequest']);
  });

  it('names the request and its cost in headers', async () => {
    await running.start(aDirectoryFile());
    const clientRequestId = '11111111-2222-4333-8444-555555555555';

    const list = await running.get('/users', { 'client-request-id': clientRequestId });
    const cheap = await running.get('/users?$select=id');

    expect(list.headers.get('request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(list.headers.get('client-request-id')).toBe(clientRequestId);
    expect([list.headers.get('x-ms-resource-unit'), cheap.headers.get('x-ms-resource-unit')]).toEqual(['2', '1']);
  });

  it('names organization, applications and service principals', async () => {
    await running.start(aDirectoryFile());
    const { applications, tenantId } = running.emulator;

    const organization = await running.get('/organization');
    const principals = await running.get(`/servicePrincipals?$filter=appId eq '${applications[0]?.appId ?? ''}'`);
    const nobody = await running.get("/servicePrincipals?$filter=appId eq 'x'");

    expect(organization.body.value).toMatchObject([{ id: tenantId, displayName: 'Contoso' }]);
    expect([principals.body.value.length, nobody.body.value.length]).toEqual([1, 0]);
  });
});
