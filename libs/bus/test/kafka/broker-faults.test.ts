import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type KafkaProxy, type RealKafka, startKafka, startKafkaProxy } from '@learnamp/testkit';
import kafkajs, { type ISocketFactory } from 'kafkajs';
import { type BrokerBus, type Bus, createKafkaBus, type KafkaBusOptions } from '../../src/index.ts';
import { aCollector, aRecord, consume, readAll, topic, valuesOf } from '../contract/fixtures.ts';
import { silentLogger } from '../support/silent-logger.ts';
import { until } from '../support/until.ts';

const rounds = 20;
const patient = { publish: 'until-closed' } as const;
const hasty = { publish: { giveUpAfterMs: 1_000 } } as const;
const unavailable = { name: 'BusError', code: 'bus-unavailable', retriable: true };

describe('a Kafka bus whose broker fails', () => {
  let kafka: RealKafka;
  beforeAll(async () => {
    kafka = await startKafka();
  }, 120_000);
  afterAll(() => kafka.stop(), 60_000);

  interface Scene {
    readonly proxy: KafkaProxy;
    /** Opens a bus that reaches the broker by the proxy only. */
    readonly behindProxy: (role: Pick<KafkaBusOptions, 'publish'>) => BrokerBus;
    /** Reaches the broker directly. */
    readonly direct: Bus;
    readonly prefix: string;
    readonly socketFactory: ISocketFactory;
  }

  async function withScene(play: (scene: Scene) => Promise<void>): Promise<void> {
    const [host = '', port = ''] = kafka.brokers.split(',')[0]?.split(':') ?? [];
    const proxy = await startKafkaProxy({ host, port: Number(port) });
    const prefix = `${randomUUID()}.`;
    const socketFactory: ISocketFactory = ({ onConnect }) => connect(proxy.port, '127.0.0.1', onConnect);
    const buses: Bus[] = [];
    const open = (role: Pick<KafkaBusOptions, 'publish'>, more: Partial<KafkaBusOptions> = {}): BrokerBus => {
      const fail = (error: Error): void => {
        throw error;
      };
      const fixed = { brokers: kafka.brokers.split(','), clientId: 'bus-test', topicPrefix: prefix };
      const bus = createKafkaBus({ ...fixed, logger: silentLogger, onFatal: fail, ...role, ...more });
      buses.push(bus);
      return bus;
    };
    try {
      const direct = open(patient);
      await direct.ensureTopics([{ name: topic, partitions: 1 }]);
      const behindProxy = (role: Pick<KafkaBusOptions, 'publish'>): BrokerBus =>
        open(role, { connection: { socketFactory } });
      await play({ proxy, behindProxy, direct, prefix, socketFactory });
    } finally {
      proxy.comeBack();
      await Promise.all(buses.map((bus) => bus.close()));
      await proxy.close();
    }
  }

  /** Five sends at once a round, the answer to one of them lost. Says what was acknowledged. */
  async function sendWithLostAnswers(proxy: KafkaProxy, send: (value: string) => Promise<unknown>): Promise<string[]> {
    const acknowledged: string[] = [];
    for (let round = 0; round < rounds; round += 1) {
      proxy.loseAnswers(1);
      const values = [0, 1, 2, 3, 4].map((index) => `${round}-${index}`);
      const sent = values.map((value) => send(value).then(() => acknowledged.push(value)));
      await Promise.allSettled(sent);
    }
    proxy.loseAnswers(0);
    return acknowledged;
  }

  async function missing(bus: Bus, acknowledged: readonly string[]): Promise<string[]> {
    const there = new Set(valuesOf(await readAll(bus)));
    return acknowledged.filter((value) => !there.has(value));
  }

  it('has a publish open no connection where the bus was prepared', async () => {
    await withScene(async ({ proxy, prefix }) => {
      let opened = 0;
      const socketFactory: ISocketFactory = ({ onConnect }) => {
        opened += 1;
        return connect(proxy.port, '127.0.0.1', onConnect);
      };
      const fixed = {
        brokers: kafka.brokers.split(','),
        clientId: 'bus-test',
        topicPrefix: prefix,
        logger: silentLogger,
      };
      const bus = createKafkaBus({ ...fixed, ...hasty, onFatal: () => undefined, connection: { socketFactory } });
      await bus.prepare([topic], hasty.publish);
      const prepared = opened;

      await bus.publish([aRecord('acme', 'first')]);

      expect(prepared).toBeGreaterThan(0);
      expect(opened).toBe(prepared);
      await bus.close();
    });
  }, 60_000);

  it('is prepared for no longer than patience lasts, and publishes all the same once the broker is back', async () => {
    await withScene(async ({ proxy, behindProxy }) => {
      const bus = behindProxy(patient);
      proxy.goAway();
      await expect(bus.prepare([topic], hasty.publish)).rejects.toMatchObject(unavailable);

      proxy.comeBack();
      await bus.publish([aRecord('acme', 'first')]);
    });
  }, 60_000);

  it(
    'loses nothing that it acknowledged when answers are lost after the append, and keeps the order',
    () =>
      withScene(async ({ proxy, behindProxy, direct }) => {
        const bus = behindProxy(patient);
        await bus.publish([aRecord('acme', 'warm')]);

        const acknowledged = await sendWithLostAnswers(proxy, (value) => bus.publish([aRecord('acme', value)]));

        expect(proxy.lost).toBe(rounds);
        expect(acknowledged).toHaveLength(rounds * 5);
        expect(await missing(direct, acknowledged)).toEqual([]);
        const firstSeen = [...new Set(valuesOf(await readAll(direct)))];
        expect(firstSeen).toEqual(['warm', ...acknowledged]);
      }),
    120_000,
  );

  it(
    'would lose acknowledged records with an idempotent kafkajs producer',
    () =>
      withScene(async ({ proxy, direct, prefix, socketFactory }) => {
        const client = new kafkajs.Kafka({
          brokers: kafka.brokers.split(','),
          socketFactory,
          logLevel: kafkajs.logLevel.NOTHING,
        });
        const retry = { retries: 10, initialRetryTime: 50, maxRetryTime: 500 };
        const producer = client.producer({ idempotent: true, maxInFlightRequests: 1, retry });
        await producer.connect();
        const send = (value: string): Promise<unknown> =>
          producer.send({ topic: `${prefix}${topic}`, acks: -1, messages: [{ value }] });
        await send('warm');

        const acknowledged = await sendWithLostAnswers(proxy, send);
        await producer.disconnect();

        expect((await missing(direct, acknowledged)).length).toBeGreaterThan(0);
      }),
    120_000,
  );

  it.each([
    ['refuses connections', (proxy: KafkaProxy) => proxy.goAway()],
    ['does not answer', (proxy: KafkaProxy) => proxy.fallSilent()],
  ])(
    'gives up within its limit while the broker %s, and publishes again when it is back',
    (_, breakIt) =>
      withScene(async ({ proxy, behindProxy, direct }) => {
        const bus = behindProxy(hasty);
        await bus.publish([aRecord('acme', 'before')]);
        breakIt(proxy);
        const startedAt = Date.now();

        const lost = Array.from({ length: 5 }, (__, index) => bus.publish([aRecord('acme', `lost-${index}`)]));
        for (const one of lost) await expect(one).rejects.toMatchObject(unavailable);

        expect(Date.now() - startedAt).toBeLessThan(2_500);
        proxy.comeBack();
        let published = false;
        await until('a publish succeeds again', async () => {
          published = await bus.publish([aRecord('acme', 'after')]).then(
            () => true,
            () => false,
          );
          return published;
        });
        expect(await missing(direct, ['before', 'after'])).toEqual([]);
      }),
    120_000,
  );

  it(
    'gives up within its limit when the broker was never there',
    () =>
      withScene(async ({ proxy, behindProxy }) => {
        proxy.goAway();
        const bus = behindProxy(hasty);
        const startedAt = Date.now();

        await expect(bus.publish([aRecord('acme', 'lost')])).rejects.toMatchObject(unavailable);

        expect(Date.now() - startedAt).toBeLessThan(2_500);
      }),
    120_000,
  );

  it(
    'refuses a record over the size limit even while the broker is away',
    () =>
      withScene(async ({ proxy, behindProxy }) => {
        proxy.goAway();
        const tooLarge = aRecord('acme', '', { value: Buffer.alloc(1_100_000) });

        await expect(behindProxy(patient).publish([tooLarge])).rejects.toMatchObject({ code: 'message-too-large' });
      }),
    120_000,
  );

  it(
    'keeps trying in the patient role and delivers when the broker is back',
    () =>
      withScene(async ({ proxy, behindProxy, direct }) => {
        const bus = behindProxy(patient);
        await bus.publish([aRecord('acme', 'before')]);
        proxy.goAway();
        const hastyBus = behindProxy(hasty);
        let settled = false;
        const publishing = bus.publish([aRecord('acme', 'during')]).finally(() => (settled = true));
        // Two limits of the hasty role pass while the patient one waits.
        for (const value of ['one', 'two']) {
          await expect(hastyBus.publish([aRecord('acme', value)])).rejects.toMatchObject(unavailable);
        }
        expect(settled).toBe(false);

        proxy.comeBack();

        await publishing;
        expect(await missing(direct, ['before', 'during'])).toEqual([]);
      }),
    120_000,
  );

  it(
    'rejects what still waits for the broker when it is closed',
    () =>
      withScene(async ({ proxy, behindProxy }) => {
        const bus = behindProxy(patient);
        await bus.publish([aRecord('acme', 'before')]);
        proxy.goAway();
        const publishing = bus.publish([aRecord('acme', 'during')]);
        const rejected = expect(publishing).rejects.toMatchObject({ code: 'bus-closed' });

        await bus.close();

        await rejected;
      }),
    120_000,
  );

  it(
    'goes on consuming after the broker was away, without moving past anything',
    () =>
      withScene(async ({ proxy, behindProxy, direct }) => {
        const collector = aCollector();
        const consumer = await consume(behindProxy(patient), collector.handle);
        await direct.publish([aRecord('acme', 'before')]);
        await until('the first record', () => valuesOf(collector.seen).includes('before'));
        proxy.goAway();
        await direct.publish([aRecord('acme', 'during')]);

        proxy.comeBack();

        await until('the second record', () => valuesOf(collector.seen).includes('during'));
        await consumer.stop();
        expect([...new Set(valuesOf(collector.seen))]).toEqual(['before', 'during']);
      }),
    120_000,
  );
});
