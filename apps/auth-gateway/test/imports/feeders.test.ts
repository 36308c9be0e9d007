import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { claimLease, LeaseLostError } from '@learnamp/mongo';
import { createLogger } from '@learnamp/service';
import { feedImport } from '../../src/imports/feed-import.ts';
import { readImport } from '../../src/imports/import-view.ts';
import { runFeeders, type RunFeedersDeps } from '../../src/imports/run-feeders.ts';
import { startImport } from '../../src/imports/start-import.ts';
import { storeImport } from '../../src/imports/store-import.ts';
import { learnerCommandsOf } from '../fixtures/learner-commands.ts';
import { decideCommands } from '../fixtures/outcomes.ts';
import { aWorld, type World } from '../fixtures/world.ts';

const ROWS = 1_700;

describe('a list that is started', () => {
  let world: World;
  let deps: RunFeedersDeps;
  let stop = new AbortController();
  let lists = 0;

  beforeAll(async () => {
    world = await aWorld();
    const { gateway } = world;
    deps = { bus: gateway.bus, clock: () => new Date(), logger: createLogger('test', 'silent'), ...gateway.models };
  }, 120_000);
  afterEach(() => stop.abort());
  afterAll(() => world.stop());

  /** A list of so many people and one bad row, started; its id. */
  async function startedList(): Promise<string> {
    const rows = Array.from({ length: ROWS }, (_, index) => `p${index}@acme.example;P`);
    const bytes = Buffer.from(['Email;First name', ...rows.slice(0, 7), 'bad;B', ...rows.slice(7)].join('\n'));
    const about = { id: `list-${(lists += 1)}`, organisation: world.acme, fileName: 'staff.csv', requestedBy: 'lrn_x' };
    const { _id: importId } = await storeImport({ ...world.gateway.models, clock: deps.clock }, { ...about, bytes });
    const actor = { kind: 'learner', id: 'lrn_x' } as const;
    await startImport(world.gateway.connection, { organisationId: world.acme.id, importId }, { actor, at: new Date() });
    stop = new AbortController();
    return importId;
  }

  const commandsOf = async (id: string) =>
    (await learnerCommandsOf(world.gateway))
      .map(({ commandId }) => commandId)
      .filter((one) => one.startsWith(`${id}:`));
  const linesOf = (id: string) =>
    Array.from({ length: ROWS + 1 }, (_, index) => index + 2)
      .filter((line) => line !== 9)
      .map((line) => `${id}:${line}`);
  const claim = async (id: string) => {
    const holder = `holder-${Math.random()}`;
    const lease = await claimLease(deps.imports, { _id: id }, { holder, now: new Date(), ttlMs: 30_000 });
    if (!lease) throw new Error('somebody else has the list');
    return lease;
  };
  async function until(isSo: () => Promise<boolean>): Promise<void> {
    while (!(await isSo())) await delay(20);
  }

  it('is handed over row by row, never too many at once, and ends with the outcome of each', async () => {
    const id = await startedList();
    const running = runFeeders(deps, stop.signal);

    await until(async () => (await commandsOf(id)).length >= 1_000);
    expect(await commandsOf(id)).toEqual(linesOf(id).slice(0, 1_000));
    expect(await readImport(deps, world.acme.id, id)).toMatchObject({
      state: 'started',
      progress: { done: 0, total: ROWS },
    });
    await until(async () => {
      await decideCommands(world.gateway, ({ commandId }) =>
        commandId === `${id}:3` ? 'Several learners.' : undefined,
      );
      return (await deps.imports.findById(id).lean())?.state === 'finished';
    });

    expect(await commandsOf(id)).toEqual(linesOf(id));
    expect(await readImport(deps, world.acme.id, id)).toMatchObject({
      progress: { done: ROWS, total: ROWS, applied: ROWS - 1, refused: 1 },
      problems: [
        { line: 3, problem: 'Several learners.' },
        { line: 9, problem: 'Email: the value is no email address.' },
      ],
    });
    stop.abort();
    await running;
  }, 60_000);

  it('loses no row and brings none twice when whoever hands it over dies after publishing', async () => {
    const id = await startedList();
    const dying = new Error('killed');
    const bus = {
      publish: async (records: Parameters<typeof deps.bus.publish>[0]) => {
        await deps.bus.publish(records);
        throw dying;
      },
    };
    await expect(feedImport({ ...deps, bus }, await claim(id), stop.signal)).rejects.toBe(dying);
    await deps.imports.updateOne({ _id: id }, { $set: { 'lease.until': new Date(0) } });

    const running = runFeeders(deps, stop.signal);
    await until(async () => {
      await decideCommands(world.gateway);
      return (await deps.imports.findById(id).lean())?.state === 'finished';
    });

    const commands = await commandsOf(id);
    expect(commands.length).toBeGreaterThan(ROWS);
    expect([...new Set(commands)]).toEqual(linesOf(id));
    stop.abort();
    await running;
  }, 60_000);

  it('is left alone by whoever has lost it', async () => {
    const id = await startedList();
    const former = await claim(id);
    await deps.imports.updateOne({ _id: id }, { $set: { 'lease.until': new Date(0) } });
    await claim(id);

    await expect(feedImport(deps, former, stop.signal)).rejects.toBeInstanceOf(LeaseLostError);

    expect(await commandsOf(id)).toEqual([]);
  });
});
