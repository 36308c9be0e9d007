import { isDeepStrictEqual } from 'node:util';
import { closure, type DirectMembers } from '@learnamp/directory';
import fc from 'fast-check';
import type { CampaignRow } from '../../campaign.ts';
import { type NaiveGroups, peopleUnder } from './oracle/people-under.ts';

const DIRECTORIES = 10_000;
const GROUPS = 12;
const PEOPLE = 20;

const group = fc.nat(GROUPS - 1).map((n) => `group ${n}`);
const person = fc.nat(PEOPLE - 1).map((n) => `person ${n}`);

/** Groups that contain people and each other, in any way: chains of ten and more, cycles, groups that aren't there. */
const directories: fc.Arbitrary<NaiveGroups> = fc.dictionary(
  group,
  fc.array(fc.oneof({ weight: 2, arbitrary: person }, group), { maxLength: 6 }),
  { maxKeys: GROUPS },
);

/** Who is in the group by the code's walk and by a naive one. */
export const membership: CampaignRow = {
  id: 'M1',
  claim: 'who is in the group, nested ten levels deep and in circles: those whom a naive walk finds',
  target: `0 of ${DIRECTORIES.toLocaleString('en-GB')} directories differ`,
  measure: (run) => {
    const numRuns = run.part(DIRECTORIES);
    const property = fc.property(directories, (groups) =>
      isDeepStrictEqual([...closure(treeOf(groups), 'group 0').users].sort(), peopleUnder(groups, 'group 0')),
    );
    const { failed, counterexample, seed } = fc.check(property, { seed: run.seed, numRuns });
    const measured = failed ? `seed ${seed} differs` : `0 differ in ${numRuns.toLocaleString('en-GB')}`;
    return Promise.resolve({ measured, ok: !failed, notes: failed ? [JSON.stringify(counterexample)] : [] });
  },
};

function treeOf(groups: NaiveGroups): Map<string, DirectMembers> {
  const some = (ids: readonly string[], kind: string) => new Set(ids.filter((id) => id.startsWith(kind)));
  return new Map(
    Object.entries(groups).map(([id, ids]) => [id, { users: some(ids, 'person'), groups: some(ids, 'group') }]),
  );
}
