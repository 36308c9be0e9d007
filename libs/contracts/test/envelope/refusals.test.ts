import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeEvent, InvalidEventError, syncRequest, userState } from '../../src/index.ts';
import { anyEvent, eventTypes } from '../support/arbitrary-events.ts';
import { encoded, json, recordOf } from '../support/encode.ts';

const request = { requestId: 'r1', organisationId: 'acme', mode: 'full', requestedBy: 'olga' };

describe('decodeEvent', () => {
  it.each([
    ['an unknown type', 'com.learnamp.weather.v1', json(request), 'unknown event type com.learnamp.weather.v1'],
    ['an unknown major version', 'com.learnamp.sync.request.v2', json(request), /^unknown event type .*v2$/],
    ['no type at all', undefined, json(request), 'unknown event type (none)'],
    ['no value', syncRequest.type, null, 'no value'],
    ['an empty value', syncRequest.type, Buffer.alloc(0), 'the value is not JSON'],
    ['half a value', syncRequest.type, json(request).subarray(0, 20), 'the value is not JSON'],
    ['a JSON null', syncRequest.type, json(null), /schema/],
    ['a list', syncRequest.type, json([request]), /schema/],
    ['a missing property', syncRequest.type, json({ ...request, requestedBy: undefined }), /schema/],
    ['a property of another type', syncRequest.type, json({ ...request, requestId: 7 }), /schema says at \/requestId/],
  ])('refuses %s with a reason', (_what, type, value, reason) => {
    const decoded = decodeEvent(eventTypes, recordOf(type, value));

    expect(decoded).toEqual({ ok: false, reason: expect.stringMatching(asPattern(reason)) });
  });

  it('never throws, whatever bytes come under whatever type', () => {
    const type = fc.option(fc.oneof(fc.constantFrom(...eventTypes.map((eventType) => eventType.type)), fc.string()), {
      nil: undefined,
    });
    const value = fc.oneof(
      fc.constant(null),
      fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
      fc.jsonValue().map(json),
    );
    fc.assert(
      fc.property(type, value, (someType, bytes) => {
        expect(decodeEvent(eventTypes, recordOf(someType, bytes))).toHaveProperty('ok');
      }),
    );
  });

  it('never throws for JSON that is nested too deep to be read', () => {
    const deep = Buffer.from(`${'['.repeat(200_000)}${']'.repeat(200_000)}`);

    expect(decodeEvent(eventTypes, recordOf(syncRequest.type, deep)).ok).toBe(false);
  });

  it('names places in its reasons, never values', () => {
    fc.assert(
      fc.property(anyEvent, ({ eventType, data }) => {
        const secret = 'Marguerite-1987';
        const spoiling = { organisationId: `${secret} ` };
        const isNested = 'state' in data;
        const spoilt = isNested
          ? { ...data, state: { ...(data.state as object), ...spoiling } }
          : { ...data, ...spoiling };

        const decoded = decodeEvent(eventTypes, recordOf(eventType.type, json(spoilt)));

        const place = isNested ? '/state/organisationId' : '/organisationId';
        expect(decoded).toEqual({ ok: false, reason: `not as the schema says at ${place}` });
      }),
    );
  });
});

describe('encodeEvent', () => {
  it('refuses data that the schema does not allow, naming the place and not the value', () => {
    const { data } = fc.sample(
      anyEvent.filter(({ eventType }) => eventType.type === userState.type),
      { numRuns: 1, seed: 1 },
    )[0] as { data: { fields: object } };
    const spoilt = { ...data, fields: { ...data.fields, firstName: 'M'.repeat(257) } };

    const refusal = refusalOf(() => encoded(userState, spoilt));

    expect(refusal).toMatchObject({ code: 'invalid-event', retriable: false });
    expect(refusal.message).toContain('/fields/firstName');
    expect(refusal.message).not.toContain('MMM');
  });
});

function refusalOf(work: () => unknown): InvalidEventError {
  try {
    work();
  } catch (error) {
    if (error instanceof InvalidEventError) return error;
    throw error;
  }
  throw new Error('was not refused');
}

const asPattern = (reason: string | RegExp) =>
  typeof reason === 'string' ? new RegExp(`^${reason.replace(/[.()]/g, '\\$&')}$`) : reason;
