import { encodeEvent, learnerCommand, learnerCommandKey } from '@learnamp/contracts';
import { learnerIdOf, outcomeRowModel, runModel } from '@learnamp/learners';
import { organisationModel, roleModel } from '@learnamp/organisations';
import { company, DOMAIN, ROOT, userId } from '../histories/company.ts';
import type { Place } from '../histories/run-history.ts';
import { performWrite, writeNames } from '../histories/writes.ts';
import { createDraw } from '../simulation/draw.ts';
import { doWhatIsDue } from '../simulation/pass-time.ts';
import { World } from '../simulation/world.ts';

const DAY = 24 * 60 * 60_000;
const PEOPLE = 14;
const unlimited = { share: 1, small: 1000, number: null };
const small = { share: 0.1, small: 2, number: null };

const nothing = { firstName: null, lastName: null, displayName: null, jobTitle: null, department: null } as const;
const nowhere = { location: null, language: null, hireDate: null } as const;

/** A company in which something is about to be synced: for the first time, or because people came, left and changed. */
export class PreviewCompany {
  readonly world: World;
  readonly #isOn: boolean;

  private constructor(world: World, isOn: boolean) {
    this.world = world;
    this.#isOn = isOn;
  }

  static async open({ connection, surroundings }: Place, seed: number): Promise<PreviewCompany> {
    const draw = createDraw(seed);
    const limit = draw.chance(0.5) ? unlimited : small;
    const enabled = draw.chance(0.7);
    const world = await World.open({
      ...{ connection, surroundings, seed },
      directory: company({ people: PEOPLE, choices: Array.from({ length: 60 }, () => draw.below(997)) }),
      rootId: ROOT,
      delta: { pageSize: 3, linksPerPage: 3, repeats: 0, emptyPages: 0, seed },
      // Nothing but the runs that are asked for.
      timings: { subscriptionCheckEvery: DAY, deltaEvery: DAY, secondLookAfter: DAY },
      provisioning: { enabled, photos: false, limits: { removal: limit, addition: limit } },
    });
    const opened = new PreviewCompany(world, enabled);
    await opened.#begin();
    return opened;
  }

  /** The id of the run that answers the request. */
  async run(mode: 'full' | 'preview'): Promise<string> {
    this.world.request({ mode, requestId: `the ${mode}` });
    if (mode === 'full' && !this.#isOn) await this.#switchOn();
    for (let tries = 0; tries < 3; tries += 1) await doWhatIsDue(this.world);
    const run = await runModel(this.world.connection)
      .findOne({ mode, stage: 'finished', requestIds: `the ${mode}` })
      .lean();
    if (!run?.finishedAt) throw new Error(`the ${mode} run came to no end`);
    return run._id;
  }

  async #begin(): Promise<void> {
    const { draw, graph, organisation, connection } = this.world;
    // Time is another one here: what this database takes for long expired would be gone at any moment.
    await outcomeRowModel(connection).collection.dropIndex('planned.expiresAt_1');
    await doWhatIsDue(this.world);
    for (let n = 1; n < 4; n += 1) if (draw.chance(0.5)) this.#bring(n);
    const learnerId = learnerIdOf(organisation.id, 'microsoft', userId(1));
    const owner = { organisationId: organisation.id, learnerId, role: 'Owner' } as const;
    await roleModel(connection).create({ _id: `${organisation.id}:${learnerId}`, ...owner });
    for (let number = 1; number <= 8; number += 1) {
      const picks = Array.from({ length: 6 }, () => draw.below(997));
      await performWrite(graph, { write: draw.from(writeNames) ?? 'leave', picks }, number);
    }
    await doWhatIsDue(this.world);
  }

  /** A learner by hand, who may be somebody of the directory. */
  #bring(n: number): void {
    const { draw, bus, organisation, time } = this.world;
    const email = `user${n + draw.below(3)}@${DOMAIN}`;
    const action = { kind: 'import', active: draw.chance(0.7), fields: { ...nothing, ...nowhere, email } } as const;
    const command = { commandId: `hand-${n}`, organisationId: organisation.id, requestedBy: 'simulation', action };
    const about = { organisationId: organisation.id, key: learnerCommandKey(command), source: 'simulation' };
    bus.append([encodeEvent(learnerCommand, command, { ...about, time: time.now() })]);
  }

  async #switchOn(): Promise<void> {
    const { connection, organisation } = this.world;
    const change = { $set: { 'provisioning.enabled': true }, $inc: { revision: 1 } };
    await organisationModel(connection).updateOne({ _id: organisation.id }, change);
  }
}
