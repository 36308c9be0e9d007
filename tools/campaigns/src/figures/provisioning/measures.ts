import type { Measures } from '../measuring/child.ts';
import { healing } from './budgets/healing.ts';
import { brokenReads } from './broken-reads/broken-reads.ts';
import { explained } from './causes/explained.ts';
import { kills } from './kills/kills.ts';
import { massChanges } from './mass-changes/mass-changes.ts';
import { memory } from './budgets/memory.ts';
import { outcomeTable } from './broken-reads/outcome-table.ts';
import { promise } from './budgets/promise.ts';
import { throttling } from './budgets/throttling.ts';
import { burst, fullWithoutPhotos, fullWithPhotos, oneChange } from './budgets/requests.ts';

/** What is measured for each row, by its id. */
export const measures: Measures = {
  R1: fullWithoutPhotos,
  R2: fullWithPhotos,
  R3: oneChange,
  R4: burst,
  D2: brokenReads,
  T1: outcomeTable,
  D3: massChanges,
  D4: kills,
  D5: throttling,
  M2: memory,
  P1: promise,
  H1: healing,
  X1: explained,
};
