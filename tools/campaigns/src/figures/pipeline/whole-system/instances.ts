import { freePort } from '@learnamp/testkit';
import { waitFor } from '../../identity/leaks/wait-for.ts';
import { type ServiceProcess, startService } from '../../provisioning/processes/service-process.ts';

export const serviceNames = ['webhook-ingest', 'directory-sync', 'profile-writer', 'auth-gateway'] as const;
export type ServiceName = (typeof serviceNames)[number];

/** A process of a service, as the next one of it is another: like a Pod it has an address of its own. */
export interface Instance {
  readonly process: ServiceProcess;
  /** The door, or where it is probed. */
  readonly port: number;
  /** Where its numbers are. */
  readonly numbersPort: number;
}

/** How a process ended that was asked to. */
export interface Departure {
  /** null where a signal ended it. */
  readonly code: number | null;
  readonly seconds: number;
}

/** Processes of one service side by side. */
export class Instances {
  readonly name: ServiceName;
  readonly #environment: Readonly<Record<string, string>>;
  readonly #running: Instance[] = [];

  constructor(name: ServiceName, environment: Readonly<Record<string, string>>) {
    this.name = name;
    this.#environment = environment;
  }

  async start(count: number): Promise<void> {
    for (let number = 0; number < count; number += 1) this.#running.push(await this.#started());
  }

  get running(): readonly Instance[] {
    return this.#running;
  }

  /** Asks one of them to stop, and starts another in its place; resolved when that one says that it is ready. */
  async replace(number: number): Promise<Departure> {
    const { process } = this.#at(number);
    if (process.hasEnded()) throw new Error(`${this.name} ended by itself\n${process.log()}`);
    const asked = performance.now();
    const code = await process.stop();
    const seconds = (performance.now() - asked) / 1_000;
    this.#running[number] = await this.#started();
    return { code, seconds };
  }

  async stop(): Promise<void> {
    await Promise.all(this.#running.map(({ process }) => process.stop()));
  }

  #at(number: number): Instance {
    const found = this.#running[number];
    if (!found) throw new RangeError(`there is no instance ${number} of ${this.name}`);
    return found;
  }

  async #started(): Promise<Instance> {
    const [port, other] = [await freePort(), await freePort()];
    const hasDoor = this.name === 'webhook-ingest' || this.name === 'auth-gateway';
    const ports = hasDoor ? { PORT: `${port}`, METRICS_PORT: `${other}` } : { HEALTH_PORT: `${port}` };
    const process = await startService(this.name, { ...this.#environment, ...ports });
    await waitFor(`${this.name} is ready`, () => {
      if (process.hasEnded()) throw new Error(`${this.name} ended\n${process.log()}`);
      return isReady(port);
    });
    return { process, port, numbersPort: hasDoor ? other : port };
  }
}

/** Whether whoever listens there says that it can serve. */
export async function isReady(port: number): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => undefined);
  await answer?.body?.cancel();
  return answer?.status === 200;
}
