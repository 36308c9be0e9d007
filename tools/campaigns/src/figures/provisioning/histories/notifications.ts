import type { World } from '../simulation/world.ts';

type Kind = 'users' | 'groups';

/** Graph's notifications of what changed in a world, as reliable as they are told to be. */
export class Notifications {
  readonly #world: World;
  readonly #habits: { readonly lost: number; readonly repeated: number };
  #sequence = 0;
  #waiting: { readonly kind: Kind; readonly objectId: string }[] = [];

  constructor(world: World, habits: { readonly lost: number; readonly repeated: number }) {
    this.#world = world;
    this.#habits = habits;
  }

  /** Sends what is to be sent of a kind since the last time: some never, some twice, in any order. */
  send(kind: Kind | 'all'): void {
    const { draw, graph } = this.#world;
    const changes = graph.directory.changesAfter(this.#sequence);
    this.#sequence = graph.directory.sequence;
    for (const change of changes) {
      if (change.kind === 'user') this.#waiting.push({ kind: 'users', objectId: change.id });
      if (change.kind === 'group') this.#waiting.push({ kind: 'groups', objectId: change.id });
    }
    const sent = this.#waiting.filter((hint) => kind === 'all' || hint.kind === kind);
    this.#waiting = this.#waiting.filter((hint) => !sent.includes(hint));
    const arriving = sent.filter(() => !draw.chance(this.#habits.lost));
    const repeated = arriving.filter(() => draw.chance(this.#habits.repeated));
    const all = draw.shuffled([...arriving, ...repeated]);
    if (all.length > 0) this.#world.notify(all);
  }
}
