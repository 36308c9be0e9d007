import type { AnsweredGroup } from './microsoft.ts';

export type GroupRow = AnsweredGroup['tree'][number];

export interface GroupNode extends GroupRow {
  readonly children: readonly GroupNode[];
}

/** A tree from its rows: each is followed by what is below it, a level deeper. A row that skips levels is below the last one. */
export function nestGroups(rows: readonly GroupRow[]): GroupNode[] {
  const top: GroupNode[] = [];
  const open: { readonly depth: number; readonly children: GroupNode[] }[] = [{ depth: -1, children: top }];
  for (const row of rows) {
    while ((open.at(-1)?.depth ?? -1) >= row.depth && open.length > 1) open.pop();
    const children: GroupNode[] = [];
    open.at(-1)?.children.push({ ...row, children });
    open.push({ depth: row.depth, children });
  }
  return top;
}
