import { describe, expect, it } from '@jest/globals';
import { portrait } from '../../src/index.ts';
import { aDirectoryFile, aGroup, aUser, idOf } from '../graph/a-directory-file.ts';
import { runningEmulator } from '../graph/running-emulator.ts';

const running = runningEmulator();
const TENANT = aDirectoryFile().tenant.id;

const start = () =>
  running.start(
    aDirectoryFile(
      [
        aUser(1, { displayName: '<b>Ada</b>', photo: portrait(1).toString('base64') }),
        aUser(2, { displayName: 'Grace', manager: { id: idOf('user', 1) }, accountEnabled: false }),
      ],
      [
        aGroup(1, [idOf('group', 2)], { displayName: 'Everybody' }),
        aGroup(2, [idOf('user', 2), idOf('group', 2)], { displayName: 'Ring' }),
        aGroup(3, [idOf('group', 4)], { displayName: 'Left' }),
        aGroup(4, [idOf('group', 3)], { displayName: 'Right' }),
      ],
    ),
  );

async function page(path: string, init: RequestInit = {}) {
  const answer = await fetch(`${running.emulator.httpUrl}${path}`, { redirect: 'manual', ...init });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

function press(command: unknown, headers: Record<string, string> = {}) {
  const body = new URLSearchParams({ command: JSON.stringify(command) });
  return page('/_emulator/form', { method: 'POST', body, headers });
}

describe('the start page', () => {
  it('shows the groups of the tenant as they are nested, cycles once', async () => {
    await start();

    const { status, text } = await page('/');

    expect(status).toBe(200);
    for (const name of ['Everybody', 'Ring', 'Left', 'Right']) expect(text).toContain(name);
    expect(text.match(/contains itself/g)).toHaveLength(2);
  });

  it('shows what was asked last, and what each answer was', async () => {
    await start();
    await running.get('/users/nobody');

    expect((await page('/')).text).toMatch(/\/users\/nobody[\s\S]*404/);
  });

  it('finds people, and escapes what a directory says', async () => {
    await start();

    const { text } = await page('/?search=ada');

    expect(text).toContain('1 found');
    expect(text).toContain('&lt;b&gt;Ada&lt;/b&gt;');
    expect(text).not.toContain('<b>Ada');
  });

  it('takes a search that is given twice for none', async () => {
    await start();

    expect(await page('/?search=ada&search=grace')).toMatchObject({ status: 200 });
  });

  it('runs no scripts and takes nothing from elsewhere', async () => {
    await start();

    const { headers, text } = await page('/');

    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(text).not.toMatch(/<script|https:\/\/(?!localhost|graph\.microsoft\.com)/);
  });

  it('gives a command by a button, and says why one can not be given', async () => {
    await start();

    const done = await press({ do: 'outage', forMs: 60_000 });
    expect({ status: done.status, to: done.headers.get('location') }).toEqual({ status: 303, to: '/#steer' });
    expect(running.emulator.faultRules.all()).toHaveLength(1);

    const refused = await press({ do: 'restore', name: 'none' });
    expect(refused).toMatchObject({ status: 400 });
    expect(refused.text).toContain('there is no snapshot');
  });

  it('takes no command from a page of another origin', async () => {
    await start();
    const outage = { do: 'outage', forMs: 60_000 };

    expect(await press(outage, { origin: 'https://evil.example' })).toMatchObject({ status: 403 });
    expect(running.emulator.faultRules.all()).toEqual([]);
    expect(await press(outage, { origin: running.emulator.httpUrl })).toMatchObject({ status: 303 });
  });
});

describe('the page about a person', () => {
  it('shows properties, manager, photo and the groups by every path', async () => {
    await start();

    const { text } = await page(`/_emulator/tenants/${TENANT}/users/${idOf('user', 2)}`);

    expect(text).toContain('user2@contoso.example');
    expect(text).toContain('&lt;b&gt;Ada');
    expect(text.replaceAll(/<[^>]+>|\s+/g, ' ')).toMatch(/Everybody +› +Ring/);
    const photo = await page(`/_emulator/tenants/${TENANT}/users/${idOf('user', 1)}/photo`);
    expect(photo.headers.get('content-type')).toBe('image/png');
  });

  it('is not there for somebody who is not', async () => {
    await start();

    expect((await page(`/_emulator/tenants/${TENANT}/users/${idOf('user', 9)}`)).status).toBe(404);
    expect((await page(`/_emulator/tenants/${idOf('user', 9)}/users/${idOf('user', 1)}`)).status).toBe(404);
  });
});

describe('the page about a group', () => {
  it('lists direct members a hundred at a time', async () => {
    const users = Array.from({ length: 101 }, (_, n) => aUser(n + 1));
    const everybody = users.map(({ id }) => id);
    await running.start(aDirectoryFile(users, [aGroup(1, everybody)]));
    const path = `/_emulator/tenants/${TENANT}/groups/${idOf('group', 1)}`;

    const first = (await page(path)).text;
    expect(first).toContain('101 direct members');
    expect(first).toContain(`${path}?from=100`);
    expect(first).not.toContain('>User 101<');
    expect((await page(`${path}?from=100`)).text).toContain('>User 101<');
  });
});
