import type { ChangeLimits } from '@learnamp/directory';
import { learnerModel } from '@learnamp/learners';
import { groupId, personId, smallCompany } from '../budgets/small-companies.ts';
import type { Place } from '../histories/run-history.ts';
import { passTime } from '../simulation/pass-time.ts';
import { World } from '../simulation/world.ts';
import { type MassChange, mostAllowed } from './mass-change.ts';

const MINUTE = 60_000;
/** For whatever a reading finds, the second look at who is missing included. */
const READING_MS = 8 * MINUTE;
const ROOT = groupId(0, 0);

/** What came of a mass change. */
export interface MassChangeOutcome {
  /** People who changed although they had to wait for approval. */
  readonly early: number;
  readonly approved: number;
  readonly held: number;
  /** Where the outcome isn't the expected one, a line each. */
  readonly differences: readonly string[];
}

/**
 * Carries a mass change out, asks for the verdict, and compares after each step who is active and who is held. `inForce`
 * are the limits that the organisation has, where they aren't those that the change is about.
 */
export async function runMassChange(
  change: MassChange,
  place: Place,
  seed: number,
  inForce: ChangeLimits = change.limits,
): Promise<MassChangeOutcome> {
  const run = new MassChangeRun(change);
  await run.open(place, seed, inForce);
  try {
    for (const size of change.waves) await run.wave(size);
    const held = run.held.size;
    const approved = await run.verdict();
    await run.read('full');
    await run.compare('after another full reading');
    return { early: run.early, approved, held, differences: run.differences };
  } finally {
    run.world.close();
  }
}

class MassChangeRun {
  world!: World;
  early = 0;
  readonly differences: string[] = [];
  /** Who waits, by a count of its own. */
  readonly held = new Set<string>();
  readonly #change: MassChange;
  readonly #active: Set<string>;
  #next = 0;
  /** How many changed without approval: all of it happens within a day. */
  #changed = 0;

  constructor(change: MassChange) {
    this.#change = change;
    this.#active = new Set(Array.from({ length: change.people }, (_, n) => personId(0, n)));
  }

  async open({ connection, surroundings }: Place, seed: number, limits: ChangeLimits): Promise<void> {
    const { people } = this.#change;
    this.world = await World.open({
      ...{ connection, surroundings, seed },
      directory: smallCompany(0, people),
      rootId: ROOT,
      delta: { pageSize: 50, linksPerPage: 1000, repeats: 0, emptyPages: 0, seed },
      timings: { subscriptionCheckEvery: 48 * 60 * MINUTE },
      provisioning: { photos: false, limits: { removal: limits, addition: limits } },
    });
    await passTime(this.world, READING_MS);
    // The first reading adds everybody. What it added is no longer of that day.
    this.world.time.pass(25 * 60 * MINUTE);
    await passTime(this.world, READING_MS);
    await this.compare('in the beginning');
  }

  /** So many people change, and are read. */
  async wave(size: number): Promise<void> {
    const { what, people, limits, reading, hoursBetween } = this.#change;
    const concerned = Array.from({ length: size }, () => this.#nextPerson());
    for (const person of concerned) await this.#carryOut(person);
    const isHeld = (what !== 'added' && this.held.size > 0) || this.#changed + size > mostAllowed(people, limits);
    for (const person of concerned) {
      if (isHeld) this.held.add(person);
      else this.#take(person);
    }
    if (!isHeld) this.#changed += size;
    await this.read(reading);
    await this.compare(`after ${this.#next} changes`);
    this.world.time.pass(hoursBetween * 60 * MINUTE);
  }

  async read(reading: MassChange['reading']): Promise<void> {
    if (reading === 'full') this.world.request({ mode: 'full', requestId: `read-${this.#next}` });
    else this.world.notify([{ kind: 'groups', objectId: ROOT }]);
    await passTime(this.world, READING_MS);
  }

  /** Says what is to become of those who wait. Returns how many were approved. */
  async verdict(): Promise<number> {
    const waiting = [...this.held].sort();
    const { verdict } = this.#change;
    const some = waiting.slice(0, Math.ceil(waiting.length / 2));
    const approved = verdict === 'approve all' ? waiting : verdict === 'reject all' ? [] : some;
    const leavesOpen = verdict === 'approve some';
    const rejected = leavesOpen ? [] : waiting.filter((person) => !approved.includes(person));
    await this.#say('approve', approved);
    await this.#say('reject', rejected);
    for (const person of [...approved, ...rejected]) this.held.delete(person);
    for (const person of approved) this.#take(person);
    await passTime(this.world, READING_MS);
    await this.compare(`after "${verdict}"`);
    return approved.length;
  }

  async compare(when: string): Promise<void> {
    const [active, held] = [await this.#activeNow(), await this.#heldNow()];
    const isAdded = this.#change.what === 'added';
    this.early += [...this.held].filter((person) => active.has(person) === isAdded).length;
    const unlike = (name: string, is: ReadonlySet<string>, should: ReadonlySet<string>) => {
      const wrong = [...is, ...should].filter((person) => is.has(person) !== should.has(person));
      if (wrong.length > 0) this.differences.push(`${when} ${name}: ${wrong.length} of ${should.size} differ`);
    };
    unlike('active', active, this.#active);
    unlike('held', held, this.held);
  }

  /** Those who leave come from the middle: the first stay, so that membership can be proved. */
  #nextPerson(): string {
    const { what, people } = this.#change;
    const person = personId(0, what === 'added' ? people + this.#next : people - 1 - this.#next);
    this.#next += 1;
    return person;
  }

  #take(person: string): void {
    if (this.#change.what === 'added') this.#active.add(person);
    else this.#active.delete(person);
  }

  async #carryOut(person: string): Promise<void> {
    const { graph } = this.world;
    const { what } = this.#change;
    if (what === 'deleted') await graph.call('DELETE', `/users/${person}`);
    else if (what === 'disabled') await graph.call('PATCH', `/users/${person}`, { accountEnabled: false });
    else if (what === 'added') {
      const reference = { '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${person}` };
      await graph.call('POST', `/groups/${ROOT}/members/$ref`, reference);
    } else {
      for (const group of graph.directory.groupIdsOf(person))
        await graph.call('DELETE', `/groups/${group}/members/${person}/$ref`);
    }
  }

  async #say(mode: 'approve' | 'reject', personIds: readonly string[]): Promise<void> {
    if (personIds.length === 0) return;
    this.world.request({ mode, personIds: [...personIds], requestId: `${mode}-${this.#next}` });
    await passTime(this.world, MINUTE);
  }

  async #activeNow(): Promise<Set<string>> {
    const learners = await learnerModel(this.world.connection).find({ active: true }).lean();
    return new Set(learners.map(({ sources }) => sources.microsoft?.personId ?? ''));
  }

  async #heldNow(): Promise<Set<string>> {
    const waiting = { 'proposal.heldSince': { $ne: null }, 'proposal.verdict': null, proposal: { $ne: null } };
    const records = await this.world.stores.people.find(waiting, { personId: 1 }).lean();
    return new Set(records.map((record) => record.personId));
  }
}
