import { type LearnerDocument, learnerModel } from '@learnamp/learners';
import { company, ROOT } from '../histories/company.ts';
import type { Place } from '../histories/run-history.ts';
import { performWrite, type WriteName } from '../histories/writes.ts';
import { differencesOf } from '../oracle/compare-learners.ts';
import { expectedPeople } from '../oracle/expected-people.ts';
import { readKept } from '../oracle/read-kept.ts';
import { createDraw } from '../simulation/draw.ts';
import type { Interference } from '../simulation/graph/interference.ts';
import { doWhatIsDue, passTime } from '../simulation/pass-time.ts';
import { World } from '../simulation/world.ts';
import type { Reading } from './breaks.ts';

const MINUTE = 60_000;
const PEOPLE = 14;
const FURTHER_TRIES_MS = 20_000;
/** Limits are another matter: nothing but what is read may keep people from being deactivated here. */
const unlimited = { share: 1, small: 1000, number: null };

/** What happens in the directory between two readings. Nothing of it empties a field. */
const writes: readonly WriteName[] = [
  ...(['leave', 'leave every group', 'leave every group', 'disable', 'delete a person', 'take a group out'] as const),
  ...(['join', 'join', 'create a person', 'restore', 'enable', 'fill a group', 'move', 'nest'] as const),
  ...(['change a detail', 'change a detail', 'rename', 'set a manager'] as const),
];

/** The learners of a company at one moment, by person. */
export type Learners = ReadonlyMap<string, LearnerDocument>;

/** A company whose people come and go, and whose readings may break. */
export class ReadCompany {
  readonly #world: World;
  #writes = 0;

  private constructor(world: World) {
    this.#world = world;
  }

  static async open({ connection, surroundings }: Place, seed: number): Promise<ReadCompany> {
    const draw = createDraw(seed);
    const choices = Array.from({ length: 60 }, () => draw.below(997));
    const world = await World.open({
      ...{ connection, surroundings, seed },
      directory: company({ people: PEOPLE, choices }),
      rootId: ROOT,
      delta: { pageSize: 3, linksPerPage: 3, repeats: 0, emptyPages: 0, seed },
      membersOnPage: 2,
      timings: { subscriptionCheckEvery: 24 * 60 * MINUTE },
      provisioning: { photos: false, limits: { removal: unlimited, addition: unlimited } },
    });
    await passTime(world, MINUTE);
    return new ReadCompany(world);
  }

  get world(): World {
    return this.#world;
  }

  /** A few people come, go, and change. */
  async change(): Promise<void> {
    const { graph, draw } = this.#world;
    for (let count = 1 + draw.below(4); count > 0; count -= 1) {
      this.#writes += 1;
      const picks = Array.from({ length: 6 }, () => draw.below(997));
      await performWrite(graph, { write: draw.from(writes) ?? 'leave', picks }, this.#writes);
    }
  }

  /** Asks for a reading that this befalls, and lets further tries go wrong as well. Gives the id of the request. */
  async readWith(reading: Reading, interference: Interference): Promise<string> {
    const { graph } = this.#world;
    graph.interference = interference;
    const requestId = `read-${this.#writes}`;
    this.#world.request({ mode: reading, requestId });
    await doWhatIsDue(this.#world);
    await passTime(this.#world, FURTHER_TRIES_MS);
    graph.interference = {};
    return requestId;
  }

  /** A whole reading in fair weather, with time for the second look at who is missing. */
  async readWhole(): Promise<void> {
    this.#world.request({ mode: 'full', requestId: `whole-${this.#writes}` });
    await passTime(this.#world, 8 * MINUTE);
  }

  async learners(): Promise<Learners> {
    const learners = await learnerModel(this.#world.connection).find().lean<LearnerDocument[]>();
    return new Map(learners.map((learner) => [learner.sources.microsoft?.personId ?? learner._id, learner]));
  }

  /** Where learners are not what a naive walk of the directory finds. */
  async differences(): Promise<string[]> {
    return differencesOf(await readKept(this.#world.connection), this.expected());
  }

  expected(): ReturnType<typeof expectedPeople> {
    return expectedPeople(this.#world.graph.directory, ROOT);
  }

  close(): void {
    this.#world.close();
  }
}
