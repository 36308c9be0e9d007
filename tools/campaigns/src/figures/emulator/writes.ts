import { portrait } from '@learnamp/entra-emulator';
import type { WriteStep } from './history.ts';
import { CONTACT, DEVICE, DOMAIN } from './organisation.ts';
import { RECYCLE_BIN, type Answer, type Row, type TestGraph } from './test-graph.ts';

/** Makes one write. What it needs is looked up through Graph; without anything to pick it does nothing. */
type Write = (graph: TestGraph, pick: Pick) => Promise<Answer | undefined>;

interface Pick {
  /** Any item of a list of Graph's; undefined when it is empty. */
  from(address: string): Promise<Row | undefined>;
  /** Any of the values. */
  of<Value>(...values: readonly Value[]): Value;
  /** A number that only this step has. */
  readonly number: number;
}

const USERS = '/users?$select=id';
const GROUPS = '/groups?$select=id';

const reference = ({ id }: Row): object => ({ '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${id}` });

const writes = {
  'create a user': (graph, pick) => {
    const userPrincipalName = `new${pick.number}@${DOMAIN}`;
    const password = { password: 'Correct-Horse-7-Battery' };
    return graph.call('POST', '/users', {
      body: {
        displayName: `New ${pick.number}`,
        accountEnabled: true,
        mailNickname: `new${pick.number}`,
        userPrincipalName,
        passwordProfile: password,
      },
    });
  },
  'change a user': async (graph, pick) => {
    const property = pick.of('displayName', 'department', 'jobTitle', 'accountEnabled', 'businessPhones');
    const values = {
      displayName: `Name ${pick.number}`,
      department: `Department ${pick.number}`,
      jobTitle: `Title ${pick.number}`,
      accountEnabled: pick.number % 2 === 0,
      businessPhones: [`+44 ${pick.number}`],
    };
    return patch(graph, '/users', await pick.from(USERS), { [property]: values[property] });
  },
  'clear a property of a user': async (graph, pick) =>
    patch(graph, '/users', await pick.from(USERS), pick.of<object>({ department: null }, { jobTitle: null })),
  'rename a user': async (graph, pick) =>
    patch(graph, '/users', await pick.from(USERS), { userPrincipalName: `renamed${pick.number}@${DOMAIN}` }),
  'delete a user': async (graph, pick) => remove(graph, '/users', await pick.from(USERS)),
  'change a photo': async (graph, pick) => {
    const user = await pick.from(USERS);
    return user && graph.call('PUT', `/users/${user.id}/photo/$value`, { body: portrait(1, 48) });
  },
  'set a manager': async (graph, pick) => {
    const [user, manager] = [await pick.from(USERS), await pick.from(USERS)];
    return user && manager && graph.call('PUT', `/users/${user.id}/manager/$ref`, { body: reference(manager) });
  },
  'make a contact a manager': async (graph, pick) => {
    const user = await pick.from(USERS);
    return user && graph.call('PUT', `/users/${user.id}/manager/$ref`, { body: reference({ id: CONTACT }) });
  },
  'clear a manager': async (graph, pick) => {
    const user = await pick.from(USERS);
    return user && graph.call('DELETE', `/users/${user.id}/manager/$ref`);
  },
  'create a group': (graph, pick) => {
    const groupTypes = pick.of<string[]>([], ['Unified']);
    const [mailEnabled, securityEnabled] = [groupTypes.length > 0, groupTypes.length === 0];
    const mailNickname = `group${pick.number}`;
    return graph.call('POST', '/groups', {
      body: { displayName: `New group ${pick.number}`, mailNickname, mailEnabled, securityEnabled, groupTypes },
    });
  },
  'change a group': async (graph, pick) =>
    patch(
      graph,
      '/groups',
      await pick.from(GROUPS),
      pick.of<object>(
        { displayName: `Group name ${pick.number}` },
        { description: `Text ${pick.number}` },
        { description: null },
      ),
    ),
  'delete a group': async (graph, pick) => remove(graph, '/groups', await pick.from(GROUPS)),
  'add a person to a group': (graph, pick) => add(graph, pick, 'members', USERS),
  'add a device or a contact to a group': async (graph, pick) => {
    const group = await pick.from(GROUPS);
    const body = reference({ id: pick.of(DEVICE, CONTACT) });
    return group && graph.call('POST', `/groups/${group.id}/members/$ref`, { body });
  },
  'add a group to a group': (graph, pick) => add(graph, pick, 'members', GROUPS),
  'remove a member': (graph, pick) => removeFromGroup(graph, pick, 'members'),
  'add an owner': (graph, pick) => add(graph, pick, 'owners', USERS),
  'remove an owner': (graph, pick) => removeFromGroup(graph, pick, 'owners'),
  'restore a deleted object': async (graph, pick) => {
    const item = await pick.from(pick.of(...RECYCLE_BIN));
    return item && graph.call('POST', `/directory/deletedItems/${item.id}/restore`, { body: {} });
  },
  'delete an object for good': async (graph, pick) => {
    const item = await pick.from(pick.of(...RECYCLE_BIN));
    return item && graph.call('DELETE', `/directory/deletedItems/${item.id}`);
  },
} satisfies Record<string, Write>;

export type WriteName = keyof typeof writes;

export const writeNames = Object.keys(writes) as WriteName[];

/** Makes the write of a step; `number` is a number that no other step has. False when Graph refuses it. */
export async function performWrite(graph: TestGraph, { write, picks }: WriteStep, number: number): Promise<boolean> {
  let next = 0;
  const drawn = (): number => picks[next++ % picks.length] ?? 0;
  const perform: Write = writes[write];
  const answer = await perform(graph, {
    number,
    async from(address) {
      const rows = await graph.list(address);
      return rows[drawn() % rows.length];
    },
    of(...values) {
      return values[drawn() % values.length] as (typeof values)[number];
    },
  });
  return answer !== undefined && answer.status < 300;
}

function patch(graph: TestGraph, collection: string, object: Row | undefined, body: object): ReturnType<Write> {
  return object ? graph.call('PATCH', `${collection}/${object.id}`, { body }) : Promise.resolve(undefined);
}

function remove(graph: TestGraph, collection: string, object: Row | undefined): ReturnType<Write> {
  return object ? graph.call('DELETE', `${collection}/${object.id}`) : Promise.resolve(undefined);
}

type GroupLink = 'members' | 'owners';

async function add(graph: TestGraph, pick: Pick, link: GroupLink, targets: string): ReturnType<Write> {
  const [group, target] = [await pick.from(GROUPS), await pick.from(targets)];
  return group && target && graph.call('POST', `/groups/${group.id}/${link}/$ref`, { body: reference(target) });
}

async function removeFromGroup(graph: TestGraph, pick: Pick, link: GroupLink): ReturnType<Write> {
  const group = await pick.from(GROUPS);
  const target = group && (await pick.from(`/groups/${group.id}/${link}?$select=id`));
  return target && graph.call('DELETE', `/groups/${group.id}/${link}/${target.id}/$ref`);
}
