import { describe, expect, it } from '@jest/globals';
import { commandNames } from '../../src/control/check-command.ts';
import { aDirectoryFile, aGroup, aUser, idOf } from '../graph/a-directory-file.ts';
import { requestToken, runningEmulator } from '../graph/running-emulator.ts';

const HOUR = 3_600_000;
const running = runningEmulator();
const people = () => aDirectoryFile([aUser(1), aUser(2)], [aGroup(1, [idOf('user', 1)])]);

/** Gives a command as anybody would who has only HTTP. */
async function command(body: unknown, headers: Record<string, string> = {}) {
  const answer = await fetch(`${running.emulator.httpUrl}/_emulator/commands`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

async function look(name: string): Promise<Record<string, unknown>> {
  const answer = await fetch(`${running.emulator.httpUrl}/_emulator/${name}`);
  return (await answer.json()) as Record<string, unknown>;
}

const users = async () => (await running.get('/users')).status;

describe('the control API', () => {
  it('sets a fault rule, shows what came of it, and takes it back', async () => {
    await running.start(people());
    const rule = { id: 'slow-down', match: { template: 'GET /users' }, fault: { status: 429, retryAfter: 7 } };

    expect(await command({ do: 'add-fault', rule })).toMatchObject({ status: 200, body: { id: 'slow-down' } });
    expect(await users()).toBe(429);
    expect(await look('faults')).toMatchObject({ rules: [{ id: 'slow-down', applied: 1 }] });

    await command({ do: 'remove-fault', id: 'slow-down' });
    expect(await users()).toBe(200);
  });

  it.each<[string, unknown, string]>([
    ['no object', 'stop', 'command must be an object'],
    ['an unknown command', { do: 'explode' }, 'command.do must be one of add-fault,'],
    ['a missing part', { do: 'advance-clock' }, 'command.ms is missing'],
    ['a part too many', { do: 'freeze-clock', for: 'ever' }, 'command.for is not known'],
    ['a rule that is none', { do: 'add-fault', rule: { fault: { status: 200 } } }, 'rule.fault.status must be'],
    ['an unknown snapshot', { do: 'restore', name: 'yesterday' }, 'there is no snapshot "yesterday"'],
    ['an unknown AADSTS number', { do: 'fail-sign-in', aadsts: 1, endpoint: 'token' }, 'AADSTS1 is not emulated'],
    ['an unknown tenant', { do: 'revoke-consent', tenantId: idOf('user', 9), appId: 'x' }, 'there is no tenant'],
  ])('refuses %s in one line', async (_what, given, message) => {
    await running.start(people());

    const { status, body } = await command(given);

    expect(status).toBe(400);
    expect(body['message']).toContain(message);
  });

  it('carries out a list of commands as a whole, or none of it', async () => {
    await running.start(people());
    const outage = { do: 'outage', forMs: HOUR };

    expect((await command([outage, { do: 'explode' }])).status).toBe(400);
    expect(await users()).toBe(200);

    expect((await command([outage, { do: 'freeze-clock' }])).status).toBe(200);
    await expect(users()).rejects.toThrow('fetch failed');
  });

  it('takes commands from no page of another origin', async () => {
    await running.start(people());
    const clear = { do: 'clear-faults' };

    expect((await command(clear, { origin: 'https://evil.example' })).status).toBe(400);
    expect((await command(clear, { origin: running.emulator.httpUrl })).status).toBe(200);
  });

  it('moves the clock: an outage ends when its time has passed, and tokens expire', async () => {
    await running.start(people());
    const { control } = running.emulator;
    await control.run({ do: 'freeze-clock' });
    await control.run({ do: 'outage', forMs: HOUR / 4 });
    await expect(users()).rejects.toThrow('fetch failed');

    await control.run({ do: 'advance-clock', ms: HOUR / 4 });
    expect(await users()).toBe(200);
    await control.run({ do: 'advance-clock', ms: 2 * HOUR });
    expect(await users()).toBe(401);
  });

  it('leaves a clock alone that was given from outside', async () => {
    await running.start(people(), { clock: () => new Date('2026-01-01T00:00:00Z') });

    expect((await command({ do: 'freeze-clock' })).body['message']).toContain('was given to the emulator');
  });

  it('revokes and grants a consent', async () => {
    await running.start(people());
    const [application] = running.emulator.applications;
    const appId = application?.appId ?? '';

    await command({ do: 'revoke-consent', appId });
    await running.renewToken();
    expect(await users()).toBe(403);

    await command({ do: 'grant-consent', appId, appRoles: ['User.Read.All'] });
    await running.renewToken();
    expect(await users()).toBe(200);
  });

  it('expires tokens, fails a sign-in, spoils a token and rolls the keys', async () => {
    await running.start(people());
    expect(await users()).toBe(200);
    await command({ do: 'expire-tokens' });
    expect(await users()).toBe(401);

    await command({ do: 'fail-sign-in', aadsts: 7000222, endpoint: 'token' });
    expect(await requestToken(running.emulator)).toBeUndefined();
    await command({ do: 'spoil-tokens', order: { defect: 'wrong-audience', token: 'access_token', times: 1 } });
    await running.renewToken();
    expect(await users()).toBe(401);

    await command([{ do: 'rotate-keys' }, { do: 'retire-keys' }]);
    await running.renewToken();
    expect(await users()).toBe(200);
  });

  it('lifts the throttling and brings it back', async () => {
    await running.start(people());
    await command({ do: 'throttle', scale: 0.0001 });
    await users();
    expect(await users()).toBe(429);
    await command({ do: 'stop-throttling' });
    expect(await users()).toBe(200);
    expect(await look('state')).toMatchObject({ throttling: false });
  });

  it('counts requests, and forgets them on command', async () => {
    await running.start(people());
    await users();
    expect(await look('state')).toMatchObject({ requests: { total: 1, byTemplate: { 'GET /users': 1 } } });

    await command({ do: 'reset-log' });
    expect(await look('state')).toMatchObject({ requests: { total: 0 } });
    expect(await look('requests')).toEqual([]);
  });

  it('knows every command by a name of its own', () => {
    expect(new Set(commandNames).size).toBe(commandNames.length);
  });
});
