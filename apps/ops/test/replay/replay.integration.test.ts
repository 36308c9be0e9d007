import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createEmbeddedBus, partitionOf } from '@learnamp/bus';
import { topics } from '@learnamp/contracts';
import { claimLease } from '@learnamp/mongo';
import { createLogger } from '@learnamp/service';
import { workRecordModel } from '@learnamp/sync-state';
import { aRequest, aState, personId } from '../support/events.ts';
import { type Operator, startOperatorAlone } from '../support/operator.ts';
import { startReader, until } from '../support/picky-reader.ts';

let operator: Operator;
const run: Operator['run'] = (command, options) => operator.run(command, options);
const users = topics.directoryUsers;
const partition = () => partitionOf(operator.acme.id, users.partitions);
const keyOf = (number: number) => `${operator.acme.id}:microsoft:${personId(number)}`;

const endOf = async (topic: string): Promise<bigint> => {
  const [described] = await operator.bus.describeTopics([topic]);
  return (described?.partitions ?? []).reduce((sum, { high }) => sum + high, 0n);
};

const groupAt = async (): Promise<bigint | null | undefined> => {
  const { positions } = await operator.bus.describeGroup(users.consumerGroup, users.name);
  return positions.find((position) => position.partition === partition())?.next;
};

beforeAll(async () => {
  operator = await startOperatorAlone();
  const { bus, acme } = operator;
  await bus.ensureTopics(Object.values(topics));
  await bus.publish([
    aState(acme.id, 1, 'Ada', 1),
    aState(acme.id, 2, 'Bob', 2),
    aState('globex', 3, 'Cleo', 1),
    aState(acme.id, 1, 'Ada', 3),
  ]);
  const reader = await startReader(bus, users);
  await until('all are read', () => reader.read.length === 4);
  await reader.stop();
}, 180_000);
afterAll(() => operator.stop());

describe('replay by publishing again', () => {
  it('with --dry-run says what would come again, and publishes nothing', async () => {
    const before = await endOf(users.name);

    const dry = await run(`replay --topic ${users.name} --organisation acme --dry-run`);

    expect(dry.code).toBe(0);
    expect(dry.out).toContain('2 records would come again; 1 do not, because their keys have something newer\n');
    expect(await endOf(users.name)).toBe(before);
  }, 60_000);

  it('publishes the last of each key of one organisation, with the bytes as they are, after a question', async () => {
    const declined = await run(`replay --topic ${users.name} --organisation acme`, { says: 'n' });
    expect(declined).toMatchObject({ code: 1, out: 'nothing was done\n' });

    const ended = await run(`replay --topic ${users.name} --organisation acme`, { says: 'y' });

    expect(ended).toMatchObject({ code: 0, err: expect.stringContaining('Publish 2 records again?') });
    expect(ended.out).toContain('2 records come again; 1 do not');
    const spans = [{ partition: partition(), from: 0n, to: 99n }];
    const records = [];
    for await (const record of operator.bus.read({ topic: users.name, spans })) records.push(record);
    expect(records.map(({ key }) => key?.toString())).toEqual([keyOf(1), keyOf(2), keyOf(1), keyOf(2), keyOf(1)]);
    expect(records.map(({ value }) => value).slice(3)).toEqual([records[1]?.value, records[2]?.value]);
  }, 60_000);

  it('raises the epoch of an organisation whose database is behind, and asks for a full run', async () => {
    const { bus, acme, connection } = operator;
    await bus.publish([aState(acme.id, 7, 'Eve', 9, 5)]);
    expect((await run(`replay --topic ${users.name} --organisation acme --dry-run`)).out).toContain('the topic at 5');
    const epochs = workRecordModel(connection).find({}, 'lease.epoch').lean();
    expect((await epochs).map(({ lease }) => lease.epoch)).toEqual([1]);

    const ended = await run(`replay --topic ${users.name} --organisation acme --yes --json`);

    expect(JSON.parse(ended.out)).toMatchObject({ behind: [{ organisationId: acme.id, inTopic: 5, inDatabase: 1 }] });
    const claim = { holder: 'next', now: new Date(), ttlMs: 1000 };
    expect(await claimLease(workRecordModel(connection), { _id: acme.id }, claim)).toMatchObject({ epoch: 6 });
    expect((await run('topics tail --topic sync.requests')).out).toContain('"mode":"full"');
    const again = await run(`replay --topic ${users.name} --organisation acme --yes --json`);
    expect(JSON.parse(again.out)).toMatchObject({ behind: [] });
  }, 60_000);

  it('publishes all of a range of a topic that is not compacted', async () => {
    await operator.bus.publish([aRequest('globex', 'one'), aRequest('globex', 'two')]);
    const at = partitionOf('globex', users.partitions);
    const [described] = await operator.bus.describeTopics(['sync.requests']);
    const last = (described?.partitions[at]?.high ?? 0n) - 1n;

    const ended = await run(`replay --topic sync.requests --partition ${at} --from ${last} --yes`);

    expect(ended).toMatchObject({ code: 0, out: '1 records come again\n' });
    expect((await run(`topics tail --topic sync.requests --run two --json`)).out.match(/"requestId"/g)).toHaveLength(2);
  }, 60_000);
});

describe('replay by moving the group', () => {
  it('says where it would go with --dry-run, goes there after a question, and hands all from there over again', async () => {
    const reader = await startReader(operator.bus, users);
    await until('the group is at the end', async () => (await groupAt()) === (await endOf(users.name)) - 1n);
    const active = await run(`replay --topic ${users.name} --move-group --yes`);
    const dryBeside = await run(`replay --topic ${users.name} --organisation acme --from 1 --move-group --dry-run`);
    await reader.stop();
    const at = (await groupAt()) ?? 0n;
    expect(active).toMatchObject({ code: 2, err: expect.stringContaining('stop every profile-writer first') });
    expect(dryBeside.out).toMatch(new RegExp(`^${partition()} +${at} +1 +${at - 1n}$`, 'm'));
    expect(dryBeside.out).toContain('has a member, whose next commit would undo it');

    const ended = await run(`replay --topic ${users.name} --organisation acme --from 1 --move-group`, { says: 'y' });

    expect(ended.code).toBe(0);
    expect(ended.err).toContain(`Hand ${at - 1n} records to profile-writer.users again?`);
    expect(await groupAt()).toBe(1n);
    const again = await startReader(operator.bus, users);
    await until('all from there are read again', () => again.read.length === Number(at) - 1);
    await again.stop();
    expect(again.read.every((key) => key.startsWith(operator.acme.id))).toBe(true);
  }, 90_000);

  it('refuses to leave out what was not decided yet', async () => {
    await operator.bus.publish([aState(operator.acme.id, 8, 'Zoe', 10, 5), aState(operator.acme.id, 8, 'Zoe', 11, 5)]);
    const at = (await groupAt()) ?? 0n;

    const flags = `--organisation acme --from ${at + 1n} --move-group --yes`;

    expect(await run(`replay --topic ${users.name} ${flags}`)).toMatchObject({
      ...{ code: 2, err: expect.stringContaining('replay goes back only') },
    });
    expect(await groupAt()).toBe(at);
  });
});

describe('replay', () => {
  it.each([
    ['replay', /--topic is missing/],
    ['replay --topic nonsense', /there is no topic/],
    [`replay --topic ${users.name} --move-group --to 1h`, /leave --to out/],
    [`replay --topic ${users.name} --from 5`, /an offset is of one partition/],
    [`replay --topic ${users.name} --organisation acme`, /say --yes/],
  ])('%s is refused with code 2', async (command, message) => {
    expect(await run(command)).toMatchObject({ code: 2, out: '', err: expect.stringMatching(message) });
  });

  it('works on the embedded bus: --dry-run beside the process that has it, moving once that has ended', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'learnamp-ops-'));
    const env = { MONGODB_URI: operator.uri, BUS_DIRECTORY: directory };
    const bus = createEmbeddedBus({ directory, logger: createLogger('test', 'silent'), onFatal: () => undefined });
    await bus.ensureTopics(Object.values(topics));
    await bus.publish([aRequest(operator.acme.id, 'the-request')]);
    const reader = await startReader(bus, topics.syncRequests);
    await until('it is read and decided', async () => {
      const { positions } = await bus.describeGroup(topics.syncRequests.consumerGroup, 'sync.requests');
      return reader.read.length === 1 && positions.some(({ next }) => next === 1n);
    });

    const beside = await run('replay --topic sync.requests --move-group --dry-run', { env });
    const moving = await run('replay --topic sync.requests --move-group --yes', { env });
    await bus.close();
    const after = await run('replay --topic sync.requests --move-group --yes', { env });

    expect(beside).toMatchObject({ code: 0, out: expect.stringContaining('1 records would come again') });
    expect(moving).toMatchObject({ code: 2, err: expect.stringContaining('stop npm start first') });
    expect(after).toMatchObject({ code: 0, out: expect.stringContaining('1 records come again') });
    await rm(directory, { recursive: true });
  }, 60_000);
});
