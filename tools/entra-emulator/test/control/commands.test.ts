import { describe, expect, it } from '@jest/globals';
import { aDirectoryFile, aGroup, aUser, idOf } from '../graph/a-directory-file.ts';
import { requestToken } from '../graph/running-emulator.ts';
import { controlled } from './controlled.ts';

const MINUTE = 60_000;
const { running, command, look, users } = controlled();
const start = () => running.start(aDirectoryFile([aUser(1), aUser(2)], [aGroup(1, [idOf('user', 1)])]));
const appId = () => running.emulator.applications[0]?.appId ?? '';

describe('commands about faults', () => {
  it('set a rule, show what came of it, and take it back', async () => {
    await start();
    const rule = { id: 'slow-down', match: { template: 'GET /users' }, fault: { status: 429, retryAfter: 7 } };

    expect(await command({ do: 'add-fault', rule })).toMatchObject({ status: 200, body: { id: 'slow-down' } });
    expect(await users()).toBe(429);
    expect(await look('faults')).toMatchObject({ rules: [{ id: 'slow-down', applied: 1 }] });
    expect(await command({ do: 'add-fault', rule })).toMatchObject({ status: 400, body: { code: 'command-refused' } });

    expect(await command({ do: 'remove-fault', id: 'slow-down' })).toMatchObject({ status: 200 });
    expect(await users()).toBe(200);
    expect(await command({ do: 'remove-fault', id: 'slow-down' })).toMatchObject({ status: 400 });
  });

  it('take down Graph, or Entra, or both', async () => {
    await start();
    await running.token();
    const outage = (service?: string) => command({ do: 'outage', forMs: MINUTE, ...(service && { service }) });

    await outage();
    await expect(users()).rejects.toThrow('fetch failed');
    await running.renewToken();
    await command({ do: 'clear-faults' });
    await outage('entra');
    expect(await users()).toBe(200);
    await expect(running.renewToken()).rejects.toThrow('fetch failed');
    await outage('all');
    await expect(users()).rejects.toThrow('fetch failed');
    await command({ do: 'clear-faults' });
    expect(await users()).toBe(200);
  });

  it('lift the throttling and bring it back', async () => {
    await start();
    await command({ do: 'throttle', scale: 0.0001 });
    await users();
    expect(await users()).toBe(429);
    await command({ do: 'stop-throttling' });
    expect(await users()).toBe(200);
    expect(await look('state')).toMatchObject({ throttling: false });
  });

  it('let each request wait', async () => {
    await start();
    await running.token();
    await command({ do: 'set-latency', ms: 50 });

    const before = performance.now();
    await users();
    expect(performance.now() - before).toBeGreaterThan(45);
    expect(await look('state')).toMatchObject({ latencyMs: 50 });
  });

  it('expire the delta links of a tenant that are out there, not those to come', async () => {
    await start();
    const link = async () => (await running.get('/users/delta?$deltatoken=latest')).body['@odata.deltaLink'];
    const old = await link();
    expect((await running.get(old)).status).toBe(200);

    await command({ do: 'expire-delta-links', tenantId: running.emulator.tenantId });

    expect(await running.get(old)).toMatchObject({ status: 400, body: { error: { code: 'syncStateNotFound' } } });
    expect((await running.get(await link())).status).toBe(200);
  });

  it('show what is to go wrong at sign-in, until it did', async () => {
    await start();
    await command({ do: 'fail-sign-in', aadsts: 7000222, endpoint: 'token', times: 2 });
    await command({ do: 'spoil-tokens', order: { defect: 'wrong-audience', token: 'access_token', times: 1 } });
    await command({ do: 'add-notification-fault', fault: { id: 'gone', kind: 'lose' } });
    expect(await look('faults')).toMatchObject({
      signIn: [{ endpoint: 'token', aadsts: 7000222, left: 2 }],
      tokens: [{ defect: 'wrong-audience', times: 1 }],
      notifications: [{ id: 'gone', met: 0 }],
    });

    await requestToken(running.emulator);
    expect(await look('faults')).toMatchObject({ signIn: [{ left: 1 }] });
    await command({ do: 'clear-faults' });
    expect(await look('faults')).toEqual({ rules: [], notifications: [], signIn: [], tokens: [] });
  });

  it('empty the logs', async () => {
    await start();
    await users();
    expect(await look('counters')).toMatchObject({ total: 1 });

    await command({ do: 'reset-log' });
    expect([await look('counters'), await look('requests')]).toMatchObject([{ total: 0, byTemplate: {} }, []]);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['a subscription', { do: 'drop-subscription', subscriptionId: 'none' }, 'there is no subscription none'],
    [
      'a lifecycle URL',
      { do: 'send-lifecycle-event', subscriptionId: 'none', event: 'missed' },
      'there is no subscription none with a lifecycle URL',
    ],
    ['a snapshot', { do: 'restore', name: 'yesterday' }, 'there is no snapshot "yesterday"'],
    ['an AADSTS number', { do: 'fail-sign-in', aadsts: 1, endpoint: 'token' }, 'AADSTS1 is not emulated'],
    ['a tenant', { do: 'expire-delta-links', tenantId: 'x' }, 'there is no tenant x'],
    ['an application', { do: 'grant-consent', appId: 'x', appRoles: [] }, 'there is no application x'],
    ['a service principal', { do: 'revoke-consent', appId: 'x' }, 'the application x is not installed in the tenant'],
  ])('are refused where %s is not there', async (_what, given, detail) => {
    await start();

    expect(await command(given)).toMatchObject({ status: 400, body: { code: 'command-refused', detail } });
  });
});

describe('commands about sign-in', () => {
  it('revoke and grant a consent', async () => {
    await start();

    await command({ do: 'revoke-consent', appId: appId() });
    await running.renewToken();
    expect(await users()).toBe(403);

    await command({ do: 'grant-consent', appId: appId(), appRoles: ['User.Read.All'] });
    await running.renewToken();
    expect(await users()).toBe(200);
  });

  it('switch an application off and on', async () => {
    await start();

    await command({ do: 'disable-application', appId: appId() });
    expect(await requestToken(running.emulator)).toBeUndefined();

    await command({ do: 'enable-application', appId: appId() });
    expect(await requestToken(running.emulator)).toBeDefined();
  });

  it('expire tokens, fail a sign-in, spoil a token and roll the keys', async () => {
    await start();
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
});
