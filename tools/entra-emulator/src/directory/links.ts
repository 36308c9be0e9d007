/** A many-to-many link that can be followed from both ends. Order of insertion is kept. */
export class Links {
  readonly #forward = new Map<string, Set<string>>();
  readonly #backward = new Map<string, Set<string>>();

  add(from: string, to: string): void {
    setOf(this.#forward, from).add(to);
    setOf(this.#backward, to).add(from);
  }

  delete(from: string, to: string): void {
    this.#forward.get(from)?.delete(to);
    this.#backward.get(to)?.delete(from);
  }

  has(from: string, to: string): boolean {
    return this.#forward.get(from)?.has(to) ?? false;
  }

  from(id: string): Iterable<string> {
    return this.#forward.get(id) ?? [];
  }

  to(id: string): Iterable<string> {
    return this.#backward.get(id) ?? [];
  }
}

function setOf(map: Map<string, Set<string>>, key: string): Set<string> {
  let set = map.get(key);
  if (set === undefined) map.set(key, (set = new Set()));
  return set;
}
