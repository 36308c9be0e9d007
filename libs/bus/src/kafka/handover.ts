/** Hands items from a producer to a consumer one by one; the producer waits until each is done with. */
export class Handover<Item> {
  #item: { readonly value: Item; readonly done: () => void } | undefined;
  #arrived: (() => void) | undefined;
  #waiting: (() => void)[] = [];
  #closed = false;

  /** Resolves when the item has been taken and is done with, or when nobody takes any more. */
  async give(value: Item): Promise<void> {
    while (this.#item !== undefined && !this.#closed) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    if (this.#closed) return;
    await new Promise<void>((done) => {
      this.#item = { value, done };
      this.#arrived?.();
    });
  }

  /** The next item, or undefined when none came for so many milliseconds. */
  async take(withinMs: number): Promise<Item | undefined> {
    if (this.#item === undefined) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, withinMs);
        this.#arrived = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#arrived = undefined;
    }
    return this.#item?.value;
  }

  /** The taken item is done with. */
  done(): void {
    const item = this.#item;
    this.#item = undefined;
    item?.done();
    this.#waiting.shift()?.();
  }

  close(): void {
    this.#closed = true;
    this.done();
    for (const wake of this.#waiting.splice(0)) wake();
  }
}
