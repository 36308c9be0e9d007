import { freePort } from '@learnamp/testkit';
import type { Front } from '../stage/front.ts';
import { setTheStage, type Stage, type StageOptions, untilReady } from '../stage/stage.ts';

const REPLICAS = 2;

/** Replicas of auth-gateway behind one door. */
export class Replicas {
  readonly #variant: string | undefined;
  readonly #front: Front;
  readonly #options: StageOptions;
  #running: { readonly stage: Stage; readonly port: number }[] = [];

  constructor(variant: string | undefined, front: Front, options: StageOptions = {}) {
    this.#variant = variant;
    this.#front = front;
    this.#options = options;
  }

  /** Any of them: they share a database. */
  get stage(): Stage {
    const [first] = this.#running;
    if (!first) throw new Error('no replica is running');
    return first.stage;
  }

  /** Starts replicas with these signing keys, and stops one that was there for each, as a rolling update does. */
  async roll(signingKeys: string): Promise<void> {
    for (let replica = 0; replica < REPLICAS; replica += 1) {
      const port = await freePort();
      const door = `localhost:${this.#front.port}`;
      const places = { PORT: port, ORGANISATION_HOST_SUFFIX: door, CENTRAL_ORIGIN: `http://${door}` };
      const config = { ...this.#options.config, ...places, SESSION_SIGNING_KEY: signingKeys };
      const stage = await setTheStage(this.#variant, { ...this.#options, config });
      const former = this.#running.length < REPLICAS ? undefined : this.#running.shift();
      this.#running.push({ stage, port });
      this.#front.leadTo(this.#running.map((one) => one.port));
      // As a Pod waits before it stops.
      await this.#front.settled();
      await former?.stage.close();
    }
  }

  /** Lets time pass, and waits until each of them can serve again. */
  async pass(seconds: number): Promise<void> {
    await this.stage.pass(seconds);
    await Promise.all(this.#running.map(({ port }) => untilReady(`http://localhost:${port}`)));
  }

  async close(): Promise<void> {
    this.#front.leadTo([]);
    await this.#front.settled();
    await Promise.all(this.#running.map(({ stage }) => stage.close()));
  }
}
