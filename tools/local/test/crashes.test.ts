import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type DirectoryFile, generateDirectory } from '@learnamp/entra-emulator';
import { runModel } from '@learnamp/learners';
import { expectedCounts } from './oracle/expected-counts.ts';
import { eventually } from './system/eventually.ts';
import { type FourProcesses, type ServiceName, startFourProcesses } from './system/four-processes.ts';
import { reference } from './system/graph-driver.ts';
import { alerts, metricsAskedFor } from './system/observability.ts';
import { type Watched, watch } from './system/system.ts';

jest.setTimeout(240_000);

describe('kill -9 in the middle of a sync, on real Kafka and MongoDB', () => {
  const directory: DirectoryFile = generateDirectory({ people: 4_000, seed: 7, photos: 0.02 });
  const expected = expectedCounts(directory);
  let system: FourProcesses;
  let watched: Watched;

  beforeAll(async () => {
    system = await startFourProcesses({ directory, owner: 'nobody@example.test', latencyMs: 150 });
    watched = await watch(system);
  }, 180_000);

  afterAll(async () => {
    await watched.connection.close();
    await system.stop();
  });

  /** Kills a service once a collection has so many documents, in the middle of a full run, and starts it again. */
  async function crashAt(
    name: ServiceName,
    collection: 'personRecords' | 'learners',
    documents: number,
  ): Promise<void> {
    await eventually(
      `${documents} documents in ${collection} before ${name} is killed`,
      async () => ((await watched.connection.collection(collection).countDocuments()) >= documents ? true : undefined),
      90_000,
    );
    const finished = await runModel(watched.connection).exists({ mode: 'full', stage: 'finished' });
    await system.kill(name);
    expect(finished).toBeNull();
    system.start(name);
  }

  it('ends with exactly the people, managers, teams and photos of the directory, whichever service died', async () => {
    await crashAt('directory-sync', 'personRecords', 600);
    await crashAt('profile-writer', 'learners', 1);
    await crashAt('auth-gateway', 'learners', expected.created * 0.4);
    await crashAt('webhook-ingest', 'learners', expected.created * 0.4);
    await watched.firstSync();

    const runs = await runModel(watched.connection).find({ mode: 'full' }).sort({ startedAt: 1 }).lean();
    expect(runs.map(({ stage }) => stage)).toEqual(['interrupted', 'finished']);
    const active = await watched.activeUpns();
    expect(active).toHaveLength(expected.created);
    expect(new Set(active).size).toBe(expected.created);
    const { managersLinked, photos, teams } = runs.at(-1)?.totals ?? {};
    expect({ managersLinked, photos, teams }).toEqual({
      managersLinked: expected.managersLinked,
      photos: expected.photos,
      teams: expected.teams,
    });
  });

  it('loses no change that Microsoft told it of while webhook-ingest was down', async () => {
    const [group] = directory.groups.filter(({ displayName }) => displayName === 'Learn Amp Users');
    const outsiders = peopleOutside(directory, await watched.activeUpns(), 10);

    for (const [index, person] of outsiders.entries()) {
      if (index === 4) await system.kill('webhook-ingest');
      await system.graph.write('POST', `/groups/${group?.id ?? ''}/members/$ref`, reference(person.id));
    }
    system.start('webhook-ingest');

    const wanted = outsiders.map(({ userPrincipalName }) => userPrincipalName);
    const { fact: arrived } = await eventually(
      () => `everybody who was added is there\n${system.diagnose()}`,
      async () => {
        const active = new Set(await watched.activeUpns());
        return wanted.every((upn) => active.has(upn)) ? wanted : undefined;
      },
      90_000,
    );
    expect(arrived).toHaveLength(10);
  });

  it('shows in the numbers of each service, with no name of an organisation or a person in them', async () => {
    const names = ['webhook-ingest', 'directory-sync', 'profile-writer', 'auth-gateway'] as const;
    const [ingest, sync, writer, gateway] = await Promise.all(names.map((name) => system.numbers(name)));

    expect(ingest).toMatch(/webhook_ingest_notifications_total\{outcome="published"\} [1-9]/);
    expect(sync).toMatch(/directory_sync_run_seconds_count\{mode="delta",stage="finished"\} [1-9]/);
    expect(sync).toMatch(/graph_requests_total\{status="200"\} [1-9]/);
    expect(writer).toMatch(/bus_records_total\{group="[^"]+",topic="directory.users",outcome="done"\} [1-9]/);
    expect(writer).toMatch(/bus_lag_records\{group="[^"]+",topic="directory.users",partition="\d+"\} 0/);
    expect(gateway).toContain('process_resident_memory_bytes');
    const { _id: organisationId } = (await watched.connection.collection('organisations').findOne({})) ?? {};
    expect([ingest, sync, writer, gateway].join()).not.toMatch(new RegExp(`${String(organisationId)}|@`));
    const counted = new Set(
      [...[ingest, sync, writer, gateway].join('\n').matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name),
    );
    expect([...(await metricsAskedFor())].filter((name) => !counted.has(name))).toEqual([]);
  });

  it('is what alerts are about, each of which has a page that says what to do', async () => {
    const { rules, explained } = await alerts();

    expect(rules.length).toBeGreaterThan(5);
    expect(explained).toEqual(rules);
  });
});

function peopleOutside(file: DirectoryFile, active: readonly string[], count: number) {
  const inside = new Set(active);
  const outside = file.users.filter((user) => user.accountEnabled !== false && !inside.has(user.userPrincipalName));
  return outside.slice(0, count);
}
