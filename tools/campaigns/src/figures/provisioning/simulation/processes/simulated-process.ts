import { AsyncLocalStorage } from 'node:async_hooks';

/** What befalls a process at one of its calls to the outside. */
export interface Fate {
  /** At the how manieth call from now, counted from 1. */
  readonly call: number;
  /** Dead before the call or after it, the answer never seen; or standing still before it until it is thawed. */
  readonly how: 'dies before' | 'dies after' | 'freezes';
  /** Only calls of this kind are counted; every call, where none is named. */
  readonly at?: PortOptions['kind'];
}

/** Thrown where a dead process can't be left hanging: in a transaction, which a real server would end. */
export class ProcessDiedError extends Error {}

export interface PortOptions {
  readonly kind?: 'publish' | 'write' | 'ask' | 'sleep';
  readonly inTransaction?: boolean;
}

const current = new AsyncLocalStorage<SimulatedProcess | undefined>();

const never = () => new Promise<never>(() => undefined);

/**
 * A service as a process of its own, although it shares this one: whatever it does outside itself goes through `port`,
 * and there it may die or stand still. What a dead process waited for never comes, so it does nothing any more.
 */
export class SimulatedProcess {
  state: 'running' | 'frozen' | 'dead' = 'running';
  #fate: Fate | undefined;
  /** Calls of the fate's kind until it is met. */
  #callsLeft = 0;
  #thaw: (() => void) | undefined;
  #thawed: Promise<void> | undefined;
  readonly #watchers = new Set<() => void>();

  /** The process that is being executed; undefined for the world around. */
  static current(): SimulatedProcess | undefined {
    return current.getStore();
  }

  /** Does something on behalf of nobody: what the world does. */
  static outside<Result>(work: () => Result): Result {
    return current.run(undefined, work);
  }

  run<Result>(work: () => Result): Result {
    return current.run(this, work);
  }

  /** Lets something befall the process. */
  expect(fate: Fate): void {
    this.#fate = fate;
    this.#callsLeft = fate.call;
  }

  die(): void {
    this.state = 'dead';
    this.#tell();
  }

  /** The process goes on where it stood still. */
  thaw(): void {
    if (this.state !== 'frozen') return;
    this.state = 'running';
    this.#fate = undefined;
    this.#thaw?.();
  }

  /** Called whenever the process dies or freezes. Returns the function that ends it. */
  onStop(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** A call to the outside. */
  async port<Result>(work: () => Promise<Result>, { kind, inTransaction = false }: PortOptions = {}): Promise<Result> {
    if (!this.#fate?.at || this.#fate.at === kind) this.#callsLeft -= 1;
    await this.#meet(['dies before', 'freezes'], inTransaction);
    const result = await work();
    await this.#meet(['dies after'], inTransaction);
    return result;
  }

  async #meet(hows: readonly Fate['how'][], inTransaction: boolean): Promise<void> {
    const fate = this.#fate;
    if (fate && this.state === 'running' && this.#callsLeft <= 0 && hows.includes(fate.how)) {
      if (fate.how !== 'freezes') this.die();
      // A transaction that stands still would hold up everybody else, which no server allows for long.
      else if (!inTransaction) this.#freeze();
    }
    if (this.state === 'frozen' && !inTransaction) await this.#thawed;
    // Whoever was woken may have been killed in its sleep.
    if (this.state === 'dead') {
      if (inTransaction) throw new ProcessDiedError('the process died');
      await never();
    }
  }

  #freeze(): void {
    this.state = 'frozen';
    this.#thawed = new Promise((resolve) => {
      this.#thaw = resolve;
    });
    this.#tell();
  }

  #tell(): void {
    for (const watcher of [...this.#watchers]) watcher();
  }
}
