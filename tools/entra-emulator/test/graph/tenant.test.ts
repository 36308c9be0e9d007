import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Application } from '../../src/index.ts';
import { aDirectoryFile } from './a-directory-file.ts';
import { runningEmulator } from './running-emulator.ts';

const running = runningEmulator();
const APP_ID = '30000000-0000-4000-8000-000000000001';

const anApplication = (n: number): Application => ({
  appId: `30000000-0000-4000-8000-00000000000${n}`,
  displayName: `App ${n}`,
  passwordCredentials: [{ secretText: 'a secret of the test' }],
  web: { redirectUris: ['http://localhost/back'] },
  appRoles: ['Directory.Read.All'],
});

beforeEach(() => running.start({ ...aDirectoryFile(), applications: [1, 2, 3].map(anApplication) }));

describe('GET /organization', () => {
  it('shows the tenant with its domains, and what is not known as null or empty', async () => {
    const { body } = await running.get('/organization');

    expect(body.value).toHaveLength(1);
    expect(body.value[0]).toMatchObject({
      id: running.emulator.tenantId,
      displayName: 'Contoso',
      tenantType: 'AAD',
      city: null,
      businessPhones: [],
      verifiedDomains: [{ name: 'contoso.example', isDefault: true, isInitial: false, type: 'Managed' }],
    });
  });

  it('is also read by id', async () => {
    const { tenantId } = running.emulator;

    const own = await running.get(`/organization/${tenantId}?$select=displayname`);
    const other = await running.get(`/organization/${APP_ID}`);

    expect(own.body).toEqual({
      '@odata.context': `${running.emulator.httpUrl}/v1.0/$metadata#organization(displayName)/$entity`,
      displayName: 'Contoso',
    });
    expect(other.status).toBe(404);
  });
});

describe('GET /applications', () => {
  it('pages through the registrations, without their credentials', async () => {
    const first = await running.get('/applications?$top=2');
    const second = await running.get(first.body['@odata.nextLink']);

    expect([...first.body.value, ...second.body.value].map(({ displayName }) => displayName)).toEqual([
      'App 1',
      'App 2',
      'App 3',
    ]);
    expect(first.body.value[0]).toMatchObject({ appId: APP_ID, passwordCredentials: [], identifierUris: [] });
    expect(JSON.stringify(first.body)).not.toContain('a secret');
  });

  it.each([
    [`appId eq '${APP_ID}'`, ['App 1']],
    ["displayName in ('App 2', 'App 3')", ['App 2', 'App 3']],
    ["startswith(displayName,'app')", ['App 1', 'App 2', 'App 3']],
  ])('filters by %s', async (filter, names) => {
    const { body } = await running.get(`/applications?$filter=${filter}`);

    expect(body.value.map(({ displayName }) => displayName)).toEqual(names);
  });

  it.each([
    ['/applications?$select=shoeSize', 'BadRequest'],
    ["/applications?$filter=shoeSize eq '43'", 'BadRequest'],
    ["/applications?$filter=notes eq 'a'", 'Request_UnsupportedQuery'],
    ["/applications?$filter=startswith(appId,'3')", 'Request_UnsupportedQuery'],
    ["/organization?$filter=displayName eq 'Contoso'", 'Request_UnsupportedQuery'],
    ['/organization?$select=accountEnabled', 'BadRequest'],
    ['/servicePrincipals?$select=shoeSize', 'BadRequest'],
  ])('%s is refused', async (address, code) => {
    const { status, body } = await running.get(address);

    expect([status, body.error.code]).toEqual([400, code]);
  });
});

describe.each(['applications', 'servicePrincipals'])('GET /%s', (collection) => {
  it('finds one by its id and by its appId', async () => {
    const list = await running.get(`/${collection}?$filter=appId eq '${APP_ID}'&$select=id`);
    const id = list.body.value[0]?.id ?? '';

    const byId = await running.get(`/${collection}/${id}?$select=displayName`);
    const byAppId = await running.get(`/${collection}(appId='${APP_ID}')`);
    const nobody = await running.get(`/${collection}(appId='${id}')`);

    expect([byId.body['displayName'], byAppId.body.id, nobody.status]).toEqual(['App 1', id, 404]);
  });
});
