import { describe, expect, it } from '@jest/globals';
import { aDirectoryFile, aUser, idOf } from './a-directory-file.ts';
import { runningEmulator } from './running-emulator.ts';

const running = runningEmulator();

describe('GET /users/{id}', () => {
  it('shows the eleven default properties, unset ones as null', async () => {
    await running.start(aDirectoryFile([aUser(1, { givenName: 'Ada', department: 'Engines' })]));

    const { status, body } = await running.get(`/users/${idOf('user', 1)}`);

    expect(status).toBe(200);
    expect(body).toEqual({
      '@odata.context': `${running.emulator.httpUrl}/v1.0/$metadata#users/$entity`,
      businessPhones: [],
      displayName: 'User 1',
      givenName: 'Ada',
      jobTitle: null,
      mail: null,
      mobilePhone: null,
      officeLocation: null,
      preferredLanguage: null,
      surname: null,
      userPrincipalName: 'user1@contoso.example',
      id: idOf('user', 1),
    });
  });

  it('shows only what $select names, without the id', async () => {
    await running.start(aDirectoryFile([aUser(1, { department: 'Engines' })]));

    const { body } = await running.get(`/users/${idOf('user', 1)}?$select=department,accountEnabled`);

    expect(body).toEqual({
      '@odata.context': `${running.emulator.httpUrl}/v1.0/$metadata#users(department,accountEnabled)/$entity`,
      department: 'Engines',
      accountEnabled: true,
    });
  });

  it("shows .NET's smallest date, not null, for dates that can't be null", async () => {
    await running.start(aDirectoryFile());

    const { body } = await running.get(`/users/${idOf('user', 1)}?$select=birthday,hireDate,employeeHireDate`);

    expect(body).toMatchObject({
      birthday: '0001-01-01T00:00:00Z',
      hireDate: '0001-01-01T00:00:00Z',
      employeeHireDate: null,
    });
  });

  it('finds a user by UPN, in any case and in brackets', async () => {
    await running.start(aDirectoryFile());

    const byUpn = await running.get('/users/USER1@contoso.example');
    const inBrackets = await running.get("/users('user1@contoso.example')");

    expect([byUpn.body.id, inBrackets.body.id]).toEqual([idOf('user', 1), idOf('user', 1)]);
  });

  it('answers 404 in the words of Graph for an unknown user', async () => {
    await running.start(aDirectoryFile());

    const { status, body } = await running.get('/users/nobody@contoso.example');

    expect(status).toBe(404);
    expect(body.error).toMatchObject({
      code: 'Request_ResourceNotFound',
      message:
        "Resource 'nobody@contoso.example' does not exist or one of its queried reference-property objects are not present.",
      innerError: {
        date: expect.any(String),
        'request-id': expect.any(String),
        'client-request-id': expect.any(String),
      },
    });
  });

  it('refuses a $select of what a user does not have', async () => {
    await running.start(aDirectoryFile());

    const { status, body } = await running.get(`/users/${idOf('user', 1)}?$select=shoeSize`);

    expect([status, body.error.code]).toEqual([400, 'BadRequest']);
  });
});

describe('GET /users', () => {
  it('pages by 100 and by $top, and shows each user once', async () => {
    await running.start(aDirectoryFile(Array.from({ length: 250 }, (_, n) => aUser(n))));

    const pages: string[][] = [];
    for (let link = '/users?$select=id'; link !== '';) {
      const { body } = await running.get(link);
      pages.push(body.value.map((user) => user.id));
      link = body['@odata.nextLink'] ?? '';
    }

    expect(pages.map((page) => page.length)).toEqual([100, 100, 50]);
    expect(new Set(pages.flat()).size).toBe(250);
    expect((await running.get('/users?$top=999')).body.value).toHaveLength(250);
  });

  it('refuses a page of more than 999', async () => {
    await running.start(aDirectoryFile());

    expect((await running.get('/users?$top=1000')).status).toBe(400);
  });

  it('counts only for an advanced query, and only on its first page', async () => {
    await running.start(aDirectoryFile([aUser(1), aUser(2)]));
    const eventual = { consistencylevel: 'eventual' };

    const plain = await running.get('/users?$count=true');
    const first = await running.get('/users?$count=true&$top=1', eventual);
    const second = await running.get(first.body['@odata.nextLink'], eventual);

    expect(plain.body).not.toHaveProperty('@odata.count');
    expect(first.body['@odata.count']).toBe(2);
    expect(second.body).not.toHaveProperty('@odata.count');
    expect(second.body.value).toHaveLength(1);
  });

  it('expires the page token of an advanced query when the header is missing later', async () => {
    await running.start(aDirectoryFile([aUser(1), aUser(2)]));

    const first = await running.get('/users?$count=true&$top=1', { consistencylevel: 'eventual' });
    const second = await running.get(first.body['@odata.nextLink']);

    expect([second.status, second.body.error.code]).toEqual([400, 'Directory_ExpiredPageToken']);
  });

  it('refuses $select of a property that only a single user has', async () => {
    await running.start(aDirectoryFile());

    expect((await running.get('/users?$select=id,skills')).status).toBe(501);
    expect((await running.get(`/users/${idOf('user', 1)}?$select=id,skills`)).status).toBe(200);
  });

  it.each([
    [`id eq '${idOf('user', 2)}'`, [2]],
    [`id in ('${idOf('user', 2)}','${idOf('user', 3)}')`, [2, 3]],
    ["userPrincipalName eq 'USER3@contoso.example'", [3]],
    ["mail eq 'two@contoso.example'", [2]],
    ['accountEnabled eq false', [3]],
    ["startswith(displayName,'user') and (mail eq 'two@contoso.example' or accountEnabled eq false)", [2, 3]],
  ])('finds by %s', async (filter, expected) => {
    await running.start(
      aDirectoryFile([aUser(1), aUser(2, { mail: 'two@contoso.example' }), aUser(3, { accountEnabled: false })]),
    );

    const { body } = await running.get(`/users?$filter=${encodeURIComponent(filter)}`);

    expect(body.value.map((user) => user.id)).toEqual(expected.map((n) => idOf('user', n)));
  });

  it('takes 15 ids in a filter and refuses 16', async () => {
    await running.start(aDirectoryFile());
    const ids = (count: number): string => Array.from({ length: count }, (_, n) => `'${idOf('user', n)}'`).join(',');

    const few = await running.get(`/users?$filter=id in (${ids(15)})`);
    const many = await running.get(`/users?$filter=id in (${ids(16)})`);

    expect(few.status).toBe(200);
    expect([many.status, many.body.error.code]).toEqual([400, 'Request_UnsupportedQuery']);
  });

  it('takes "ne" and "not" only as an advanced query', async () => {
    await running.start(aDirectoryFile([aUser(1), aUser(2, { department: 'Sales' })]));
    const filter = encodeURIComponent("not(department eq 'Sales')");

    const basic = await running.get(`/users?$filter=${filter}`);
    const advanced = await running.get(`/users?$filter=${filter}&$count=true`, { consistencylevel: 'eventual' });

    expect([basic.status, basic.body.error.code]).toEqual([400, 'Request_UnsupportedQuery']);
    expect(advanced.body.value).toHaveLength(1);
  });

  it('expands managers whole, and leaves the key out for who has none', async () => {
    await running.start(aDirectoryFile([aUser(1, { manager: { id: idOf('user', 2) } }), aUser(2)]));

    const { body } = await running.get('/users?$select=id&$expand=manager');

    expect(body.value[0]).toMatchObject({
      id: idOf('user', 1),
      manager: { '@odata.type': '#microsoft.graph.user', id: idOf('user', 2), displayName: 'User 2', mail: null },
    });
    expect(body.value[1]).toEqual({ id: idOf('user', 2) });
  });

  it('refuses $select inside $expand=manager without $levels, and $levels on a collection', async () => {
    await running.start(aDirectoryFile());

    const select = await running.get('/users?$expand=manager($select=id)');
    const levels = await running.get('/users?$expand=manager($levels=max;$select=id)&$count=true', {
      consistencylevel: 'eventual',
    });

    expect([select.status, levels.status]).toEqual([400, 400]);
    expect(levels.body.error.message).toBe("Transitive manager's list is only supported on a single user");
  });

  it('reads 10,000 users within seconds', async () => {
    await running.start(aDirectoryFile(Array.from({ length: 10_000 }, (_, n) => aUser(n))));
    const began = performance.now();

    let count = 0;
    for (let link = '/users?$top=999&$select=id,displayName,userPrincipalName,department'; link !== '';) {
      const { body } = await running.get(link);
      count += body.value.length;
      link = body['@odata.nextLink'] ?? '';
    }

    expect(count).toBe(10_000);
    expect(performance.now() - began).toBeLessThan(5000);
  });
});

describe('writing users', () => {
  const ada = {
    accountEnabled: true,
    displayName: 'Ada',
    mailNickname: 'ada',
    userPrincipalName: 'ada@contoso.example',
    passwordProfile: { password: 'Not-a-real-one-1!' },
  };

  it('gives new objects the ids that it was told to', async () => {
    let last = 40;
    await running.start(aDirectoryFile(), { newId: () => idOf('user', (last += 1)) });
    const team = { displayName: 'Team', mailEnabled: false, mailNickname: 'team', securityEnabled: true };

    const user = await running.call('POST', '/users', ada);
    const group = await running.call('POST', '/groups', team);

    expect([user.body.id, group.body.id]).toEqual([idOf('user', 41), idOf('user', 42)]);
  });

  it('creates, changes and deletes a user', async () => {
    await running.start(aDirectoryFile());

    const created = await running.call('POST', '/users', ada);
    const patched = await running.call('PATCH', `/users/${created.body.id}`, { department: 'Engines' });
    const read = await running.get(`/users/${created.body.id}?$select=department`);
    const deleted = await running.call('DELETE', `/users/${created.body.id}`);
    const gone = await running.get(`/users/${created.body.id}`);

    expect([created.status, patched.status, deleted.status, gone.status]).toEqual([201, 204, 204, 404]);
    expect(read.body.department).toBe('Engines');
  });

  it.each([
    ['a UPN that another user has', { ...ada, userPrincipalName: 'user1@contoso.example' }],
    ['a UPN outside the verified domains', { ...ada, userPrincipalName: 'ada@elsewhere.example' }],
    ['no password profile', { ...ada, passwordProfile: undefined }],
    ['a property that does not exist', { ...ada, shoeSize: 42 }],
    ['a department longer than 64 characters', { ...ada, department: 'x'.repeat(65) }],
    ['a text where a boolean belongs', { ...ada, accountEnabled: 'yes' }],
  ])('refuses to create a user with %s', async (_, body) => {
    await running.start(aDirectoryFile());

    expect((await running.call('POST', '/users', body)).status).toBe(400);
  });
});

describe('managers', () => {
  it('are set, read, listed from the other end and cleared', async () => {
    await running.start(aDirectoryFile([aUser(1), aUser(2)]));
    const link = `/users/${idOf('user', 1)}/manager/$ref`;

    const set = await running.call('PUT', link, { '@odata.id': `https://graph/v1.0/users/${idOf('user', 2)}` });
    const manager = await running.get(`/users/${idOf('user', 1)}/manager`);
    const reports = await running.get(`/users/${idOf('user', 2)}/directReports`);
    const cleared = await running.call('DELETE', link);
    const none = await running.get(`/users/${idOf('user', 1)}/manager`);

    expect([set.status, manager.body.id, cleared.status]).toEqual([204, idOf('user', 2), 204]);
    expect(reports.body.value).toMatchObject([{ '@odata.type': '#microsoft.graph.user', id: idOf('user', 1) }]);
    expect(none.status).toBe(404);
    expect(none.body.error.message).toMatch(/^Resource 'manager' does not exist/);
  });
});
