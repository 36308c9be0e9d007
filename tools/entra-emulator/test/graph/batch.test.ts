import { describe, expect, it } from '@jest/globals';
import { portrait } from '../../src/generate/portrait.ts';
import { aDirectoryFile, aUser, idOf } from './a-directory-file.ts';
import { runningEmulator, type Body } from './running-emulator.ts';

const running = runningEmulator();
const user = idOf('user', 1);

interface Response {
  id: string;
  status: number;
  headers: Record<string, string>;
  body: Body;
}

async function batch(
  requests: Record<string, unknown>[],
): Promise<{ status: number; responses: Map<string, Response> }> {
  const { status, body } = await running.call('POST', '/$batch', { requests });
  return {
    status,
    responses: new Map(((body['responses'] ?? []) as Response[]).map((response) => [response.id, response])),
  };
}

const get = (id: string, url: string) => ({ id, method: 'GET', url });

describe('POST /$batch', () => {
  it('answers each request by its id, whatever the others do', async () => {
    await running.start(aDirectoryFile([aUser(1, { photo: portrait(1).toString('base64') })]));

    const { status, responses } = await batch([
      get('a', `/users/${user}?$select=displayName`),
      get('b', '/users/nobody'),
      get('c', `/users/${user}/photo/$value`),
      get('d', '/$batch'),
      {
        id: 'e',
        method: 'PATCH',
        url: `/users/${user}`,
        headers: { 'Content-Type': 'application/json' },
        body: { department: 'X' },
      },
    ]);

    expect(status).toBe(200);
    expect(['a', 'b', 'c', 'd', 'e'].map((id) => responses.get(id)?.status)).toEqual([200, 404, 200, 400, 204]);
    expect(responses.get('a')?.body.displayName).toBe('User 1');
    expect(responses.get('c')?.headers['Content-Type']).toBe('image/png');
    expect(Buffer.from(responses.get('c')?.body as unknown as string, 'base64')).toEqual(portrait(1));
  });

  it('does not keep the order of the requests', async () => {
    await running.start(aDirectoryFile());

    const { responses } = await batch([get('1', '/users'), get('2', '/users')]);

    expect([...responses.keys()]).toEqual(['2', '1']);
  });

  it('gives its members headers of their own, a 405 its cost too, and the ids of the batch to none', async () => {
    await running.start(aDirectoryFile());

    const put = { method: 'PUT', url: '/users', headers: { 'Content-Type': 'application/json' }, body: {} };
    const { responses } = await batch([get('1', '/users'), { id: '2', ...put }]);

    const plain = { 'Cache-Control': 'no-cache', 'Content-Type': 'application/json', 'x-ms-resource-unit': '1' };
    expect(Object.keys(responses.get('1')?.headers ?? {}).sort()).toEqual([
      'Cache-Control',
      'Content-Type',
      'OData-Version',
      'x-ms-resource-unit',
    ]);
    expect(responses.get('2')).toMatchObject({ status: 405, headers: plain });
    expect(Object.keys(responses.get('2')?.headers ?? {})).toHaveLength(3);
  });

  it('gives absolute nextLinks', async () => {
    await running.start(aDirectoryFile([aUser(1), aUser(2)]));

    const { responses } = await batch([get('1', 'users?$top=1')]);
    const next = await running.get(responses.get('1')?.body['@odata.nextLink']);

    expect(next.body.value).toMatchObject([{ id: idOf('user', 2) }]);
  });

  it('takes 20 requests and refuses 21', async () => {
    await running.start(aDirectoryFile());
    const requests = (count: number) => Array.from({ length: count }, (_, n) => get(String(n), '/users'));

    expect((await batch(requests(20))).status).toBe(200);
    expect((await batch(requests(21))).status).toBe(400);
  });

  it.each([
    ['ids that differ in case only', [get('a', '/users'), get('A', '/users')]],
    ['a URL with a host', [get('a', 'https://graph.microsoft.com/v1.0/users')]],
    ['a body without Content-Type', [{ id: 'a', method: 'PATCH', url: '/users/x', body: {} }]],
    ['a dependency on nobody', [{ ...get('a', '/users'), dependsOn: ['b'] }]],
    [
      'dependencies in a circle',
      [
        { ...get('a', '/users'), dependsOn: ['b'] },
        { ...get('b', '/users'), dependsOn: ['a'] },
      ],
    ],
    ['no requests', []],
  ])('refuses %s as a whole', async (_, requests) => {
    await running.start(aDirectoryFile());

    expect((await batch(requests)).status).toBe(400);
  });

  it('runs a dependent request after the other, and not at all when that fails', async () => {
    await running.start(aDirectoryFile());
    const write = (id: string, who: string) => ({
      id,
      method: 'PATCH',
      url: `/users/${who}`,
      headers: { 'content-type': 'application/json' },
      body: { department: 'Written' },
    });

    const { responses } = await batch([
      { ...get('read', `/users/${user}?$select=department`), dependsOn: ['write'] },
      write('write', user),
      { ...get('waiting', '/users'), dependsOn: ['failing'] },
      write('failing', 'nobody'),
    ]);

    expect(responses.get('read')?.body.department).toBe('Written');
    expect(responses.get('waiting')?.status).toBe(424);
  });

  it('throttles members one by one, each with its own Retry-After', async () => {
    const beforeRequest = ({ url }: { url: string }) =>
      url.includes(user) ? { status: 429, retryAfter: 2.5 } : undefined;
    await running.start(aDirectoryFile(), { faults: { beforeRequest } });

    const { status, responses } = await batch([get('a', `/users/${user}`), get('b', '/users')]);

    expect(status).toBe(200);
    expect(responses.get('a')).toMatchObject({
      status: 429,
      headers: { 'Retry-After': '2.5' },
      body: { error: { code: 'TooManyRequests' } },
    });
    expect(responses.get('b')?.status).toBe(200);
  });
});
