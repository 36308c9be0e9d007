import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type RecordedSpans, recordSpans, type ToldSpan } from '@learnamp/testkit';
import { annotate, causesOf, inSpan, pastSpan } from '../src/index.ts';

let recorded: RecordedSpans;
beforeEach(() => {
  recorded = recordSpans();
});
afterEach(() => recorded.stop());

const spanNamed = (name: string): ToldSpan => {
  const span = recorded.spans().find((one) => one.name === name);
  if (!span) throw new Error(`there is no span ${name}`);
  return span;
};
const text = (digit: string, flags = '01') => `00-${digit.repeat(32)}-${digit.repeat(16)}-${flags}`;
const done = () => Promise.resolve();
const scope = 'test';

describe('a span', () => {
  it('belongs to the span that is active, and begins a trace where none is', async () => {
    await inSpan('outer', { scope }, () => inSpan('inner', { scope }, done));

    expect(spanNamed('outer').parentSpanId).toBeUndefined();
    expect(spanNamed('inner')).toMatchObject({
      parentSpanId: spanNamed('outer').spanId,
      traceId: spanNamed('outer').traceId,
    });
  });

  it('belongs to its first cause, whatever is active, and links to the others', async () => {
    const causes = causesOf([text('a'), text('b'), text('c')]);

    await inSpan('outer', { scope }, () => inSpan('work', { scope, causes }, done));

    expect(spanNamed('work')).toMatchObject({
      traceId: 'a'.repeat(32),
      parentSpanId: 'a'.repeat(16),
      links: [{ traceId: 'b'.repeat(32) }, { traceId: 'c'.repeat(32) }],
    });
  });

  it('has a span of the same name in the trace of every other cause, which leads to it', async () => {
    await inSpan('work', { scope, causes: causesOf([text('a'), text('b')]) }, done);

    const [echo] = recorded.spans().filter(({ traceId }) => traceId === 'b'.repeat(32));
    const { traceId, spanId } = spanNamed('work');
    expect(recorded.spans()).toHaveLength(2);
    expect(echo).toMatchObject({ name: 'work', parentSpanId: 'b'.repeat(16), links: [{ traceId, spanId }] });
  });

  it('begins a trace where it has an empty list of causes, whatever is active', async () => {
    await inSpan('outer', { scope }, () => inSpan('work', { scope, causes: [] }, done));

    expect(spanNamed('work').parentSpanId).toBeUndefined();
    expect(spanNamed('work').traceId).not.toBe(spanNamed('outer').traceId);
  });

  it('tells of an error by its code, never by its message, and lets it through', async () => {
    const error = Object.assign(new Error('of ada@example.test'), { code: 'no-such-person' });

    const work = inSpan('work', { scope, causes: causesOf([text('a'), text('b')]) }, () => Promise.reject(error));

    await expect(work).rejects.toBe(error);
    expect(recorded.spans().map(({ failed, attributes }) => [failed, attributes])).toEqual([
      [true, { 'error.type': 'no-such-person' }],
      [true, { 'error.type': 'no-such-person' }],
    ]);
    expect(JSON.stringify(recorded.spans())).not.toContain('ada');
  });

  it('is told what is found out while it lasts', async () => {
    await inSpan('work', { scope }, () => {
      annotate({ 'learnamp.states': 3 });
      return Promise.resolve();
    });

    expect(spanNamed('work').attributes).toEqual({ 'learnamp.states': 3 });
  });
});

describe('the causes of some work', () => {
  it('are one of each trace, the oldest first, sixteen at the most', () => {
    const texts = Array.from('123456789abcdef').flatMap((digit) => [text(digit), text(digit)]);
    const more = ['12', '34', '56'].map((pair) => `00-${pair.repeat(16)}-${'a'.repeat(16)}-01`);

    const causes = causesOf([...texts, ...more]);

    expect(causes).toHaveLength(16);
    expect(causes[0]?.traceId).toBe('1'.repeat(32));
    expect(new Set(causes.map(({ traceId }) => traceId)).size).toBe(16);
  });

  it('are those that are recorded, where some are', () => {
    const traceIds = (texts: string[]) => causesOf(texts).map(({ traceId }) => traceId[0]);

    expect(traceIds([text('a', '00'), text('b'), text('c')])).toEqual(['b', 'c']);
    expect(traceIds([text('a', '00'), text('b', '00')])).toEqual(['a']);
  });
});

describe('a span of what has ended', () => {
  it('belongs to the span that is active, and lasted as long as it is said to', async () => {
    const about = { scope, milliseconds: 40, failed: true };

    await inSpan('outer', { scope }, () => {
      pastSpan('past', about);
      return Promise.resolve();
    });

    expect(spanNamed('past')).toMatchObject({
      parentSpanId: spanNamed('outer').spanId,
      failed: true,
      milliseconds: 40,
    });
  });

  it('is none where nothing is active', () => {
    pastSpan('past', { scope, milliseconds: 40, failed: false });

    expect(recorded.spans()).toEqual([]);
  });
});
