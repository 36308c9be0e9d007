import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { sampleCompany } from '@learnamp/entra-emulator';
import { expectedCounts } from './oracle/expected-counts.ts';
import { startFourProcesses } from './system/four-processes.ts';
import { startOneProcess } from './system/one-process.ts';
import { changeTheDirectory, runLog, signInAndOut, WITHIN_MS } from './system/scenario.ts';
import { type System, type Watched, watch } from './system/system.ts';
import { documentsOf, lookFor } from './system/traces.ts';

jest.setTimeout(120_000);

const owner = 'dele.akintola@harbourfinch.example';
const systems = [
  { how: 'the embedded bus and one process', start: () => startOneProcess() },
  {
    how: 'Kafka and four processes',
    start: () => startFourProcesses({ directory: sampleCompany(), owner }),
  },
];

describe.each(systems)('the whole system on $how', ({ start }) => {
  let system: System;
  let watched: Watched;

  beforeAll(async () => {
    system = await start();
    watched = await watch(system);
    await watched.firstSync();
  }, 180_000);

  afterAll(async () => {
    await watched.connection.close();
    await system.stop();
  });

  it('has made a learner of everybody in the group whose account is enabled', async () => {
    const active = await watched.activeUpns();

    expect(active).toHaveLength(expectedCounts(sampleCompany()).created);
    expect(active).toContain(owner);
  });

  it('follows each change of the directory by notification within five seconds, with no full sync in between', async () => {
    const fullRunsBefore = (await runLog(watched)).filter(({ mode }) => mode === 'full').length;

    const latencies = await changeTheDirectory(system, watched, 'Platform On Call');

    for (const ms of Object.values(latencies)) expect(ms).toBeLessThan(WITHIN_MS);
    const runs = await runLog(watched);
    expect(runs.filter(({ mode }) => mode === 'full')).toHaveLength(fullRunsBefore);
    expect(runs.filter(({ trigger }) => trigger === 'notification').length).toBeGreaterThanOrEqual(4);
  });

  it('signs one of its people in and out by a browser', async () => {
    await signInAndOut(system, 'Dele Akintola');
  });

  it('has left no tenant id and no secret in any document, record or line of the log', async () => {
    const secrets = Object.values(system.secrets);

    for (const traces of [documentsOf(watched.connection), system.published(), system.logged()]) {
      const { found, looked } = await lookFor(secrets, traces);
      expect(found).toEqual([]);
      expect(looked).toBeGreaterThan(0);
    }
  });

  it('has people in documents and records, and nobody in the log', async () => {
    const found = async (traces: Parameters<typeof lookFor>[1]) => (await lookFor([owner], traces)).found.length > 0;

    expect(await found(documentsOf(watched.connection))).toBe(true);
    expect(await found(system.published())).toBe(true);
    expect((await lookFor([owner, 'Akintola', 'Test Newcomer'], system.logged())).found).toEqual([]);
  });
});
