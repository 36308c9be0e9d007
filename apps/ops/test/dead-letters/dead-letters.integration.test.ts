import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deadLetterTopicOf, partitionOf } from '@learnamp/bus';
import { topics } from '@learnamp/contracts';
import { aRequest, aState, personId } from '../support/events.ts';
import { type Operator, startOperatorAlone } from '../support/operator.ts';
import { startPickyReader, until } from '../support/picky-reader.ts';

let operator: Operator;
const run: Operator['run'] = (command, options) => operator.run(command, options);
const users = topics.directoryUsers;

interface Listed {
  readonly id: string;
  readonly state: string;
  readonly key: string;
}

const listed = async (flags = ''): Promise<Listed[]> =>
  JSON.parse((await run(`dead-letters list --json${flags}`)).out) as Listed[];

const countOf = async (topic: string): Promise<number> => {
  const [described] = await operator.bus.describeTopics([topic]);
  return (described?.partitions ?? []).reduce((sum, { low, high }) => sum + Number(high - low), 0);
};

beforeAll(async () => {
  operator = await startOperatorAlone();
  await operator.bus.ensureTopics(Object.values(topics));
}, 180_000);
afterAll(() => operator.stop());

describe('dead letters', () => {
  let reader: Awaited<ReturnType<typeof startPickyReader>>;
  const poison = Buffer.from([0xff, 0x00, 0x7b]);

  beforeAll(async () => {
    const { bus, acme } = operator;
    expect(await run('dead-letters list')).toMatchObject({ code: 0, out: 'there are no dead letters\n' });
    reader = await startPickyReader(bus, users);
    await bus.publish([
      aState(acme.id, 1, 'Ada', 1),
      aState(acme.id, 2, 'Bob', 2),
      aState('globex', 3, 'Cleo', 1),
      { topic: users.name, partitionBy: acme.id, key: `${acme.id}:raw`, value: poison, headers: { raw: poison } },
    ]);
    await until('all are given up', async () => (await countOf(deadLetterTopicOf(users.name))) === 4);
    await bus.publish([aState(acme.id, 2, 'Bob', 5)]);
    await until('the next one is given up', async () => (await countOf(deadLetterTopicOf(users.name))) === 5);
  }, 60_000);
  afterAll(() => reader.stop());

  it('are listed with why, of all, one topic or one organisation', async () => {
    const list = await run('dead-letters list');

    expect(list.code).toBe(0);
    expect(list.out).toMatch(/^directory\.users\/\d+\/0 +\S+ +open +\S+:microsoft:10000000-\S+ +1 +not understood$/m);
    expect(await listed()).toHaveLength(5);
    expect(await listed(' --organisation acme')).toHaveLength(4);
    expect(await listed(' --topic sync.requests')).toHaveLength(0);
  });

  it('are shown with what is in them, as bytes too', async () => {
    const [first, , raw] = await listed(' --organisation acme');
    const shown = await run(`dead-letters show ${first?.id ?? ''}`);
    const bytes = JSON.parse((await run(`dead-letters show ${raw?.id ?? ''} --json`)).out) as Record<string, unknown>;

    expect(shown.code).toBe(0);
    expect(shown.out).toMatch(/^refused by +profile-writer\.users, at attempt 1$/m);
    expect(shown.out).toMatch(/^read now +it can be read$/m);
    expect(shown.out).toContain('"displayName":"Ada"');
    expect(bytes).toMatchObject({ base64: poison.toString('base64'), key: `${operator.acme.id}:raw`, state: 'open' });
  });

  it('come again by retry, as they were, in their partition, and are open no more', async () => {
    const [first, , raw] = await listed(' --organisation acme');
    reader.mend();

    const ended = await run(`dead-letters retry ${first?.id ?? ''} ${raw?.id ?? ''}`);

    expect(ended).toMatchObject({ code: 0, out: '2 retried\n' });
    await until('they are read', () => reader.read.length === 2);
    expect(reader.read).toEqual([`${operator.acme.id}:microsoft:${personId(1)}`, `${operator.acme.id}:raw`]);
    const partition = partitionOf(operator.acme.id, users.partitions);
    const again = [];
    for await (const record of operator.bus.read({ topic: users.name, spans: [{ partition, from: 0n, to: 999n }] }))
      again.push(record);
    expect(again.slice(-2).map(({ value, headers }) => [value, headers['raw']])).toEqual([
      [again[0]?.value, undefined],
      [poison, poison],
    ]);
    expect(Object.keys(again.at(-1)?.headers ?? {})).toEqual(['raw', 'x-replay']);
    expect(await listed(' --organisation acme')).toHaveLength(2);
    expect((await listed(' --organisation acme --all')).filter(({ state }) => state === 'retried')).toHaveLength(2);
    expect(await run(`dead-letters retry ${first?.id ?? ''}`)).toMatchObject({
      code: 2,
      err: expect.stringContaining('was retried by'),
    });
  }, 60_000);

  it('are left alone by retry where the topic has something newer of the same key', async () => {
    const before = await countOf(users.name);

    const ended = await run('dead-letters retry --all --organisation acme');

    expect(ended).toMatchObject({ code: 1, out: expect.stringMatching(/^1 retried; 1 left alone/) });
    expect(await countOf(users.name)).toBe(before + 1);
    const left = await listed(' --organisation acme');
    expect(left.map(({ key }) => key)).toEqual([`${operator.acme.id}:microsoft:${personId(2)}`]);
  }, 60_000);

  it('are discarded after a question, and no one else with them', async () => {
    expect(await run('dead-letters discard --all --organisation acme')).toMatchObject({ code: 2 });
    expect(await run('dead-letters discard --all --organisation acme', { says: 'n' })).toMatchObject({ code: 1 });
    expect(await listed()).toHaveLength(2);

    const ended = await run('dead-letters discard --all --organisation acme', { says: 'y' });

    expect(ended).toMatchObject({
      code: 0,
      out: '1 discarded\n',
      err: expect.stringContaining('Discard 1 dead letters?'),
    });
    expect((await listed()).map(({ key }) => key)).toEqual([`globex:microsoft:${personId(3)}`]);
    expect(await run('dead-letters discard --all --yes')).toMatchObject({ code: 0, out: '1 discarded\n' });
    expect((await run('dead-letters list')).out).toBe('all dead letters are answered; --all shows them\n');
  });

  it.each([
    ['dead-letters show', /which one\?/],
    ['dead-letters show directory.users/0/99', /there is no dead letter/],
    ['dead-letters show nonsense', /there is no topic "nonsense"/],
    ['dead-letters retry', /which ones\?/],
    ['dead-letters retry directory.users/0/0 --all', /which ones\?/],
    ['dead-letters discard', /which ones\?/],
    ['dead-letters list --topic nonsense', /there is no topic/],
  ])('%s is refused with code 2', async (command, message) => {
    expect(await run(command)).toMatchObject({ code: 2, out: '', err: expect.stringMatching(message) });
  });

  it('of a topic that is not compacted are retried however often, in their order', async () => {
    const { bus, acme } = operator;
    const picky = await startPickyReader(bus, topics.syncRequests);
    await bus.publish([aRequest(acme.id, 'one'), aRequest(acme.id, 'two')]);
    await until('both are given up', async () => (await countOf('sync.requests.dead-letters')) === 2);
    picky.mend();

    expect(await run('dead-letters retry --all')).toMatchObject({ code: 0, out: '2 retried\n' });
    await until('both are read', () => picky.read.length === 2);
    await picky.stop();
  }, 60_000);
});
