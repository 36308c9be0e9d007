import { randomBytes } from 'node:crypto';
import {
  encodeEvent,
  graphNotification,
  type GraphNotification,
  parseKeyRing,
  syncRequest,
  type SyncRequest,
} from '@learnamp/contracts';
import { buildApp as buildDirectorySync, createStores, type Stores, type Timings } from '@learnamp/directory-sync';
import type { DeltaOptions, DirectoryFile } from '@learnamp/entra-emulator';
import { createGraphClient } from '@learnamp/graph-client';
import {
  createOrganisations,
  createSealBox,
  type Organisation,
  organisationModel,
  type ProvisioningSettings,
} from '@learnamp/organisations';
import { buildApp as buildProfileWriter } from '@learnamp/profile-writer';
import { createLogger } from '@learnamp/service';
import type { Connection } from 'mongoose';
import { SimulatedBus } from './bus/simulated-bus.ts';
import { createDraw, type Draw } from './draw.ts';
import { SimulatedGraph } from './graph/simulated-graph.ts';
import { fair, type Weather } from './graph/weather.ts';
import { SimulatedIdle } from './processes/simulated-idle.ts';
import { SimulatedProcess } from './processes/simulated-process.ts';
import { SimulatedTime } from './simulated-time.ts';
import type { Surroundings } from './surroundings.ts';

export interface WorldOptions {
  readonly surroundings: Surroundings;
  readonly connection: Connection;
  readonly directory: DirectoryFile;
  readonly rootId: string;
  readonly delta: DeltaOptions;
  readonly membersOnPage?: number;
  /** What random choices follow from. */
  readonly seed: number;
  readonly timings?: Partial<Timings>;
  readonly provisioning?: Partial<ProvisioningSettings>;
  /** What may happen while a service waits for Graph. */
  readonly meanwhile?: () => Promise<void>;
}

export type ServiceName = 'directory-sync' | 'profile-writer';

const logger = createLogger('simulation', process.env['LOG_LEVEL'] ?? 'silent');

// One set of keys for all worlds of a process: nobody looks at them.
const keys = (id: string) => parseKeyRing(`${id}:${randomBytes(32).toString('base64url')}`);
const seals = createSealBox(keys('s'), keys('b').current.key);

/** Loops of directory-sync that wait: its worker, and the one that looks for organisations. */
const LOOPS = 2;

interface Running {
  readonly process: SimulatedProcess;
  /** Of directory-sync. */
  readonly idle?: SimulatedIdle;
}

/**
 * One organisation with both services, the Graph that they read and the bus between them, all in this process, and time
 * that only passes when something makes it pass. The services are the real ones on a real MongoDB.
 */
export class World {
  readonly time = new SimulatedTime();
  readonly draw: Draw;
  readonly graph: SimulatedGraph;
  readonly bus: SimulatedBus;
  readonly stores: Stores;
  readonly connection: Connection;
  /** Lets writes to MongoDB fail. */
  weather: Weather = fair;
  organisation!: Organisation;
  readonly #options: WorldOptions;
  readonly #running = new Map<ServiceName, Running>();
  #frozen: Running[] = [];

  private constructor(options: WorldOptions) {
    const { connection, directory, delta, membersOnPage, seed } = options;
    this.#options = options;
    this.connection = connection;
    this.draw = createDraw(seed);
    const { time, draw } = this;
    const meanwhile = () => SimulatedProcess.outside(() => options.meanwhile?.() ?? Promise.resolve());
    this.graph = new SimulatedGraph({ directory, delta, membersOnPage, time, draw, meanwhile });
    this.bus = new SimulatedBus(time, {
      before: () => this.#mayFail(this.weather.busFails / 2, 'the bus is away'),
      after: () => this.#mayFail(this.weather.busFails / 2, 'the bus did not answer'),
      twice: () => draw.chance(this.weather.busFails / 2),
    });
    this.stores = createStores(connection);
  }

  /** A world on an empty database: what was there before is gone. */
  static async open(options: WorldOptions): Promise<World> {
    const world = new World(options);
    await empty(options.connection);
    const organisations = createOrganisations(organisationModel(options.connection), seals);
    world.organisation = await organisations.ensure({
      subdomain: 'acme',
      name: 'Acme',
      tenantId: options.directory.tenant.id,
      groupId: options.rootId,
    });
    await organisations.changeProvisioning(world.organisation.id, options.provisioning ?? {});
    const { surroundings } = options;
    surroundings.fetch = world.graph.fetch;
    surroundings.mongo.before = () => world.#mayFail(world.weather.storeFails / 2, 'the database is away');
    surroundings.mongo.after = () => world.#mayFail(world.weather.storeFails / 2, 'the database did not answer');
    await world.start('directory-sync');
    await world.start('profile-writer');
    return world;
  }

  /** What goes wrong from now on. */
  change(weather: Weather): void {
    this.weather = weather;
    this.graph.weather = weather;
  }

  /** Starts a service that isn't running; one that stands still is another process from then on. */
  async start(name: ServiceName): Promise<void> {
    const before = this.#running.get(name);
    if (before?.process.state === 'running') return;
    if (before?.process.state === 'frozen') this.#frozen.push(before);
    const process = new SimulatedProcess();
    const weather = this.weather;
    this.change(fair);
    if (name === 'directory-sync') {
      const idle = new SimulatedIdle(LOOPS);
      await process.run(() => this.#startDirectorySync(process, idle));
      this.#running.set(name, { process, idle });
      await this.work();
    } else {
      const { connection, time } = this;
      await process.run(() =>
        buildProfileWriter({ bus: this.bus.of(process), connection, logger, clock: () => time.now() }),
      );
      this.#running.set(name, { process });
    }
    this.change(weather);
  }

  process(name: ServiceName): SimulatedProcess | undefined {
    return this.#running.get(name)?.process;
  }

  /** Lets processes that stood still go on with what they were at, and then ends them. Others are in their place. */
  async thaw(): Promise<void> {
    for (const { process, idle } of this.#frozen.splice(0)) {
      // Whoever stood still with records in hand may have nothing else to do.
      const working = idle && !idle.isAsleep() ? untilAsleep(idle, process) : undefined;
      const done = Promise.all([this.bus.handled(process), working]);
      process.thaw();
      await done;
      process.die();
    }
  }

  /** Wakes directory-sync and waits until it has nothing to do any more, or stops in the middle of it. */
  async work(): Promise<void> {
    const { process, idle } = this.#running.get('directory-sync') ?? {};
    if (!idle || process?.state !== 'running') return;
    const asleep = untilAsleep(idle, process);
    idle.wakeAll();
    await asleep;
  }

  notify(hints: readonly Omit<GraphNotification, 'organisationId'>[]): void {
    const organisationId = this.organisation.id;
    this.bus.append(hints.map((hint) => encodeEvent(graphNotification, { organisationId, ...hint }, this.#about())));
  }

  request(request: Pick<SyncRequest, 'mode' | 'personId' | 'personIds' | 'requestId'>): void {
    const whole = { organisationId: this.organisation.id, requestedBy: 'simulation', ...request };
    this.bus.append([encodeEvent(syncRequest, whole, this.#about())]);
  }

  /** Hands everything that was published over, as often as it takes. */
  async deliverAll(): Promise<void> {
    for (const groupId of this.bus.groupIds())
      for (let tries = 0; this.bus.isBehind(groupId) && tries < 50; tries += 1)
        await this.bus.handOver(groupId, Number.POSITIVE_INFINITY);
  }

  close(): void {
    for (const { process } of this.#running.values()) process.die();
    for (const { process } of this.#frozen) process.die();
  }

  #about() {
    const { id } = this.organisation;
    return { organisationId: id, key: id, source: 'simulation', time: this.time.now() };
  }

  #mayFail(probability: number, message: string): void {
    if (this.draw.chance(probability)) throw new Error(message);
  }

  #startDirectorySync(process: SimulatedProcess, idle: SimulatedIdle) {
    const { connection, time, draw } = this;
    const random = () => draw.below(1000) / 1000;
    const client = createGraphClient({
      graphBaseUrl: 'https://graph.microsoft.com',
      token: () => Promise.resolve('a-token'),
      random,
      clock: { now: () => time.now().getTime(), sleep: (ms) => process.port(() => time.sleep(ms)) },
    });
    return buildDirectorySync({
      bus: this.bus.of(process),
      connection,
      organisations: createOrganisations(organisationModel(connection), seals),
      microsoft: { authorityHost: '', graphBaseUrl: '', clientId: '', credential: { secret: '' } },
      graphClients: () => client,
      logger,
      clock: () => time.now(),
      random,
      idle,
      workers: 1,
      timings: { ...this.#options.timings },
    });
  }
}

/** Resolves the next time that all loops of a process sleep, or when it stops. */
function untilAsleep(idle: SimulatedIdle, process: SimulatedProcess): Promise<void> {
  return new Promise((resolve) => {
    const forget = [idle.onAsleep(done), process.onStop(done)];
    function done() {
      for (const end of forget) end();
      resolve();
    }
  });
}

async function empty({ db }: Connection): Promise<void> {
  for (const { name } of (await db?.listCollections({}, { nameOnly: true }).toArray()) ?? [])
    await db?.collection(name).deleteMany({});
}
