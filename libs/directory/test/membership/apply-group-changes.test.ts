import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { applyGroupChanges, type GroupChange, type GroupTree } from '../../src/index.ts';

const treeOf = (users: readonly string[], groups: readonly string[] = []): GroupTree =>
  new Map([['g', { users: new Set(users), groups: new Set(groups) }]]);

const change = (...members: GroupChange['members'][number][]): GroupChange => ({
  groupId: 'g',
  deleted: false,
  members,
});

const memberChanges = fc.array(
  fc.record({
    kind: fc.constantFrom('user' as const, 'group' as const),
    id: fc.constantFrom('a', 'b', 'c', 'd'),
    removed: fc.boolean(),
  }),
);

describe('applyGroupChanges', () => {
  it('leaves each member as the last change about it says, however the changes are sliced', () => {
    fc.assert(
      fc.property(memberChanges, fc.nat(8), (changes, at) => {
        const before = treeOf(['a', 'b'], ['c']);
        const slices = [change(...changes.slice(0, at)), change(...changes.slice(at))];

        const after = applyGroupChanges(before, slices).get('g');

        for (const kind of ['user', 'group'] as const) {
          for (const id of ['a', 'b', 'c', 'd']) {
            const last = changes.filter((member) => member.kind === kind && member.id === id).at(-1);
            const started = kind === 'user' ? ['a', 'b'].includes(id) : id === 'c';
            const has = (kind === 'user' ? after?.users : after?.groups)?.has(id);
            expect(has).toBe(last ? !last.removed : started);
          }
        }
      }),
    );
  });

  it('empties a group that was deleted', () => {
    const after = applyGroupChanges(treeOf(['a'], ['x']), [{ groupId: 'g', deleted: true, members: [] }]);

    expect(after.get('g')).toEqual({ users: new Set(), groups: new Set() });
  });

  it('leaves out changes of groups that are not in the tree', () => {
    const other = { groupId: 'other', deleted: false, members: [{ kind: 'user', id: 'a', removed: false } as const] };

    expect([...applyGroupChanges(treeOf([]), [other]).keys()]).toEqual(['g']);
  });

  it('does not touch the tree it was given', () => {
    const before = treeOf(['a']);

    applyGroupChanges(before, [change({ kind: 'user', id: 'a', removed: true })]);

    expect([...(before.get('g')?.users ?? [])]).toEqual(['a']);
  });
});
