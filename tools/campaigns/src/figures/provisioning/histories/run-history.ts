import type { Connection } from 'mongoose';
import { differencesOf, photoDifferences } from '../oracle/compare-learners.ts';
import { type ExpectedPerson, expectedPeople } from '../oracle/expected-people.ts';
import { readKept } from '../oracle/read-kept.ts';
import { treeDifferences } from '../oracle/tree-differences.ts';
import { fair } from '../simulation/graph/weather.ts';
import type { Surroundings } from '../simulation/surroundings.ts';
import { passToWhatIsDue } from '../simulation/pass-time.ts';
import { World } from '../simulation/world.ts';
import { company, ROOT, userId } from './company.ts';
import { Departures } from './departures.ts';
import type { History, Step } from './history.ts';
import { Notifications } from './notifications.ts';
import { performWrite, type WriteName } from './writes.ts';

/** What came of a history. */
export interface Outcome {
  /**
   * Where learners differ from the oracle, by delta runs alone and after a full run, and who was deactivated without
   * ever having gone. Nothing when all is well.
   */
  readonly differences: readonly string[];
  readonly accepted: readonly WriteName[];
  readonly graphRequests: number;
  readonly deaths: number;
  readonly people: number;
}

export interface Place {
  readonly connection: Connection;
  readonly surroundings: Surroundings;
}

const unlimited = { share: 1, small: 1000, number: null };

const MINUTE = 60_000;

/** Time for delta runs to find and apply whatever changed: two rounds of the fallback, and a deletion's two proofs. */
const DELTA_MS = 45 * MINUTE;

/** Time for a full run with its photos, which is asked for. */
const FULL_MS = 3 * MINUTE;

/** Lets a history happen, then lets the weather clear up and compares what came of it with the directory. */
export async function runHistory(history: History, place: Place): Promise<Outcome> {
  const run = new HistoryRun(history);
  await run.open(place);
  try {
    await run.happen();
    return await run.outcome();
  } finally {
    run.world.close();
  }
}

class HistoryRun {
  world!: World;
  readonly #history: History;
  readonly #steps: Step[];
  readonly #accepted: WriteName[] = [];
  readonly #departures = new Departures(ROOT);
  #notifications!: Notifications;
  #number = 0;
  #deaths = 0;
  #busy = false;

  constructor(history: History) {
    this.#history = history;
    this.#steps = [...history.steps];
  }

  async open({ connection, surroundings }: Place): Promise<void> {
    const { delta, seed } = this.#history;
    this.world = await World.open({
      connection,
      surroundings,
      directory: company(this.#history.company, this.#history.bystanders),
      rootId: ROOT,
      delta,
      seed,
      // There are no subscriptions here, so nobody need look after them.
      timings: { subscriptionCheckEvery: 24 * 60 * MINUTE },
      // What is held by a limit is another matter: here everything is to take effect.
      provisioning: { limits: { removal: unlimited, addition: unlimited } },
      meanwhile: () => this.#meanwhile(),
    });
    this.#departures.note(this.world.graph.directory);
    this.#notifications = new Notifications(this.world, this.#history.notifications);
  }

  async happen(): Promise<void> {
    this.world.change(this.#history.weather);
    for (let step = this.#steps.shift(); step; step = this.#steps.shift()) await this.#perform(step);
    await this.#catchUp();
    await this.world.thaw();
    this.world.change(fair);
  }

  async outcome(): Promise<Outcome> {
    const { world } = this;
    await this.#settle(DELTA_MS);
    const expected = expectedPeople(world.graph.directory, ROOT);
    const byDelta = [...differencesOf(await readKept(world.connection), expected), ...(await this.#treeDifferences())];
    const afterFull = await this.#afterFull(expected);
    return {
      differences: [
        ...byDelta,
        ...afterFull.map((line) => `after a full run: ${line}`),
        ...this.#departures.unfounded(world),
      ],
      accepted: this.#accepted,
      graphRequests: world.graph.requests,
      deaths: this.#deaths,
      people: expected.size,
    };
  }

  async #treeDifferences(): Promise<string[]> {
    const { graph, stores } = this.world;
    return treeDifferences(graph.directory, ROOT, await stores.groupNodes.find().lean());
  }

  async #afterFull(expected: ReadonlyMap<string, ExpectedPerson>): Promise<string[]> {
    const { world } = this;
    world.request({ mode: 'full', requestId: 'the-last' });
    await this.#settle(FULL_MS);
    const kept = await readKept(world.connection);
    const photos = new Map<string, Buffer>();
    for (const personId of expected.keys()) {
      const { status, body } = await world.graph.call('GET', `/users/${personId}/photo/$value`);
      if (status === 200 && Buffer.isBuffer(body)) photos.set(personId, body);
    }
    return [...differencesOf(kept, expected), ...photoDifferences(kept, expected, photos)];
  }

  /** Time passes in fair weather; whatever is due is done when it is. */
  async #settle(forMs: number): Promise<void> {
    const { world } = this;
    const until = world.time.now().getTime() + forMs;
    while (world.time.now().getTime() < until) {
      await this.#catchUp();
      await passToWhatIsDue(world, until);
    }
  }

  /** Whatever is published and due is handed over and done, whoever dies of it. */
  async #catchUp(): Promise<void> {
    const { world } = this;
    await this.#startAll();
    await world.deliverAll();
    await world.work();
    await world.deliverAll();
  }

  async #startAll(): Promise<void> {
    for (const name of ['directory-sync', 'profile-writer'] as const) {
      if (this.world.process(name)?.state === 'running') continue;
      this.#deaths += 1;
      await this.world.start(name);
    }
  }

  /** Something of what comes next, while a service waits for Graph. */
  async #meanwhile(): Promise<void> {
    const [next] = this.#steps;
    if (this.#busy || !next || 'work' in next || 'thaw' in next) return;
    if (!this.world.draw.chance(this.#history.meanwhile)) return;
    this.#busy = true;
    try {
      this.#steps.shift();
      await this.#perform(next);
    } finally {
      this.#busy = false;
    }
  }

  async #perform(step: Step): Promise<void> {
    const { world } = this;
    this.#number += 1;
    if ('write' in step) {
      if (await performWrite(world.graph, step, this.#number)) this.#accepted.push(step.write);
      this.#departures.note(world.graph.directory);
    } else if ('waitSeconds' in step) world.time.pass(step.waitSeconds * 1000);
    else if ('notify' in step) this.#notifications.send(step.notify);
    else if ('deliverTo' in step) await this.#deliver(step);
    else if ('work' in step) await this.#work();
    else if ('request' in step)
      world.request({ mode: step.request, requestId: `r${this.#number}`, personId: userId(step.person) });
    else if ('fate' in step) world.process(step.service)?.expect(step.fate);
    else await world.thaw();
  }

  async #deliver({ deliverTo, most, commit }: Extract<Step, { deliverTo: unknown }>): Promise<void> {
    const { world } = this;
    for (const groupId of world.bus.groupIds())
      if (groupId.startsWith(deliverTo)) await world.bus.handOver(groupId, most, commit);
  }

  async #work(): Promise<void> {
    await this.#startAll();
    await this.world.work();
  }
}
