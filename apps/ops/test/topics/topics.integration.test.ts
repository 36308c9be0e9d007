import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createEmbeddedBus, deadLetterTopicOf, partitionOf } from '@learnamp/bus';
import { topics } from '@learnamp/contracts';
import { createLogger } from '@learnamp/service';
import { aRequest, aState, personId } from '../support/events.ts';
import { type Operator, startOperatorAlone } from '../support/operator.ts';

let operator: Operator;
const run: Operator['run'] = (command, options) => operator.run(command, options);
const users = topics.directoryUsers.name;
const letters = deadLetterTopicOf(users);

beforeAll(async () => {
  operator = await startOperatorAlone();
}, 180_000);
afterAll(() => operator.stop());

describe('topics apply', () => {
  it('with --dry-run names what is missing, and makes nothing', async () => {
    const dry = await run('topics apply --dry-run');

    expect(dry.code).toBe(1);
    expect(dry.out).toMatch(/^directory\.users +missing$/m);
    expect(await operator.bus.describeTopics([users])).toEqual([]);
    expect((await run('topics list')).out).toContain('learnamp-ops topics apply makes what is missing');
    expect(await run(`topics describe ${users}`)).toMatchObject({ code: 2, err: expect.stringContaining('apply') });
  });

  it('makes all twelve with their configuration, and finds them right the next time', async () => {
    const made = await run('topics apply --json');
    const again = await run('topics apply');

    expect(made.code).toBe(0);
    expect(JSON.parse(made.out)).toHaveLength(12);
    expect(again.code).toBe(0);
    expect(again.out.match(/as it should be/g)).toHaveLength(12);
    const [topic, deadLetters] = await operator.bus.describeTopics([users, letters]);
    expect(topic?.partitions).toHaveLength(12);
    expect(topic?.config).toEqual({ ...topics.directoryUsers.config, 'max.message.bytes': '1048588' });
    expect(deadLetters?.config).toEqual({
      ...{ 'cleanup.policy': 'delete', 'retention.ms': '1209600000', 'max.message.bytes': '1114124' },
    });
  }, 60_000);

  it('brings a changed configuration back after a question, keeps what it does not know, and asks nobody by --yes', async () => {
    await operator.bus.configureTopic(users, { 'max.compaction.lag.ms': '1', 'min.insync.replicas': '1' });

    const asked = await run('topics apply');
    const declined = await run('topics apply', { says: 'n' });
    expect((await operator.bus.describeTopics([users]))[0]?.config['max.compaction.lag.ms']).toBe('1');
    const applied = await run('topics apply', { says: 'y' });

    expect(asked).toMatchObject({ code: 2, err: expect.stringContaining('say --yes') });
    expect(declined).toMatchObject({ code: 1, out: 'nothing was changed\n' });
    expect(applied.code).toBe(0);
    expect(applied.out).toMatch(
      /^directory\.users +changed +max\.compaction\.lag\.ms: 1 \(1 ms\) → 604800000 \(7 d\)$/m,
    );
    expect((await operator.bus.describeTopics([users]))[0]?.config).toEqual({
      ...topics.directoryUsers.config,
      ...{ 'max.message.bytes': '1048588', 'min.insync.replicas': '1' },
    });
  });

  it('says what it can not change: fewer copies than wanted', async () => {
    const ended = await run('topics apply --dry-run', { env: { ...operator.env, KAFKA_REPLICATION_FACTOR: '3' } });

    expect(ended.code).toBe(1);
    expect(ended.out).toMatch(/^directory\.users +wrong +it has 1 copies instead of 3 .*kafka-reassign-partitions/m);
  });

  it('asks of a topic that has too few copies no more in sync than before, so that records go on being taken', async () => {
    const env = { ...operator.env, KAFKA_REPLICATION_FACTOR: '3' };

    expect((await run('topics apply --yes', { env })).code).toBe(1);

    const described = await operator.bus.describeTopics(Object.values(topics).map(({ name }) => name));
    expect(described.map(({ config }) => config['min.insync.replicas'] ?? '1')).toEqual(described.map(() => '1'));
    await operator.bus.publish([
      { topic: topics.graphNotifications.name, partitionBy: 'acme', key: 'acme', value: Buffer.from('{}') },
    ]);
  }, 60_000);
});

describe('topics list, describe and tail', () => {
  const partition = () => partitionOf(operator.acme.id, 12);

  beforeAll(async () => {
    const { bus, acme } = operator;
    await bus.publish([
      aState(acme.id, 1, 'Ada', 1),
      aState(acme.id, 2, 'Bob', 2),
      aState('globex', 3, 'Cleo', 1),
      aState(acme.id, 1, 'Ada', 3),
    ]);
    await bus.publish([
      { topic: users, partitionBy: acme.id, key: `${acme.id}:x`, value: Buffer.from('{"oops'), headers: {} },
    ]);
  });

  it('list counts records, and says how far behind whom nobody reads for', async () => {
    const list = await run('topics list');

    expect(list.code).toBe(0);
    expect(list.out).toMatch(/^directory\.users +12 +5 +5 +0 +0 +profile-writer\.users$/m);
    expect(JSON.parse((await run('topics list --json')).out)).toHaveLength(6);
  });

  it('describe shows the configuration and each partition', async () => {
    const described = await run(`topics describe ${users}`);

    expect(described.code).toBe(0);
    expect(described.out).toMatch(/^group +profile-writer\.users, nobody reads$/m);
    expect(described.out).toMatch(/^max\.compaction\.lag\.ms +604800000 \(7 d\)$/m);
    expect(described.out).toMatch(new RegExp(`^${partition()} +0 +4 +– +4$`, 'm'));
  });

  const offsets = async (flags: string) =>
    (JSON.parse((await run(`topics tail --topic ${users} ${flags} --json`)).out) as { offset: string }[]).map(
      ({ offset }) => offset,
    );

  it('tail decodes events, of one organisation, person or run', async () => {
    const all = await run(`topics tail --topic ${users} --organisation acme`);

    expect(all.code).toBe(0);
    expect(all.out).toMatch(/ {2}user-state {2}\S+:microsoft:10000000-\S+ {2}\{.*"displayName":"Ada"/);
    expect(all.out).toMatch(/ {2}unreadable {2}\S+:x {2}\(unknown event type \(none\)\)/);
    expect(all.out).not.toContain('Cleo');
    expect(await offsets('--organisation acme')).toEqual(['0', '1', '2', '3']);
    expect(await offsets(`--organisation acme --person ${personId(1).toUpperCase()}`)).toEqual(['0', '2']);
    expect(await offsets('--run run-3')).toEqual(['2']);
    expect(await offsets('--run run')).toEqual([]);
  });

  it('tail shows the last so many, or a range', async () => {
    expect(await offsets('--organisation acme --last 2')).toEqual(['2', '3']);
    expect(await offsets('--organisation acme --from 1 --to 3')).toEqual(['1', '2']);
    expect(await offsets(`--partition ${partition()} --from 1h`)).toEqual(['0', '1', '2', '3']);
    expect(await offsets('--to 1h')).toEqual([]);
    expect(await offsets('--from 2126-01-01')).toEqual([]);
  });

  it('tail --follow goes on until it is interrupted', async () => {
    const stop = new AbortController();
    const lines: string[] = [];
    let published = false;
    const onOut = (text: string) => {
      lines.push(text);
      if (published) stop.abort();
      else published = true;
      if (!stop.signal.aborted) void operator.bus.publish([aState(operator.acme.id, 9, 'Zoe', 9)]);
    };

    const flags = `--topic ${users} --organisation acme --last 1 --follow --json`;
    const ended = await run(`topics tail ${flags}`, { signal: stop.signal, onOut });

    expect(ended.code).toBe(0);
    expect(lines).toHaveLength(2);
    expect(JSON.parse(lines[1] ?? '')).toMatchObject({ data: { fields: { displayName: 'Zoe' } } });
  }, 60_000);

  it.each([
    ['topics tail', /which topic\?/],
    ['topics tail --topic nonsense', /there is no topic "nonsense"/],
    ['topics tail --topic directory.nonsense.dead-letters', /there is no topic/],
    [`topics tail --topic ${users} --from 3`, /an offset is of one partition/],
    [`topics tail --topic ${users} --from yesterday`, /--from takes an ISO 8601 time/],
    [`topics tail --topic ${users} --partition 12`, /--partition takes a number from 0 to 11/],
    [`topics tail --topic ${users} --last many`, /--last takes/],
    [`topics tail --topic ${users} --organisation nobody`, /there is no organisation/],
  ])('%s is refused with code 2', async (command, message) => {
    expect(await run(command)).toMatchObject({ code: 2, out: '', err: expect.stringMatching(message) });
  });
});

describe('with the embedded bus', () => {
  it('topics are read beside the process that has it, and changed once that has ended', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'learnamp-ops-'));
    const env = { MONGODB_URI: operator.uri, BUS_DIRECTORY: directory };
    expect(await run('topics list', { env })).toMatchObject({
      code: 2,
      err: expect.stringContaining('no embedded bus'),
    });
    expect(await run('topics list', { env: { MONGODB_URI: operator.uri } })).toMatchObject({
      ...{ code: 2, err: expect.stringContaining('neither KAFKA_BROKERS nor BUS_DIRECTORY') },
    });
    const bus = createEmbeddedBus({ directory, logger: createLogger('test', 'silent'), onFatal: () => undefined });
    await bus.ensureTopics([topics.syncRequests]);
    await bus.publish([aRequest(operator.acme.id, 'the-request')]);

    const beside = await run('topics tail --topic sync.requests --run the-request', { env });
    const changing = await run('topics apply', { env });
    await bus.close();
    const after = await run('topics apply', { env });

    expect(beside).toMatchObject({ code: 0, out: expect.stringContaining('"requestId":"the-request"') });
    expect(changing).toMatchObject({ code: 2, err: expect.stringContaining('stop npm start first') });
    expect(after).toMatchObject({ code: 0, out: expect.stringMatching(/^directory\.users +made$/m) });
    await rm(directory, { recursive: true });
  });
});
