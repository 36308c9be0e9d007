import { type ReactNode, useState } from 'react';

export interface Selection<Row> {
  readonly selected: readonly Row[];
  /** The box that ticks everybody who is shown. */
  readonly all: (label: string) => ReactNode;
  readonly one: (row: Row) => ReactNode;
  readonly clear: () => void;
}

/** Which rows of a list are ticked. Rows that are no longer there are not. */
export function useSelection<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  labelOf: (row: Row) => string,
): Selection<Row> {
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const selected = rows.filter((row) => ticked.has(keyOf(row)));
  const isAll = rows.length > 0 && selected.length === rows.length;
  const toggle = (key: string) => {
    const changed = new Set(ticked);
    if (!changed.delete(key)) changed.add(key);
    setTicked(changed);
  };
  return {
    selected,
    clear: () => setTicked(new Set()),
    all: (label) => (
      <input
        type="checkbox"
        aria-label={label}
        checked={isAll}
        onChange={() => setTicked(isAll ? new Set() : new Set(rows.map(keyOf)))}
      />
    ),
    one: (row) => (
      <input
        type="checkbox"
        aria-label={labelOf(row)}
        checked={ticked.has(keyOf(row))}
        onChange={() => toggle(keyOf(row))}
      />
    ),
  };
}
