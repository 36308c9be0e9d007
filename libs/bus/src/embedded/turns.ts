/** Lets the partitions of a consumer take turns: one at a time, the next chosen among those that wait. */
export class Turns {
  readonly #choose: (waiting: number) => number;
  readonly #waiting: (() => void)[] = [];
  #taken = false;

  /** `choose` says which of so many waiting ones goes next; 0 is the one that waits longest. */
  constructor(choose: (waiting: number) => number) {
    this.#choose = choose;
  }

  async take(): Promise<void> {
    if (this.#taken) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#taken = true;
  }

  /** Hands the turn straight on, so that nobody can slip in between. */
  give(): void {
    const [next] = this.#waiting.splice(this.#choose(this.#waiting.length), 1);
    if (next === undefined) this.#taken = false;
    else next();
  }

  get taken(): boolean {
    return this.#taken;
  }
}
