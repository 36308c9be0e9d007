import type { Fact, FactGroup } from '../../fact.ts';
import { openFactWorld } from '../../fact-world.ts';
import { after, get, patch, remove } from '../../requests.ts';
import { contoso, group, groupId } from '../contoso.ts';
import { microsoft365 } from './new-group.ts';

const directory = contoso(
  [],
  [
    group(1),
    group(2, [], { ...microsoft365, mailNickname: 'sales' }),
    group(3, [], { mailEnabled: true, securityEnabled: false }),
    group(4, [], { onPremisesSyncEnabled: true }),
    group(6, [], { groupTypes: ['DynamicMembership'], membershipRule: 'user.department -eq "Sales"' }),
  ],
);

function refusesChange(says: string, id: string, change: object, message: RegExp): Fact {
  return {
    lines: ['8/1'],
    says,
    ask: patch(`/groups/${id}`, change),
    status: 400,
    code: 'Request_BadRequest',
    values: { 'error.message': message },
  };
}

/** How groups are changed and deleted. */
export const groupChangeFacts: FactGroup = {
  title: 'changing groups',
  world: () => openFactWorld({ directory }),
  facts: [
    {
      lines: ['8/1'],
      says: 'changes a group',
      ask: after(
        patch(`/groups/${groupId(1)}`, { displayName: 'Renamed', description: null }),
        get(`/groups/${groupId(1)}`),
      ),
      values: { displayName: 'Renamed', description: null },
    },
    refusesChange(
      'makes no Microsoft 365 group of a security group',
      groupId(1),
      { groupTypes: ['Unified'] },
      /groupTypes/,
    ),
    refusesChange(
      'makes no distribution list of a security group',
      groupId(1),
      { mailEnabled: true },
      /^Cannot Update a mail-enabled/,
    ),
    refusesChange('takes the mail from no Microsoft 365 group', groupId(2), { mailEnabled: false }, /mailEnabled/),
    refusesChange('lets no group be for roles afterwards', groupId(1), { isAssignableToRole: true }, /read-only/),
    refusesChange(
      'hides the members of no group afterwards',
      groupId(2),
      { visibility: 'HiddenMembership' },
      /visibility/,
    ),
    refusesChange(
      'leaves a distribution list to Exchange',
      groupId(3),
      { description: 'x' },
      /^Cannot Update a mail-enabled/,
    ),
    refusesChange(
      'leaves a group to its directory on premises',
      groupId(4),
      { description: 'x' },
      /on-premises mastered/,
    ),
    {
      lines: ['3/9'],
      says: 'answers 501 to a change of a rule',
      ask: patch(`/groups/${groupId(6)}`, { membershipRule: 'user.city -eq "Lund"' }),
      status: 501,
      code: 'NotImplemented',
    },
    {
      lines: ['1.4/3'],
      says: 'puts a deleted Microsoft 365 group into the recycle bin',
      ask: after(remove(`/groups/${groupId(2)}`), get(`/directory/deletedItems/${groupId(2)}`)),
      status: 200,
      values: { id: groupId(2) },
    },
    {
      lines: ['1.4/3'],
      says: 'deletes a security group for good',
      ask: after(remove(`/groups/${groupId(1)}`), get(`/directory/deletedItems/${groupId(1)}`)),
      status: 404,
      code: 'Request_ResourceNotFound',
    },
  ],
};
