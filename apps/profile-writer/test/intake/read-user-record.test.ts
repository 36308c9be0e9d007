import type { BusRecord } from '@learnamp/bus';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readUserRecord } from '../../src/intake/read-user-record.ts';
import { delivered, usersEvent } from '../fixtures/events.ts';
import { aRunMarker, aUserState, personIdOf } from '../fixtures/states.ts';

const good = delivered(usersEvent(aUserState({ person: 1, version: 1 })));
const marker = delivered(usersEvent(aRunMarker({ version: 1 })));

const saying = (record: BusRecord, change: (data: Record<string, unknown>) => object): BusRecord => ({
  ...record,
  value: Buffer.from(JSON.stringify(change(JSON.parse(String(record.value)) as Record<string, unknown>))),
});

const withHeader = (record: BusRecord, name: string, value: string): BusRecord => ({
  ...record,
  headers: { ...record.headers, [name]: Buffer.from(value) },
});

describe('readUserRecord', () => {
  it('reads states and markers', () => {
    expect(readUserRecord(good)).toEqual({ kind: 'state', state: aUserState({ person: 1, version: 1 }) });
    expect(readUserRecord(marker)).toEqual({ kind: 'marker', marker: aRunMarker({ version: 1 }) });
  });

  it.each([
    ['is not JSON', { ...good, value: Buffer.from('{') }, 'the value is not JSON'],
    [
      'is of an unknown major version',
      withHeader(good, 'ce_type', 'com.learnamp.directory.user-state.v2'),
      'unknown event type',
    ],
    ['has no headers', { ...good, headers: {} }, 'unknown event type (none)'],
    ['has a number for a name', saying(good, (data) => ({ ...data, fields: { firstName: 7 } })), '/fields'],
    ['has a query for an id', saying(good, (data) => ({ ...data, personId: { $ne: null } })), '/personId'],
    ['has a version that is none', saying(good, (data) => ({ ...data, version: '7' })), '/version'],
    ['names a day that there is not', saying(marker, (data) => ({ ...data, at: '2026-99-99T00:00:00Z' })), '/at'],
  ])('sends a record that %s to the dead letters', (_what, record, reason) => {
    expect(readUserRecord(record)).toEqual({
      kind: 'refused',
      outcome: { kind: 'dead-letter', reason: expect.stringContaining(reason) },
    });
  });

  it('skips what compaction leaves of a forgotten key', () => {
    const reading = readUserRecord({ ...good, value: null, headers: {} });

    expect(reading).toEqual({ kind: 'refused', outcome: { kind: 'skip', reason: 'compaction tombstone' } });
  });

  it('leaves out fields that it does not know, at every depth', () => {
    const strange = saying(good, (data) => ({
      ...data,
      $where: 'x',
      fields: { ...(data['fields'] as object), 'a.b': 1, $set: { active: false } },
    }));

    expect(readUserRecord(strange)).toEqual(readUserRecord(good));
  });

  it('takes ids that differ in case alone for one', () => {
    const ids = { personId: personIdOf(1).replace(/0/u, 'A'), managerId: personIdOf(2).replace(/0/u, 'B') };
    const shouting = saying(good, (data) => ({ ...data, ...ids }));

    const expected = { personId: ids.personId.toLowerCase(), managerId: ids.managerId.toLowerCase() };
    expect(readUserRecord(shouting)).toMatchObject({ state: expected });
  });

  it('never throws, whatever the bytes are', () => {
    const values = fc.oneof(
      fc.uint8Array(),
      fc.json().map((text) => Buffer.from(text)),
    );
    const types = fc.constantFrom(...[good, marker].map(({ headers }) => headers));

    fc.assert(
      fc.property(values, types, (value, headers) => {
        const reading = readUserRecord({ ...good, headers, value: Buffer.from(value) });

        expect(reading).toMatchObject({ kind: 'refused', outcome: { kind: 'dead-letter' } });
      }),
    );
  });
});
