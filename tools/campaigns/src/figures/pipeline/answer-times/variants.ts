import type { Variant } from '../../variants/change-module.ts';
import { ingestChange } from '../ingest/ingest-change.ts';

export const answerTimeVariants: readonly Variant[] = [
  {
    id: 'N12',
    says: 'wait for the bus as long as it takes',
    changes: [
      ingestChange('main', 'giveUpAfterMs: 1_900', 'giveUpAfterMs: 4_000'),
      ingestChange(
        'publishing/publish-notifications',
        'await inTime(published, deps.giveUpAfterMs);',
        'await published;',
      ),
    ],
  },
  {
    id: 'N13',
    says: 'take the bus’s absence for a bug',
    changes: [
      ingestChange(
        'publishing/publish-notifications',
        'if (!(error instanceof BusError))\n                throw error;',
        'throw error;',
      ),
    ],
  },
];
