import { setTimeout as sleep } from 'node:timers/promises';
import { type Front, startFront } from '../../identity/stage/front.ts';
import { type Instances, isReady } from './instances.ts';

/** Seldom enough that a service that closes at once is sent requests for a while longer. */
const EVERY_MS = 1_000;

/** A front that leads to those instances of a service that say that they are ready. It repeats nothing and hides nothing. */
export class FollowedFront {
  readonly #stop = new AbortController();
  readonly #front: Front;
  #following: Promise<void> = Promise.resolve();
  #leadsTo: readonly number[] = [];

  private constructor(front: Front) {
    this.#front = front;
  }

  static async open(): Promise<FollowedFront> {
    return new FollowedFront(await startFront());
  }

  get port(): number {
    return this.#front.port;
  }

  follow(instances: Instances): void {
    this.#following = this.#follow(instances);
  }

  leadsToAll({ running }: Instances): boolean {
    return running.every(({ port }) => this.#leadsTo.includes(port));
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#following;
    await this.#front.stop();
  }

  async #follow(instances: Instances): Promise<void> {
    while (!this.#stop.signal.aborted) {
      const ports = instances.running.map(({ port }) => port);
      const ready = await Promise.all(ports.map(isReady));
      this.#leadsTo = ports.filter((_, index) => ready[index]);
      this.#front.leadTo(this.#leadsTo);
      await sleep(EVERY_MS);
    }
  }
}
