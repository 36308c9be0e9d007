import { describe, expect, it } from '@jest/globals';
import type { FaultRule } from '../src/index.ts';
import { aClock } from './graph/a-clock.ts';
import { aDirectoryFile } from './graph/a-directory-file.ts';
import { runningEmulator } from './graph/running-emulator.ts';

const running = runningEmulator();
const otherId = '00000000-0000-4000-8000-0000000000ff';
const domain = { name: 'fabrikam.example', isDefault: true };
const other = { ...aDirectoryFile([]), tenant: { id: otherId, displayName: 'Fabrikam', verifiedDomains: [domain] } };

async function start(...rules: readonly FaultRule[]): Promise<{ advance(ms: number): void }> {
  const clock = aClock();
  await running.start(aDirectoryFile(), { otherTenants: [other], clock, faults: { rules } });
  return clock;
}

async function discovery(tenant: string): Promise<Response> {
  return fetch(`${running.emulator.httpUrl}/${tenant}/v2.0/.well-known/openid-configuration`);
}

async function discoveryStatus(tenant: string): Promise<number> {
  return (await discovery(tenant)).status;
}

describe('an outage', () => {
  it('takes Graph and Entra together, for as long as it lasts', async () => {
    const clock = await start();
    await running.token();
    running.emulator.faultRules.add({
      match: { service: 'all' },
      fault: { status: 503, retryAfter: 30 },
      forMs: 60_000,
    });

    const [graph, entra] = [await running.get('/users'), await discovery(running.emulator.tenantId)];
    clock.advance(60_000);
    const after = [(await running.get('/users')).status, await discoveryStatus(running.emulator.tenantId)];

    expect([graph.status, entra.status, entra.headers.get('retry-after')]).toEqual([503, 503, '30']);
    expect(await entra.json()).toMatchObject({ error: 'temporarily_unavailable', error_codes: [90033] });
    expect(after).toEqual([200, 200]);
  });

  it('may take one tenant alone, by whichever name it is called', async () => {
    await start({ match: { service: 'entra', tenantId: otherId }, fault: { status: 503 } });

    const statuses = [otherId, 'fabrikam.example', running.emulator.tenantId, 'contoso.example', 'organizations'];

    expect(await Promise.all(statuses.map(discoveryStatus))).toEqual([503, 503, 200, 200, 200]);
  });

  it('may close every connection', async () => {
    await start({ match: { service: 'all' }, fault: { drop: true } });

    await expect(discovery('organizations')).rejects.toThrow('fetch failed');
    running.emulator.faultRules.replace([]);

    expect(await discoveryStatus('organizations')).toBe(200);
  });

  it('of Graph alone leaves Entra as it is', async () => {
    await start({ fault: { status: 503 } });

    expect((await running.get('/users')).status).toBe(503);
    expect(await discoveryStatus('organizations')).toBe(200);
  });

  it('may be of one address of Entra, each other time', async () => {
    const template = 'GET /{tenant}/v2.0/.well-known/openid-configuration';
    await start({ match: { service: 'entra', template, every: 2 }, fault: { status: 500 } });

    const statuses = [];
    for (let n = 0; n < 4; n += 1) statuses.push(await discoveryStatus('organizations'));

    expect(statuses).toEqual([200, 500, 200, 500]);
  });
});
