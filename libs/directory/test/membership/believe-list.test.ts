import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { believeList, type ListReading } from '../../src/index.ts';

const group = (...users: string[]) => ({ users: new Set(users), groups: new Set<string>() });
const at = (minutes: number) => new Date(minutes * 60_000);
const reading: ListReading = {
  before: group('ada', 'bo'),
  read: group('bo', 'cy'),
  shortBy: 0,
  known: null,
  now: at(0),
  minimumMs: 30 * 60_000,
};

describe('a list of members', () => {
  it('is believed when nobody counts more', () => {
    expect(believeList(reading)).toEqual({ members: group('bo', 'cy'), shortage: null });
    expect(believeList({ ...reading, shortBy: -1 }).members).toEqual(group('bo', 'cy'));
  });

  it('that is shorter than the count brings in who is in it and takes nobody away', () => {
    const { members, shortage } = believeList({ ...reading, shortBy: 1 });

    expect(members).toEqual(group('ada', 'bo', 'cy'));
    expect(shortage).toEqual({ by: 1, since: at(0), believed: false });
  });

  it('that is as short half an hour later is believed, and from then on', () => {
    const known = { by: 1, since: at(0), believed: false };
    expect(believeList({ ...reading, shortBy: 1, known, now: at(29) }).members).toEqual(group('ada', 'bo', 'cy'));

    const later = believeList({ ...reading, shortBy: 1, known, now: at(30) });
    expect(later.members).toEqual(group('bo', 'cy'));
    expect(believeList({ ...reading, shortBy: 1, known: later.shortage, now: at(1440) }).members).toEqual(
      later.members,
    );
  });

  it('that is even shorter than the one that was believed is doubted anew', () => {
    const known = { by: 1, since: at(0), believed: true };
    const { members, shortage } = believeList({ ...reading, shortBy: 2, known, now: at(1440) });

    expect(members).toEqual(group('ada', 'bo', 'cy'));
    expect(shortage).toEqual({ by: 2, since: at(1440), believed: false });
  });

  it('ends as the directory has it however it was cut short on the way, and nobody is missing meanwhile', () => {
    const people = fc.uniqueArray(fc.nat(20).map(String), { maxLength: 12 });
    fc.assert(
      fc.property(people, fc.array(fc.nat(12), { maxLength: 4 }), (there, cuts) => {
        let [known, before] = [null as ListReading['known'], group(...there)];
        for (const [minutes, cut] of cuts.entries()) {
          const read = group(...there.slice(0, cut));
          const shortBy = there.length - read.users.size;
          const believed = believeList({ ...reading, before, read, shortBy, known, now: at(5 * minutes) });
          known = believed.shortage;
          before = group(...believed.members.users);
          expect(before).toEqual(group(...there));
        }
        const last = believeList({ ...reading, before, read: group(...there), known, now: at(60) });
        expect(last).toEqual({ members: group(...there), shortage: null });
      }),
    );
  });
});
