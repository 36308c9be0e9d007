import type { Variant } from '../../variants/change-module.ts';
import { ingestChange } from '../ingest/ingest-change.ts';

export const handshakeVariants: readonly Variant[] = [
  {
    id: 'N8',
    says: 'decode a token twice',
    changes: [
      ingestChange(
        'handshake/validation-token',
        "return decodeURIComponent(value.replaceAll('+', ' '));",
        "return decodeURIComponent(decodeURIComponent(value.replaceAll('+', ' ')));",
      ),
    ],
  },
  {
    id: 'N9',
    says: 'repeat markup',
    changes: [ingestChange('handshake/validation-token', ' || unsafe.test(token) ? {', ' ? {')],
  },
  {
    id: 'N10',
    says: 'answer a handshake as a page',
    changes: [ingestChange('handshake/answer-handshake', "'text/plain; charset=utf-8'", "'text/html; charset=utf-8'")],
  },
  {
    id: 'N11',
    says: 'take the last of several tokens',
    changes: [
      ingestChange('handshake/validation-token', 'const [value] = values;', 'const value = values.at(-1);'),
      ingestChange('handshake/validation-token', 'values.length === 1 && value.length', 'value.length'),
    ],
  },
];
