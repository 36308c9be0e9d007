import { useState } from 'react';

export interface Draft<Value> {
  readonly value: Value;
  /** Of what the draft was begun with. */
  readonly revision: number;
  readonly isTouched: boolean;
  /** What is stored is newer than what the draft was begun with. */
  readonly isBehind: boolean;
  readonly change: (value: Value) => void;
  /** Gives up what was typed: the draft follows what is stored again. */
  readonly release: () => void;
}

/** What a form shows. It follows what is stored until somebody types; from then on nothing is taken from under their hands. */
export function useDraft<Stored extends { readonly revision: number }, Value>(
  stored: Stored,
  valueOf: (stored: Stored) => Value,
): Draft<Value> {
  const [begun, setBegun] = useState(() => ({ revision: stored.revision, value: valueOf(stored) }));
  const [typed, setTyped] = useState<{ readonly value: Value } | null>(null);
  if (typed === null && begun.revision !== stored.revision) {
    setBegun({ revision: stored.revision, value: valueOf(stored) });
  }
  return {
    value: typed === null ? begun.value : typed.value,
    revision: begun.revision,
    isTouched: typed !== null,
    isBehind: begun.revision !== stored.revision,
    change: (value) => setTyped({ value }),
    release: () => setTyped(null),
  };
}
