import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeEvent, encodeEvent, syncRequest, topics } from '../../src/index.ts';
import { anyEvent, eventTypes } from '../support/arbitrary-events.ts';
import { encoded, json, received, recordOf } from '../support/encode.ts';

const request = { requestId: 'r1', organisationId: 'acme', mode: 'full', requestedBy: 'olga' } as const;
const context = { organisationId: 'acme', key: 'k', source: 'auth-gateway', time: new Date('2026-11-23T12:00:00Z') };

describe('an event', () => {
  it('is read as it was written, whatever its type and text', () => {
    fc.assert(
      fc.property(anyEvent, ({ eventType, data }) => {
        const decoded = decodeEvent(eventTypes, received(encoded(eventType, data)));

        expect(decoded).toEqual({ ok: true, event: { type: eventType.type, data } });
      }),
    );
  });

  it('is read although it has fields that the reader does not know', () => {
    fc.assert(
      fc.property(anyEvent, fc.jsonValue(), ({ eventType, data }, more) => {
        const record = recordOf(eventType.type, json({ ...data, fieldOfTomorrow: more }));

        expect(decodeEvent(eventTypes, record)).toMatchObject({ ok: true, event: { data } });
      }),
    );
  });

  it('goes to the topic of its type, partitioned by the organisation and keyed for compaction', () => {
    const event = encodeEvent(syncRequest, request, { ...context, key: 'acme:7' });

    expect(event).toMatchObject({ topic: topics.syncRequests.name, partitionBy: 'acme', key: 'acme:7' });
  });

  it('carries the attributes of CloudEvents 1.0 in binary mode, and an id of its own', () => {
    const [first, second] = [encodeEvent(syncRequest, request, context), encodeEvent(syncRequest, request, context)];

    expect(first.headers).toMatchObject({
      'content-type': 'application/json',
      ce_specversion: '1.0',
      ce_source: '/learnamp/auth-gateway',
      ce_type: syncRequest.type,
      ce_time: '2026-11-23T12:00:00.000Z',
    });
    expect(first.headers['ce_id']).not.toBe(second.headers['ce_id']);
  });

  it('is read as well with a trace context among its headers, whatever that says', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const { headers, value } = received(encodeEvent(syncRequest, request, context));
        const traced = { value, headers: { ...headers, traceparent: Buffer.from(text) } };

        expect(decodeEvent(eventTypes, traced)).toEqual(decodeEvent(eventTypes, { value, headers }));
      }),
    );
  });
});
