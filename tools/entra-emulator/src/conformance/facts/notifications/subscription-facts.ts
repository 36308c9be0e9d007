import type { Fact, FactGroup } from '../../fact.ts';
import { get } from '../../requests.ts';
import { creationFacts } from './creation-facts.ts';
import { lifeFacts } from './life-facts.ts';
import { subscribing } from './subscribing.ts';
import { ADELE, everything, groupsReader, membersReader, OUTER, openNotificationWorld } from './tenant.ts';

const valid: Fact[] = ['users', '/users', `users/${ADELE}`, 'groups', `groups/${OUTER}`].map((resource) => ({
  lines: ['1.1/5'],
  says: `takes the resource ${resource}`,
  ask: subscribing({ resource }),
  status: 201,
  values: { resource },
}));

const invalid: Fact[] = [
  "users?$filter=department eq 'Sales'",
  `groups/${OUTER}/transitiveMembers`,
  `groups/${OUTER}/members/${ADELE}`,
  `users/${ADELE}/manager`,
  'me',
  'devices',
  'users/adele@contoso.example',
  'https://graph.microsoft.com/v1.0/users',
].map((resource) => ({
  lines: [resource.startsWith('https') ? '1.1/1' : '1.1/5'],
  says: `refuses the resource ${resource}`,
  ask: subscribing({ resource }),
  status: 400,
  code: 'InvalidRequest',
}));

const ofGroups = ['groups', `groups/${OUTER}`, `groups/${OUTER}/members`, `groups/${OUTER}/owners`];

const permissions: Fact[] = [
  ...['users', `users/${ADELE}`].flatMap((resource): Fact[] => [
    {
      lines: ['1.1/4'],
      says: `lets User.Read.All subscribe to ${resource}`,
      ask: subscribing({ resource }, membersReader.appId),
      status: 201,
    },
    {
      lines: ['1.1/4'],
      says: `does not let Group.Read.All subscribe to ${resource}`,
      ask: subscribing({ resource }, groupsReader.appId),
      status: 403,
      code: 'Authorization_RequestDenied',
    },
  ]),
  ...ofGroups.flatMap((resource): Fact[] => [
    {
      lines: ['1.1/4', '1.1/5'],
      says: `lets Group.Read.All subscribe to ${resource}`,
      ask: subscribing({ resource }, groupsReader.appId),
      status: 201,
    },
    {
      lines: ['1.1/4'],
      says: `does not let GroupMember.Read.All subscribe to ${resource}`,
      ask: subscribing({ resource }, membersReader.appId),
      status: 403,
      code: 'Authorization_RequestDenied',
    },
  ]),
];

const tenants: Fact[] = [
  {
    lines: ['1.1/11'],
    says: 'is a tenant for employees, where users can be subscribed to; there are no others',
    ask: get('/organization?$select=tenantType'),
    status: 200,
    values: { 'value.0.tenantType': 'AAD' },
  },
  {
    lines: ['1.1/2'],
    says: 'calls the creator of a subscription by the id of the service principal',
    async ask(world) {
      const { body } = await world.call('GET', `/servicePrincipals?$filter=appId eq '${everything.appId}'`);
      const answer = await subscribing()(world);
      return { ...answer, body: { made: answer.body, principals: body } };
    },
    check: ({ body }) => {
      const { made, principals } = body as { made: { creatorId: string }; principals: { value: { id: string }[] } };
      return made.creatorId === principals.value[0]?.id ? undefined : `the creator is ${made.creatorId}`;
    },
  },
];

/** Who may subscribe to what, and how. */
export const subscriptionFacts: FactGroup = {
  title: 'subscriptions',
  world: () => openNotificationWorld(),
  facts: [...creationFacts, ...valid, ...invalid, ...permissions, ...tenants, ...lifeFacts],
};
