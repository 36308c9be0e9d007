import { request } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { aDirectoryFile, aGroup, aUser, idOf } from '../graph/a-directory-file.ts';
import { controlled } from './controlled.ts';

const MINUTE = 60_000;
const { running, command, look, users } = controlled();
const people = () => aDirectoryFile([aUser(1), aUser(2)], [aGroup(1, [idOf('user', 1)])]);

/** Asks by another name than the one of the door, which fetch would not do. */
function askAs(host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asking = request(`${running.emulator.httpUrl}/_emulator/state`, { headers: { host } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    asking.on('error', reject).end();
  });
}

describe('the control API over HTTP', () => {
  it.each<[string, unknown, string]>([
    ['no object', '"stop"', 'command must be an object'],
    ['an unknown command', { do: 'explode' }, 'command.do must be one of add-fault,'],
    ['the name of something that every object has', { do: 'constructor' }, 'command.do must be one of'],
    ['a missing part', { do: 'advance-clock' }, 'command.ms is missing'],
    ['a part too many', { do: 'freeze-clock', for: 'ever' }, 'command.for is not known'],
    ['a rule that is none', { do: 'add-fault', rule: { fault: { status: 200 } } }, 'command.rule.fault.status must be'],
    ['a fault that is none', { do: 'add-notification-fault', fault: { kind: 'eat' } }, 'command.fault.kind must be'],
    [
      'an order without a token',
      { do: 'spoil-tokens', order: { defect: 'alg-none' } },
      'command.order.token is missing',
    ],
    [
      'policies that are none',
      { do: 'set-sign-in-policies', policies: { lockedUsers: ['Ada'] } },
      'command.policies.lockedUsers[0] must be a GUID',
    ],
    ['no JSON', '{', 'A command is sent as application/json'],
  ])('refuses %s in one line, and says where it is wrong', async (_what, given, detail) => {
    await running.start(people());

    const { status, type, body } = await command(given);

    expect([status, type, body['code']]).toEqual([400, 'application/problem+json; charset=utf-8', 'command-invalid']);
    expect(body['detail']).toContain(detail);
  });

  it('refuses a command that is not sent as JSON', async () => {
    await running.start(people());

    expect(await command({ do: 'freeze-clock' }, { 'content-type': 'text/plain' })).toMatchObject({ status: 400 });
    expect(await look('clock')).toMatchObject({ speed: 1 });
  });

  it('checks a list as a whole before it carries anything out', async () => {
    await running.start(people());
    const outage = { do: 'outage', forMs: MINUTE };

    const refused = await command([outage, { do: 'explode' }]);
    expect([refused.status, refused.body['detail']]).toEqual([400, expect.stringContaining('commands[1].do must be')]);
    expect(await users()).toBe(200);

    expect(await command([outage, { do: 'freeze-clock' }])).toMatchObject({
      status: 200,
      body: [{ done: 'outage', id: 'rule-1' }, { done: 'freeze-clock' }],
    });
    await expect(users()).rejects.toThrow('fetch failed');
  });

  it('says which command of a list could not be carried out, after the others', async () => {
    await running.start(people());

    const { body } = await command([{ do: 'freeze-clock' }, { do: 'restore', name: 'none' }]);

    expect(body).toMatchObject({
      code: 'command-refused',
      detail: 'commands[1]: there is no snapshot "none"; those before it are done',
    });
    expect(await look('clock')).toMatchObject({ speed: 0 });
  });

  it('takes commands from no page of another origin', async () => {
    await running.start(people());
    const freeze = { do: 'freeze-clock' };

    expect(await command(freeze, { origin: 'https://evil.example' })).toMatchObject({ status: 403 });
    expect(await look('clock')).toMatchObject({ speed: 1 });
    expect(await command(freeze, { origin: running.emulator.httpUrl })).toMatchObject({ status: 200 });
  });

  it('lets nobody in by a name that only leads to this machine', async () => {
    await running.start(people());

    expect(await askAs('evil.example:4100')).toBe(403);
    expect(await askAs('127.0.0.1')).toBe(200);
    expect(await askAs('graph.localhost:4100')).toBe(200);
  });

  it('lets others in where it was told to', async () => {
    await running.start(people(), { controlFor: 'anybody' });

    expect(await askAs('emulator:4100')).toBe(200);
    expect(await command({ do: 'freeze-clock' }, { origin: 'https://evil.example' })).toMatchObject({ status: 403 });
  });

  it('is on the http door alone, and never answers as Graph', async () => {
    await running.start(people());
    const { status, body } = await running.get('/_emulator/state');
    expect([status, body.error.code]).toEqual([400, 'BadRequest']);

    const answer = await fetch(`${running.emulator.httpUrl}/_emulator/users`);
    expect([answer.status, await answer.json()]).toEqual([
      404,
      { status: 404, code: 'not-there', detail: 'There is no GET /_emulator/users.' },
    ]);
  });

  it('lists the commands and their parts', async () => {
    await running.start(people());

    expect(await look('commands')).toMatchObject({
      outage: ['forMs', 'tenantId?', 'service?'],
      restore: ['name'],
      'freeze-clock': [],
    });
  });
});

describe('looking', () => {
  it('counts requests and shows the latest, or those that are asked for', async () => {
    await running.start(people());
    await users();
    await running.get('/groups');
    await running.get('/users/nobody');

    expect(await look('counters')).toMatchObject({ total: 3, byTemplate: { 'GET /users': 1, 'GET /groups': 1 } });
    expect(await look('requests')).toMatchObject([{ url: '/users/nobody' }, { url: '/groups' }, { url: '/users' }]);
    expect(await look('requests?status=404')).toMatchObject([{ url: '/users/nobody' }]);
    expect(await look('requests?template=GET%20/users&status=404')).toEqual([]);
    expect(await look('requests?limit=1')).toHaveLength(1);
    expect(await look('deliveries')).toEqual([]);
  });

  it('says what can not be asked for', async () => {
    await running.start(people());

    expect(await look('requests?colour=red')).toEqual(invalid('colour is not one of'));
    expect(await look('deliveries?limit=all')).toEqual(invalid('limit must be a whole number'));
  });

  function invalid(detail: string) {
    return { status: 400, code: 'command-invalid', detail: expect.stringContaining(detail) };
  }
});
