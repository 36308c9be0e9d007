import { describe, expect, it } from '@jest/globals';
import { isObjectId } from '../../src/microsoft/object-id.ts';

describe('what somebody looks for', () => {
  it.each(['6f1c9d2e-0000-4000-8000-000000000001', ' 6F1C9D2E-0000-4000-8000-00000000000A '])(
    'is an Object ID: %s',
    (text) => {
      expect(isObjectId(text)).toBe(true);
    },
  );

  it.each(['Learners', '6f1c9d2e', '6f1c9d2e-0000-4000-8000-000000000001 and more', ''])(
    'is the beginning of a name: %s',
    (text) => {
      expect(isObjectId(text)).toBe(false);
    },
  );
});
