import type { Variant } from '../../variants/change-module.ts';
import { ingestChange } from '../ingest/ingest-change.ts';

export const soakVariants: readonly Variant[] = [
  {
    id: 'N28',
    says: 'keep something of each request',
    changes: [
      ingestChange(
        'publishing/publish-notifications',
        'inFlight += records.length;',
        'inFlight += records.length;\n        (globalThis.kept ??= []).push(new Array(30_000).fill(inFlight / 3));',
      ),
    ],
  },
];
