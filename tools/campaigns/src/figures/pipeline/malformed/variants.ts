import type { Variant } from '../../variants/change-module.ts';
import { ingestChange } from '../ingest/ingest-change.ts';

export const malformedVariants: readonly Variant[] = [
  {
    id: 'N1',
    says: 'look into a body without a look at its kind',
    changes: [
      ingestChange('notifications/take-notifications', 'if (!Value.Check(NotificationBody, body))', 'if (body === 7)'),
    ],
  },
  {
    id: 'N2',
    says: 'end when they can’t read a request',
    changes: [
      ingestChange(
        'problems/answer-unreadable',
        'const status = statuses.get(error.code) ?? 400;',
        'throw error;\n    const status = 400;',
      ),
    ],
  },
];
