import { setTimeout as delay } from 'node:timers/promises';
import type { DirectoryFile } from '@learnamp/entra-emulator';
import type { Write } from '../budgets/microsoft.ts';
import type { RunningServices } from '../processes/running-services.ts';
import type { Draw } from '../simulation/draw.ts';

const EVERY_MS = 150;
const DEPARTMENTS = ['Engineering', 'Sales', 'People', 'Finance'];

const reference = (kind: string, id: string) => ({ '@odata.id': `https://graph.microsoft.com/v1.0/${kind}/${id}` });

/** People and groups come, go and change, and Graph's notifications tell of most of it, until it is stopped. */
export class StreamOfChanges {
  changes = 0;
  readonly #stop = new AbortController();
  readonly #flowing: Promise<void>;

  constructor(directory: DirectoryFile, write: Write, services: RunningServices, draw: Draw) {
    this.#flowing = this.#flow(directory, write, services, draw);
    // Looked at when it is stopped.
    this.#flowing.catch(() => undefined);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#flowing;
  }

  async #flow({ users, groups, rootGroupId }: DirectoryFile, write: Write, services: RunningServices, draw: Draw) {
    // The first stays, so that there is always somebody who shows that membership is answered rightly.
    const people = users.slice(1).map(({ id }) => id);
    const groupIds = groups.map(({ id }) => id);
    while (!this.#stop.signal.aborted) {
      const person = draw.from(people) ?? '';
      const group = draw.from(groupIds) ?? rootGroupId ?? '';
      await oneChange({ write, draw, person, group, manager: draw.from(people) ?? '' }, this.changes);
      this.changes += 1;
      const hint = draw.chance(0.5)
        ? ({ kind: 'users', objectId: person } as const)
        : ({ kind: 'groups', objectId: group } as const);
      if (draw.chance(0.8)) await services.notify(hint);
      await delay(EVERY_MS);
    }
  }
}

interface Change {
  readonly write: Write;
  readonly draw: Draw;
  readonly person: string;
  readonly group: string;
  readonly manager: string;
}

/** What Graph refuses, such as adding who is there already, is no change. */
async function oneChange({ write, draw, person, group, manager }: Change, number: number): Promise<void> {
  const changes = [
    () => write('PATCH', `/users/${person}`, { jobTitle: `Title ${number}` }),
    () => write('PATCH', `/users/${person}`, { department: draw.from(DEPARTMENTS) }),
    () => write('PATCH', `/users/${person}`, { accountEnabled: draw.chance(0.7) }),
    () => write('PUT', `/users/${person}/manager/$ref`, reference('users', manager)),
    () => write('POST', `/groups/${group}/members/$ref`, reference('directoryObjects', person)),
    () => write('DELETE', `/groups/${group}/members/${person}/$ref`),
  ];
  await draw
    .from(changes)?.()
    .catch(() => undefined);
}
