import type { Variant } from '../../variants/change-module.ts';
import { ingestChange } from '../ingest/ingest-change.ts';

export const acceptedVariants: readonly Variant[] = [
  {
    id: 'N14',
    says: 'answer before the bus has it',
    changes: [
      ingestChange(
        'notifications/take-notifications',
        'await publish(ours);',
        'void publish(ours).catch(() => undefined);',
      ),
    ],
  },
];
