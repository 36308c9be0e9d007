import { describe, expect, it } from '@jest/globals';
import type { Faults } from '../../../src/index.ts';
import { aDirectoryFile, aUser, idOf } from '../a-directory-file.ts';
import { runningEmulator } from '../running-emulator.ts';

const running = runningEmulator();
const user = idOf('user', 1);

describe('faults', () => {
  it('fail the request they choose, and no other', async () => {
    const faults: Faults = {
      beforeRequest: ({ template, count }) =>
        template === 'GET /users/{user}' && count === 2 ? { status: 429, retryAfter: 7 } : undefined,
    };
    await running.start(aDirectoryFile(), { faults });

    const answers = [];
    for (let n = 0; n < 3; n += 1) answers.push(await running.get(`/users/${user}`));

    expect(answers.map(({ status }) => status)).toEqual([200, 429, 200]);
    expect(answers[1]?.headers.get('retry-after')).toBe('7');
  });

  it('can be changed while the emulator runs', async () => {
    const faults: Faults = { beforeRequest: () => ({ drop: true }) };
    await running.start(aDirectoryFile(), { faults });
    await running.token();

    await expect(running.get('/users')).rejects.toThrow('fetch failed');
    faults.beforeRequest = undefined;

    expect((await running.get('/users')).status).toBe(200);
  });

  it.each([
    ['length', 'content-length'],
    ['chunk', 'transfer-encoding'],
  ])('cut an answer off by %s: its status and %s have come, and only half of its body', async (cut, framing) => {
    await running.start(aDirectoryFile(), { faults: { rules: [{ match: { times: 1 }, fault: { cut } }] } });
    const headers = { authorization: `Bearer ${await running.token()}` };
    const url = `${running.emulator.httpUrl}/v1.0/users`;

    const cutOff = await fetch(url, { headers });
    const whole = await fetch(url, { headers });

    expect([cutOff.status, cutOff.headers.has(framing)]).toEqual([200, true]);
    await expect(cutOff.text()).rejects.toThrow('terminated');
    expect(JSON.parse(await whole.text())).toHaveProperty('value');
  });

  it('answer a delta link with 410 and where to begin again', async () => {
    const faults: Faults = {};
    await running.start(aDirectoryFile(), { faults });
    const { body } = await running.get('/users/delta');
    faults.beforeRequest = () => ({ status: 410 });

    const gone = await running.get(body['@odata.deltaLink']);
    faults.beforeRequest = undefined;
    const again = await running.get(gone.headers.get('location') ?? '');

    expect([gone.status, gone.body.error.code]).toEqual([410, 'resyncRequired']);
    expect(again.body.value).toHaveLength(1);
  });

  it.each(['/users', '/users/delta'])('empty a page of %s and lead on to the rest', async (path) => {
    const faults: Faults = { beforeRequest: () => ({ emptyPage: true }) };
    await running.start(aDirectoryFile(), { faults });

    const empty = await running.get(path);
    faults.beforeRequest = undefined;
    const rest = await running.get(empty.body['@odata.nextLink']);

    expect([empty.body.value, rest.body.value.length]).toEqual([[], 1]);
  });

  it.each([{ changes: 1 }, { ms: 60_000 }])(
    'let a read lag behind by %j, and the same delta link find the change later',
    async (lag) => {
      const faults: Faults = {};
      await running.start(aDirectoryFile([aUser(1)]), { faults });
      const { body } = await running.get('/users/delta?$deltatoken=latest&$select=displayName');
      await running.call('PATCH', `/users/${user}`, { displayName: 'New' });

      faults.beforeRequest = () => ({ lag });
      const before = await running.get(`/users/${user}`);
      const lagging = await running.get(body['@odata.deltaLink']);
      faults.beforeRequest = undefined;
      const later = await running.get(lagging.body['@odata.deltaLink']);

      expect([before.body.displayName, lagging.body.value]).toEqual(['User 1', []]);
      expect(later.body.value).toEqual([{ id: user, displayName: 'New' }]);
    },
  );
});

describe('the request counter', () => {
  it('counts requests and members of batches by template', async () => {
    await running.start(aDirectoryFile([aUser(1), aUser(2)]));

    await running.get(`/users/${user}`);
    await running.call('POST', '/$batch', {
      requests: [1, 2].map((n) => ({ id: String(n), method: 'GET', url: `/users/${idOf('user', n)}` })),
    });

    expect(running.emulator.requests).toMatchObject({
      total: 2,
      batchMembers: 2,
      byTemplate: { 'GET /users/{user}': 3, 'POST /$batch': 1 },
    });
  });
});
