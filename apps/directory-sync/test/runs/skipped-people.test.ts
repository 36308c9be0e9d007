import { expect, it } from '@jest/globals';
import { noteSkipped, type SkippedPeople } from '../../src/runs/skipped-people.ts';

it('counts everybody who is skipped by reason, and names the first twenty', () => {
  const run = {
    counts: { members: 0, emitted: 0, unchanged: 0, skipped: 0 },
    skippedPeople: new Map() as SkippedPeople,
  };
  const people = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) => ({
      id: `p${from + index}`,
      userPrincipalName: `${from + index}@acme`,
    }));

  noteSkipped(run, 'disabled', people(0, 15));
  noteSkipped(run, 'disabled', people(15, 45));
  noteSkipped(run, 'unreadable', [{ id: 'p99' }]);
  noteSkipped(run, 'not found', []);

  const first = people(0, 20).map(({ id, userPrincipalName }) => ({ personId: id, userPrincipalName }));
  expect(run.counts.skipped).toBe(46);
  expect([...run.skippedPeople.values()]).toEqual([
    { reason: 'disabled', people: 45, first },
    { reason: 'unreadable', people: 1, first: [{ personId: 'p99', userPrincipalName: null }] },
  ]);
});
