/** Which access tokens still count: those of the current generation. */
export interface TokenGeneration {
  /** As the `rh` claim carries it: to clients it is opaque, Entra revalidates tokens by it. */
  current(): string;
  /** Begins a new one; every token of those before counts as expired. */
  end(): void;
}

export function createTokenGeneration(): TokenGeneration {
  let number = 0;
  return {
    current: () => `1.${number}`,
    end() {
      number += 1;
    },
  };
}
