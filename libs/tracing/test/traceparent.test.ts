import { afterEach, describe, expect, it } from '@jest/globals';
import { type RecordedSpans, recordSpans } from '@learnamp/testkit';
import fc from 'fast-check';
import { causesOf, inSpan, traceparent, traceparentIn } from '../src/index.ts';

let recorded: RecordedSpans | undefined;
afterEach(async () => {
  await recorded?.stop();
  recorded = undefined;
});

const inHeaders = (text: string) => ({ traceparent: Buffer.from(text) });
const hex = (length: number) =>
  fc.string({ unit: fc.constantFrom(...Array.from('0123456789abcdef')), minLength: length, maxLength: length });
const ids = fc
  .record({ traceId: hex(32), spanId: hex(16) })
  .filter(({ traceId, spanId }) => /[^0]/.test(traceId) && /[^0]/.test(spanId));

describe('a trace context in headers', () => {
  it('is that of the span in which it was written', async () => {
    recorded = recordSpans();

    const text = await inSpan('a', { scope: 'test' }, () => Promise.resolve(traceparent()));

    const [span] = recorded.spans();
    expect(text).toBe(`00-${span?.traceId}-${span?.spanId}-01`);
    expect(traceparentIn(inHeaders(text ?? ''))).toBe(text);
  });

  it('is read as it was written, whatever its ids', () => {
    recorded = recordSpans();
    fc.assert(
      fc.property(ids, ({ traceId, spanId }) => {
        const text = `00-${traceId}-${spanId}-01`;

        expect(traceparentIn(inHeaders(text))).toBe(text);
        expect(causesOf([text])).toEqual([expect.objectContaining({ traceId, spanId })]);
      }),
    );
  });

  it('is left out where it is malformed, whatever stands there', () => {
    recorded = recordSpans();
    const malformed = fc.oneof(
      fc.string(),
      ids.map(({ traceId, spanId }) => `00-${traceId}-${spanId}`),
      ids.map(({ traceId, spanId }) => `ff-${traceId}-${spanId}-01`),
      ids.map(({ traceId, spanId }) => `00-${traceId}-${spanId}-01-more`),
      ids.map(({ spanId }) => `00-${'0'.repeat(32)}-${spanId}-01`),
      ids.map(({ traceId }) => `00-${traceId}-${'0'.repeat(16)}-01`),
    );
    fc.assert(
      fc.property(malformed, (text) => {
        expect(traceparentIn(inHeaders(text))).toBeUndefined();
        expect(causesOf([text])).toEqual([]);
      }),
    );
  });

  it('is left out whatever bytes stand there, and where there are none', () => {
    recorded = recordSpans();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(traceparentIn({ traceparent: Buffer.from(bytes) })).toBeUndefined();
      }),
    );
    expect(traceparentIn({})).toBeUndefined();
  });

  it('is not kept where its trace is not recorded', () => {
    recorded = recordSpans();

    expect(traceparentIn(inHeaders(`00-${'a'.repeat(32)}-${'b'.repeat(16)}-00`))).toBeUndefined();
  });

  it('is neither written nor read while nothing traces', async () => {
    const text = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;

    expect(await inSpan('a', { scope: 'test' }, () => Promise.resolve(traceparent()))).toBeUndefined();
    expect(traceparentIn(inHeaders(text))).toBeUndefined();
    expect(causesOf([text])).toEqual([]);
  });
});
