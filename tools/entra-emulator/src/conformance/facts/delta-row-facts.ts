import { portrait } from '../../generate/portrait.ts';
import { at } from '../check-fact.ts';
import type { Fact, FactAnswer, FactGroup } from '../fact.ts';
import { openFactWorld, type FactWorld } from '../fact-world.ts';
import { get, patch, put, remove } from '../requests.ts';
import { contoso, group, groupId, user, userId } from './contoso.ts';
import { after, deltaLink, round, rowsOf, says, whole } from './delta-walk.ts';

const extension = (name: string): string => `extension_0123456789abcdef0123456789abcdef_${name}`;

/** The user whose properties change. */
const changing = userId(20);

const directory = contoso(
  [
    ...Array.from({ length: 9 }, (_, n) => user(n + 1)),
    user(10, { manager: { id: userId(1) } }),
    user(20, {
      department: 'Sales',
      mail: null,
      [extension('costCentre')]: 'A',
      [extension('building')]: 'B',
      [extension('floor')]: 3,
    }),
  ],
  [
    group(1, [userId(1), groupId(2)]),
    group(2, [userId(2)]),
    group(3),
    group(4, [1, 2, 3, 4, 5, 6, 7, 8, 9].map(userId)),
    group(5, [userId(3)], { groupTypes: ['Unified'], mailEnabled: true }),
    group(6, [userId(4)]),
  ],
);

const ofUser = (n: number): object => ({ '@odata.type': '#microsoft.graph.user', id: userId(n) });
const gone = (n: number): object => ({ ...ofUser(n), '@removed': { reason: 'deleted' } });

function addMember(n: number, member: number): Fact['ask'] {
  const reference = { '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${userId(member)}` };
  return (world) => world.call('POST', `/groups/${groupId(n)}/members/$ref`, { body: reference });
}

function setManager(n: number, manager: number): Fact['ask'] {
  return put(`/users/${userId(n)}/manager/$ref`, {
    '@odata.id': `https://graph.microsoft.com/v1.0/users/${userId(manager)}`,
  });
}

async function purge(world: FactWorld, n: number): Promise<FactAnswer> {
  await remove(`/users/${userId(n)}`)(world);
  return remove(`/directory/deletedItems/${userId(n)}`)(world);
}

/** What rounds say of objects, their links and their ends. */
export const deltaRowFacts: FactGroup = {
  title: 'delta rows',
  world: () => openFactWorld({ directory, delta: { linksPerPage: 4 } }),
  facts: [
    {
      lines: ['2/8'],
      says: 'lists direct members of every type, and not those of groups inside',
      ask: whole('/groups/delta?$select=members'),
      check: says(groupId(1), {
        'members@delta': [ofUser(1), { '@odata.type': '#microsoft.graph.group', id: groupId(2) }],
      }),
    },
    {
      lines: ['2/8'],
      says: 'shows who came as an item without @removed',
      ask: after('/groups/delta?$select=members', addMember(2, 5)),
      check: says(groupId(2), { 'members@delta': [ofUser(5)] }),
    },
    {
      lines: ['2/8'],
      says: 'shows who left as deleted, although the user lives on',
      ask: after('/groups/delta?$select=members', remove(`/groups/${groupId(2)}/members/${userId(2)}/$ref`)),
      check: (answer, world) =>
        world.emulator.directory.find(userId(2)) === undefined
          ? 'the user is gone'
          : says(groupId(2), { 'members@delta': [gone(2)] })(answer, world),
    },
    {
      lines: ['2/9'],
      says: 'has no key at all for a group without members',
      ask: whole('/groups/delta?$select=displayName,members'),
      check: says(groupId(3), { displayName: 'Group 3' }),
    },
    {
      lines: ['2/10', '2/6'],
      says: 'shows a manager as an array of one, by type and id alone',
      ask: whole('/users/delta?$select=manager'),
      check: says(userId(10), { 'manager@delta': [ofUser(1)] }),
    },
    {
      lines: ['2/10'],
      says: 'shows a change of manager as one who went and one who came',
      ask: after('/users/delta?$select=manager', setManager(10, 2)),
      check: says(userId(10), { 'manager@delta': [gone(1), ofUser(2)] }),
    },
    {
      lines: ['2/10'],
      says: 'shows a manager who was taken away as one who went',
      ask: after('/users/delta?$select=manager', remove(`/users/${userId(10)}/manager/$ref`)),
      check: says(userId(10), { 'manager@delta': [gone(2)] }),
    },
    {
      lines: ['2/10'],
      says: 'has no key at all for a user without a manager',
      ask: whole('/users/delta?$select=manager'),
      check: says(userId(3), {}),
    },
    {
      lines: ['2/10', '2/5'],
      says: 'makes no row of a change of manager when that is not selected',
      ask: after('/users/delta', setManager(10, 3)),
      check: says(userId(10)),
    },
    {
      lines: ['2/11'],
      says: 'shows a large group again and again, with a slice of its members each',
      ask: whole('/groups/delta?$select=members'),
      check(answer) {
        const slices = rowsOf(answer, groupId(4)).map((row) => row['members@delta'] as readonly unknown[]);
        const members = new Set(slices.flat().map((member) => at(member, 'id')));
        const fits = slices.every(({ length }) => length <= 4);
        return slices.length > 2 && fits && members.size === 9 ? undefined : JSON.stringify(slices);
      },
    },
    {
      lines: ['2/11'],
      says: 'shows all properties of a large group with each slice',
      ask: whole('/groups/delta?$select=displayName,members'),
      check: (answer) =>
        rowsOf(answer, groupId(4)).every((row) => row['displayName'] === 'Group 4') ? undefined : 'a bare slice',
    },
    {
      lines: ['2/12', '2/13'],
      says: 'shows a user in the recycle bin as changed',
      ask: after('/users/delta?$select=displayName', remove(`/users/${userId(6)}`)),
      check: says(userId(6), { '@removed': { reason: 'changed' } }),
    },
    {
      lines: ['2/12'],
      says: 'lists a user in the recycle bin in a first round',
      ask: whole('/users/delta?$select=displayName'),
      check: says(userId(6), { '@removed': { reason: 'changed' } }),
    },
    {
      lines: ['2/12'],
      says: 'shows a user who was restored as if new, with all that is selected',
      ask: after('/users/delta?$select=displayName,accountEnabled', (world) =>
        world.call('POST', `/directory/deletedItems/${userId(6)}/restore`),
      ),
      check: says(userId(6), { displayName: 'User 6', accountEnabled: true }),
    },
    {
      lines: ['2/12'],
      says: 'shows a user who is gone for good as deleted',
      ask: after('/users/delta?$select=displayName', (world) => purge(world, 7)),
      check: says(userId(7), { '@removed': { reason: 'deleted' } }),
    },
    {
      lines: ['2/12'],
      says: 'may list a user who is gone for good in a first round',
      ask: whole('/users/delta?$select=displayName'),
      check: says(userId(7), { '@removed': { reason: 'deleted' } }),
    },
    {
      lines: ['2/12'],
      says: 'shows a Microsoft 365 group in the recycle bin as changed',
      ask: after('/groups/delta', remove(`/groups/${groupId(5)}`)),
      check: says(groupId(5), { '@removed': { reason: 'changed' } }),
    },
    {
      lines: ['2/12'],
      says: 'shows a restored group as if new, with its members',
      ask: after('/groups/delta?$select=members', (world) =>
        world.call('POST', `/directory/deletedItems/${groupId(5)}/restore`),
      ),
      check: says(groupId(5), { 'members@delta': [ofUser(3)] }),
    },
    {
      lines: ['2/12'],
      says: 'shows a security group that was deleted as deleted',
      ask: after('/groups/delta', remove(`/groups/${groupId(3)}`)),
      check: says(groupId(3), { '@removed': { reason: 'deleted' } }),
    },
    {
      lines: ['2/13'],
      says: 'says nothing of a group whose member went into the recycle bin',
      ask: after('/groups/delta?$select=members', remove(`/users/${userId(4)}`)),
      check: says(groupId(6)),
    },
    {
      lines: ['2/13'],
      says: 'lists a member in the recycle bin as a member',
      ask: whole('/groups/delta?$select=members'),
      check: says(groupId(6), { 'members@delta': [ofUser(4)] }),
    },
    {
      lines: ['2/13'],
      says: 'shows a member who is gone for good as one who left',
      ask: after('/groups/delta?$select=members', remove(`/directory/deletedItems/${userId(4)}`)),
      check: says(groupId(6), { 'members@delta': [gone(4)] }),
    },
    {
      lines: ['2/13'],
      says: 'shows when an account is disabled',
      ask: after('/users/delta?$select=accountEnabled', patch(`/users/${userId(8)}`, { accountEnabled: false })),
      check: says(userId(8), { accountEnabled: false }),
    },
    {
      lines: ['2/14'],
      says: 'leaves out what was never set, and shows what was cleared as null',
      ask: whole('/users/delta?$select=department,mail,city'),
      check: says(changing, { department: 'Sales', mail: null }),
    },
    {
      lines: ['2/14'],
      says: 'repeats values that did not change',
      ask: after('/users/delta?$select=department,city', patch(`/users/${changing}`, { city: 'Rome' })),
      check: says(changing, { department: 'Sales', city: 'Rome' }),
    },
    {
      lines: ['2/14'],
      says: 'shows what was cleared since as null',
      ask: after('/users/delta?$select=city', patch(`/users/${changing}`, { city: null })),
      check: says(changing, { city: null }),
    },
    {
      lines: ['2/14'],
      says: 'leaves out values that did not change for Prefer: return=minimal',
      ask: after('/users/delta?$select=department,city', patch(`/users/${changing}`, { city: 'Oslo' }), {
        prefer: 'return=minimal',
      }),
      check: says(changing, { city: 'Oslo' }),
    },
    {
      lines: ['2/14'],
      says: 'leaves it to each call to prefer return=minimal',
      async ask(world) {
        const link = deltaLink(await round(world, '/users/delta?$select=department,city'));
        await patch(`/users/${changing}`, { city: 'Kyiv' })(world);
        await round(world, link, { prefer: 'return=minimal' });
        return round(world, link);
      },
      check: says(changing, { department: 'Sales', city: 'Kyiv' }),
    },
    {
      lines: ['2/15'],
      says: 'brings all directory extensions of a type along when one of them changes',
      ask: after(
        `/users/delta?$select=${extension('costCentre')}`,
        patch(`/users/${changing}`, { [extension('costCentre')]: 'Z' }),
      ),
      check: says(changing, { [extension('costCentre')]: 'Z', [extension('building')]: 'B' }),
    },
    {
      lines: ['2/15'],
      says: 'brings them along for return=minimal too, and none of another type',
      ask: after(
        `/users/delta?$select=${extension('costCentre')},${extension('floor')},department`,
        patch(`/users/${changing}`, { [extension('costCentre')]: 'Y' }),
        { prefer: 'return=minimal' },
      ),
      check: says(changing, { [extension('costCentre')]: 'Y', [extension('building')]: 'B' }),
    },
    {
      lines: ['2/15'],
      says: 'makes no row of a change to an extension that is not selected',
      ask: after(
        `/users/delta?$select=${extension('costCentre')}`,
        patch(`/users/${changing}`, { [extension('floor')]: 4 }),
      ),
      check: says(changing),
    },
    {
      lines: ['2/15'],
      says: 'does not select open extensions',
      ask: get('/users/delta?$select=extensions'),
      status: 400,
    },
    {
      lines: ['2/15'],
      says: 'does not select schema extensions',
      ask: get('/users/delta?$select=contoso_training'),
      status: 400,
    },
    {
      lines: ['2/16'],
      says: 'does not select what is kept outside the directory',
      ask: get('/users/delta?$select=skills'),
      status: 501,
    },
    {
      lines: ['2/16'],
      says: 'makes no row of a new photo',
      ask: after('/users/delta', (world) =>
        put(`/users/${userId(9)}/photo/$value`, portrait(1), { 'content-type': 'image/png' })(world),
      ),
      check: says(userId(9)),
    },
  ],
};
