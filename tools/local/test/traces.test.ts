import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { sampleCompany } from '@learnamp/entra-emulator';
import { type OtlpReceiver, startOtlpReceiver, type ToldSpan } from '@learnamp/testkit';
import { eventually } from './system/eventually.ts';
import { type FourProcesses, startFourProcesses } from './system/four-processes.ts';
import { startOneProcess } from './system/one-process.ts';
import { type System, type Watched, watch } from './system/system.ts';
import { chainBetween, treesOf } from './system/trace-chain.ts';
import { lookFor, type Trace } from './system/traces.ts';

jest.setTimeout(120_000);

const owner = 'dele.akintola@harbourfinch.example';
const person = 'imogen.harbour@harbourfinch.example';

const variables = (receiver: OtlpReceiver) => ({
  OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
  OTEL_BSP_SCHEDULE_DELAY: '100',
});

/** Gives a person another job title in Entra, and waits for the learner to have it. */
async function changeJobTitle(system: System, watched: Watched, jobTitle: string): Promise<void> {
  await system.graph.write('PATCH', `/users/${person}`, { jobTitle });
  await eventually(
    () => `the learner has the job title ${jobTitle}\n${system.diagnose()}`,
    async () => ((await watched.learner(person))?.fields.jobTitle === jobTitle ? true : undefined),
  );
}

const isWrite = ({ name }: ToldSpan) => name === 'bulkWrite learners';

/** From a notification that came since then to the learners that were written because of it. */
function chainSince(spans: readonly ToldSpan[], since: number): readonly ToldSpan[] | undefined {
  const posts = spans.filter(({ name, startedAt }) => name === 'POST /graph/notifications' && startedAt >= since);
  return posts.map((post) => chainBetween(spans, post, isWrite)).find((chain) => chain !== undefined);
}

async function chainOfChange(system: System, watched: Watched, receiver: OtlpReceiver, jobTitle: string) {
  const since = Date.now();
  await changeJobTitle(system, watched, jobTitle);
  const { fact } = await eventually(
    () => `there is a chain among\n${treesOf(receiver.spans())}`,
    () => chainSince(receiver.spans(), since),
  );
  return fact;
}

const systems = [
  {
    how: 'Kafka and four processes',
    start: (receiver: OtlpReceiver) =>
      startFourProcesses({ directory: sampleCompany(), owner, environment: variables(receiver) }),
    services: ['webhook-ingest', 'directory-sync', 'profile-writer'],
  },
  {
    how: 'the embedded bus and one process',
    start: (receiver: OtlpReceiver) => startOneProcess(variables(receiver)),
    services: ['learnamp'],
  },
];

describe.each(systems)('the trace of a change in Entra, on $how', ({ start, services }) => {
  let receiver: OtlpReceiver;
  let system: System;
  let watched: Watched;

  beforeAll(async () => {
    receiver = await startOtlpReceiver();
    system = await start(receiver);
    watched = await watch(system);
    await watched.firstSync();
  }, 180_000);
  afterAll(async () => {
    await watched.connection.close();
    await system.stop();
    await receiver.stop();
  });

  it('leads from the POST of Graph through the topics to the write into MongoDB, in one trace', async () => {
    const chain = await chainOfChange(system, watched, receiver, 'Chair of the Board');

    expect(chain.map(({ name }) => name)).toEqual([
      'POST /graph/notifications',
      'send graph.notifications',
      'delta run',
      'emit',
      'send directory.users',
      'process directory.users',
      'apply round',
      'bulkWrite learners',
    ]);
    expect(new Set(chain.map(({ traceId }) => traceId)).size).toBe(1);
    expect([...new Set(chain.map(({ service }) => service))]).toEqual(services);
    expect(chain.filter(({ failed }) => failed)).toEqual([]);
  });

  it('has the requests to Graph in it, by routes that name nobody', async () => {
    const { traceId } = (await chainOfChange(system, watched, receiver, 'Chairwoman'))[0] ?? {};

    const requests = receiver.spans().filter((span) => span.traceId === traceId && 'url.template' in span.attributes);
    const routes = requests.map(({ attributes }) => String(attributes['url.template']));
    expect(routes.length).toBeGreaterThan(0);
    expect(routes.filter((route) => !/^(\/(v1\.0|[a-zA-Z$]+|\{id\}))+$/.test(route))).toEqual([]);
  });

  it('names the organisation and the run, and no person, tenant or secret', async () => {
    await chainOfChange(system, watched, receiver, 'Chair');
    const { _id: organisationId } = (await watched.connection.collection('organisations').findOne({})) ?? {};
    const bodies = () => receiver.bodies().map((body): Trace => ({ where: 'traces', bytes: Buffer.from(body) }));

    const learner = await watched.learner(person);
    const personal = [owner, person, 'Akintola', 'Harbour', learner?.sources.microsoft?.personId ?? '?'];
    const { found, looked } = await lookFor([...Object.values(system.secrets), ...personal], bodies());
    expect(found).toEqual([]);
    expect(looked).toBeGreaterThan(0);
    expect((await lookFor([String(organisationId)], bodies())).found).toEqual(['traces']);
  });
});

describe('traces that can not be sent, or are not wanted', () => {
  let receiver: OtlpReceiver;
  let system: FourProcesses;
  let watched: Watched;

  beforeAll(async () => {
    receiver = await startOtlpReceiver();
    system = await startFourProcesses({ directory: sampleCompany(), owner, environment: variables(receiver) });
    watched = await watch(system);
    await watched.firstSync();
  }, 180_000);
  afterAll(async () => {
    await watched.connection.close();
    await system.stop();
    await receiver.stop();
  });

  it.each(['hang', 'refuse'] as const)('keep no change from arriving while the collector would %s', async (how) => {
    receiver.behave(how);
    const before = receiver.requests();

    await changeJobTitle(system, watched, `Chair while it would ${how}`);

    await eventually('spans were sent to it', () => (receiver.requests() > before ? true : undefined));
    receiver.behave('take');
    expect((system.log('webhook-ingest').match(/spans can not be sent/g) ?? []).length).toBeLessThanOrEqual(1);
  });

  it('are in pieces where a service in between has none, which the search for a chain notices', async () => {
    await chainOfChange(system, watched, receiver, 'Chair before');
    await system.stopService('directory-sync');
    system.start('directory-sync', { OTEL_EXPORTER_OTLP_ENDPOINT: '' });
    const since = Date.now();

    await changeJobTitle(system, watched, 'Chair after');

    const write = (span: ToldSpan) => isWrite(span) && span.startedAt >= since;
    await eventually('the write is told of', () => receiver.spans().find(write));
    await eventually('the POST is told of', () =>
      receiver.spans().find(({ name, startedAt }) => name.startsWith('POST') && startedAt >= since),
    );
    expect(chainSince(receiver.spans(), since)).toBeUndefined();
    const untraced = receiver
      .spans()
      .filter(({ service, startedAt }) => service === 'directory-sync' && startedAt >= since);
    expect(untraced).toEqual([]);
  });

  it('are not sent by any service for which no collector is named, and changes arrive all the same', async () => {
    for (const name of ['webhook-ingest', 'directory-sync', 'profile-writer', 'auth-gateway'] as const) {
      await system.stopService(name);
      system.start(name, { OTEL_EXPORTER_OTLP_ENDPOINT: '' });
    }
    await eventually('webhook-ingest listens', () => system.log('webhook-ingest').includes('listening') || undefined);
    const before = receiver.requests();

    await changeJobTitle(system, watched, 'Chair untraced');
    await system.stopService('profile-writer');

    expect(receiver.requests()).toBe(before);
  });
});
