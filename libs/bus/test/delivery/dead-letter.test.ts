import { describe, expect, it } from '@jest/globals';
import { withDeadLetterTopics } from '../../src/delivery/dead-letter.ts';
import { describeError, failureFields } from '../../src/delivery/describe-error.ts';

describe('withDeadLetterTopics', () => {
  it('adds a topic of dead letters with as many partitions, never compacted', () => {
    const topics = withDeadLetterTopics([
      {
        name: 'directory.users',
        partitions: 12,
        config: { 'cleanup.policy': 'compact' },
        deadLetterConfig: { 'retention.ms': '86400000', 'cleanup.policy': 'compact' },
      },
    ]);

    expect(topics).toEqual([
      expect.objectContaining({ name: 'directory.users', config: { 'cleanup.policy': 'compact' } }),
      {
        name: 'directory.users.dead-letters',
        partitions: 12,
        config: { 'retention.ms': '86400000', 'cleanup.policy': 'delete' },
      },
    ]);
  });

  it('adds none for a topic of dead letters, and none that is given', () => {
    const given = [
      { name: 'directory.users', partitions: 3 },
      { name: 'directory.users.dead-letters', partitions: 3, config: { 'retention.ms': '1' } },
    ];

    expect(withDeadLetterTopics(given)).toEqual(given);
  });
});

describe('describeError', () => {
  it('names an error, its code and its causes, without any of their messages', () => {
    const refused = Object.assign(new Error('canary'), { code: 'ECONNREFUSED' });
    const error = new TypeError('canary', { cause: refused });

    expect(describeError(error)).toBe('TypeError <- Error ECONNREFUSED');
    expect(JSON.stringify(failureFields(error))).not.toContain('canary');
  });

  it('ends with a cause that is its own cause', () => {
    const error = new Error('round');
    error.cause = error;

    expect(describeError(error)).toContain('Error <- Error');
  });

  it('says where a failure came from', () => {
    expect(String(failureFields(new Error('canary'))['frames'])).toContain('dead-letter.test.ts');
  });

  it('takes whatever was thrown', () => {
    expect(['text', null, undefined].map(describeError)).toEqual(['string', 'object', '']);
  });
});
