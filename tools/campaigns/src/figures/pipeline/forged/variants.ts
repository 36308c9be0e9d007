import type { Variant } from '../../variants/change-module.ts';
import { clientStateChange, ingestChange } from '../ingest/ingest-change.ts';

const compared = 'return sameText(given, mac(key, state, tenantId)) ? state : undefined;';

export const forgeryVariants: readonly Variant[] = [
  {
    id: 'N3',
    says: 'believe whom a clientState names',
    changes: [clientStateChange(compared, 'return given.length > 0 ? state : undefined;')],
  },
  {
    id: 'N4',
    says: 'compare the beginning of a clientState alone',
    changes: [
      clientStateChange(
        compared,
        'return sameText(given.slice(0, 20), mac(key, state, tenantId).slice(0, 20)) ? state : undefined;',
      ),
    ],
  },
  {
    id: 'N5',
    says: 'compare digests as they come, whatever their length',
    changes: [
      clientStateChange('timingSafeEqual(digest(a), digest(b))', 'timingSafeEqual(Buffer.from(a), Buffer.from(b))'),
    ],
  },
  {
    id: 'N6',
    says: 'take a clientState for any kind of resource',
    changes: [ingestChange('notifications/verify-notification', 'if (changed?.kind !== sender.kind)', 'if (!changed)')],
  },
  {
    id: 'N7',
    says: 'refuse a whole request for one forgery in it',
    changes: [
      ingestChange(
        'notifications/take-notifications',
        'const published = await publishOurs',
        'if (dropped.size > 0)\n            throw refused(400);\n        const published = await publishOurs',
      ),
    ],
  },
];
