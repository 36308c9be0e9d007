import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, type RealMongo, startMongo } from '@learnamp/testkit';
import type { Connection } from 'mongoose';
import { waitFor } from '../../identity/leaks/wait-for.ts';

interface Place {
  readonly dataDirectory: string;
  readonly port: number;
}

/** A MongoDB of a row's own, which keeps its data and its port when it is killed. */
export class BreakableMongo {
  readonly #place: Place;
  #running: RealMongo;

  private constructor(place: Place, running: RealMongo) {
    this.#place = place;
    this.#running = running;
  }

  static async start(): Promise<BreakableMongo> {
    const dataDirectory = await mkdtemp(join(tmpdir(), 'learnamp-figures-mongo-'));
    const place = { dataDirectory, port: await freePort() };
    return new BreakableMongo(place, await startMongo({ own: true, ...place }));
  }

  uri(): string {
    return this.#running.uri('figures');
  }

  async kill(): Promise<void> {
    const { pid } = this.#running;
    if (pid === undefined) throw new Error('this MongoDB is not ours to kill');
    process.kill(pid, 'SIGKILL');
    await this.#running.stop();
  }

  async restart(): Promise<void> {
    this.#running = await startMongo({ own: true, ...this.#place });
  }

  /** Lets the primary step down, and waits until there is one again. */
  async stepDown({ db }: Connection): Promise<void> {
    // It hangs up on everybody.
    await db
      ?.admin()
      .command({ replSetStepDown: 1, secondaryCatchUpPeriodSecs: 0, force: true })
      .catch(() => undefined);
    await waitFor('there is a primary again', async () => {
      const hello = await db
        ?.admin()
        .command({ hello: 1 })
        .catch(() => undefined);
      return hello?.['isWritablePrimary'] === true;
    });
  }

  async stop(): Promise<void> {
    await this.#running.stop();
    await rm(this.#place.dataDirectory, { recursive: true, force: true });
  }
}
