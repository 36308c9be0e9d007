import { portrait } from '@learnamp/entra-emulator';
import type { SimulatedGraph } from '../simulation/graph/simulated-graph.ts';
import { CONTACT, DEPARTMENTS, DOMAIN, isBystander, ROOT, STAYER } from './company.ts';

/** Something that is done to a directory; what is drawn decides to whom. */
export interface WriteStep {
  readonly write: WriteName;
  readonly picks: readonly number[];
}

interface Pick {
  of<Item>(items: readonly Item[]): Item | undefined;
  /** A number that only this step has. */
  readonly number: number;
}

/** Statuses of the calls that were made. */
type Write = (graph: SimulatedGraph, pick: Pick) => Promise<readonly number[]>;

const writes = {
  'create a person': async (graph, pick) => {
    const id = await create(graph, pick, `new${pick.number}@${DOMAIN}`);
    const group = pick.of(groups(graph));
    return id && group ? [await addMember(graph, group, id)] : [];
  },
  // Somebody new, by the name of somebody who is gone: rehired, or a namesake.
  'hire by a name that was freed': async (graph, pick) => {
    const gone = pick.of(deleted(graph, 'user'));
    const name = gone && graph.directory.findEvenDeleted(gone)?.properties['userPrincipalName'];
    const id = typeof name === 'string' ? await create(graph, pick, name) : undefined;
    return id ? [await addMember(graph, ROOT, id)] : [];
  },
  // At once, so that both go by one name until the first one's deletion is proved.
  'replace a person by a namesake': async (graph, pick) => {
    const gone = pick.of(movable(graph));
    const name = gone && graph.directory.find(gone)?.properties['userPrincipalName'];
    if (!gone || typeof name !== 'string') return [];
    await status(graph, 'DELETE', `/users/${gone}`);
    const id = await create(graph, pick, name);
    return id ? [await addMember(graph, ROOT, id)] : [];
  },
  'change a detail': (graph, pick) => patch(graph, pick.of(users(graph)), { jobTitle: `Title ${pick.number % 3}` }),
  'change a department': (graph, pick) =>
    patch(graph, pick.of(users(graph)), { department: pick.of(DEPARTMENTS) ?? null }),
  'change a name': (graph, pick) =>
    patch(graph, pick.of(users(graph)), { givenName: pick.of(['Ada', 'Bo', ' ']), displayName: `Name ${pick.number}` }),
  'clear a detail': (graph, pick) =>
    patch(graph, pick.of(users(graph)), pick.of<object>([{ jobTitle: null }, { department: null }, { surname: null }])),
  rename: (graph, pick) =>
    patch(graph, pick.of(users(graph)), { userPrincipalName: `renamed${pick.number}@${DOMAIN}` }),
  disable: (graph, pick) => patch(graph, pick.of(movable(graph)), { accountEnabled: false }),
  // The same picks twice undo it.
  'disable or enable': (graph, pick) => {
    const id = pick.of(movable(graph));
    const accountEnabled = !(id && graph.directory.find(id)?.properties['accountEnabled']);
    return patch(graph, id, { accountEnabled });
  },
  enable: (graph, pick) => patch(graph, pick.of(users(graph)), { accountEnabled: true }),
  'delete a person': async (graph, pick) => {
    const id = pick.of(movable(graph));
    return id ? [await status(graph, 'DELETE', `/users/${id}`)] : [];
  },
  restore: async (graph, pick) => {
    const id = pick.of([...deleted(graph, 'user'), ...deleted(graph, 'group')]);
    return id ? [await status(graph, 'POST', `/directory/deletedItems/${id}/restore`, {})] : [];
  },
  'delete for good': async (graph, pick) => {
    const id = pick.of([...deleted(graph, 'user'), ...deleted(graph, 'group')]);
    return id ? [await status(graph, 'DELETE', `/directory/deletedItems/${id}`)] : [];
  },
  'set a manager': async (graph, pick) => {
    const [person, manager] = [pick.of(users(graph)), pick.of([...users(graph), CONTACT])];
    if (!person || !manager) return [];
    return [await status(graph, 'PUT', `/users/${person}/manager/$ref`, reference(manager))];
  },
  'clear a manager': async (graph, pick) => {
    const id = pick.of(users(graph));
    return id ? [await status(graph, 'DELETE', `/users/${id}/manager/$ref`)] : [];
  },
  'change a photo': async (graph, pick) => {
    const id = pick.of(users(graph));
    return id ? [await status(graph, 'PUT', `/users/${id}/photo/$value`, portrait(pick.number, 48))] : [];
  },
  'remove a photo': async (graph, pick) => {
    const id = pick.of(users(graph));
    return id ? [await status(graph, 'DELETE', `/users/${id}/photo/$value`)] : [];
  },
  join: async (graph, pick) => {
    const [group, person] = [pick.of(groups(graph)), pick.of(users(graph))];
    return group && person ? [await addMember(graph, group, person)] : [];
  },
  leave: async (graph, pick) => {
    const person = pick.of(movable(graph));
    const group = person && pick.of([...graph.directory.groupIdsOf(person)]);
    return person && group ? [await removeMember(graph, group, person)] : [];
  },
  'leave every group': async (graph, pick) => {
    const person = pick.of(movable(graph));
    if (!person) return [];
    return each([...graph.directory.groupIdsOf(person)], (group) => removeMember(graph, group, person));
  },
  move: async (graph, pick) => {
    const person = pick.of(movable(graph));
    const [from, to] = [person && pick.of([...graph.directory.groupIdsOf(person)]), pick.of(groups(graph))];
    if (!person || !from || !to || from === to) return [];
    return [await addMember(graph, to, person), await removeMember(graph, from, person)];
  },
  'create a group': async (graph, pick) => {
    const body = { displayName: `New ${pick.number}`, mailNickname: `g${pick.number}`, securityEnabled: true };
    const answer = await graph.call('POST', '/groups', { ...body, mailEnabled: false, groupTypes: [] });
    const id = (answer.body as { id?: string } | undefined)?.id;
    const [outer, person] = [pick.of(groups(graph)), pick.of(users(graph))];
    if (!id || !outer) return [];
    return [await addMember(graph, outer, id), ...(person ? [await addMember(graph, id, person)] : [])];
  },
  nest: async (graph, pick) => {
    const [outer, inner] = [pick.of(groups(graph)), pick.of(groups(graph))];
    return outer && inner && outer !== inner ? [await addMember(graph, outer, inner)] : [];
  },
  'take a group out': async (graph, pick) => {
    const outer = pick.of(groups(graph));
    const inner = outer && pick.of([...graph.directory.memberIds(outer)].filter((id) => isGroup(graph, id)));
    return outer && inner ? [await removeMember(graph, outer, inner)] : [];
  },
  'delete a group': async (graph, pick) => {
    const id = pick.of(groups(graph).filter((group) => group !== ROOT));
    return id ? [await status(graph, 'DELETE', `/groups/${id}`)] : [];
  },
  'empty a group': async (graph, pick) => {
    const group = pick.of(groups(graph));
    if (!group) return [];
    const members = [...graph.directory.memberIds(group)].filter((id) => id !== STAYER);
    return each(members, (member) => removeMember(graph, group, member));
  },
  'fill a group': async (graph, pick) => {
    const group = pick.of(groups(graph));
    return group ? each(users(graph).slice(0, 8), (person) => addMember(graph, group, person)) : [];
  },
} satisfies Record<string, Write>;

export type WriteName = keyof typeof writes;

export const writeNames = Object.keys(writes) as WriteName[];

/** Makes the write of a step. False when there was nothing to do it to, or Graph refused it. */
export async function performWrite(graph: SimulatedGraph, step: WriteStep, number: number): Promise<boolean> {
  let next = 0;
  const perform: Write = writes[step.write];
  const statuses = await perform(graph, {
    number,
    of: (items) => items[(step.picks[next++ % step.picks.length] ?? 0) % items.length],
  });
  return statuses.some((code) => code < 300);
}

const alive = (graph: SimulatedGraph, kind: 'user' | 'group') =>
  graph.directory.everyId(kind).filter((id) => graph.directory.find(id) && !isBystander(id));
const users = (graph: SimulatedGraph) => alive(graph, 'user');
const groups = (graph: SimulatedGraph) => alive(graph, 'group');
const movable = (graph: SimulatedGraph) => users(graph).filter((id) => id !== STAYER);
const isGroup = (graph: SimulatedGraph, id: string) => graph.directory.findEvenDeleted(id)?.kind === 'group';
const deleted = (graph: SimulatedGraph, kind: 'user' | 'group') =>
  graph.directory
    .everyId(kind)
    .filter((id) => !graph.directory.find(id) && graph.directory.findEvenDeleted(id) !== undefined);

const reference = (id: string) => ({ '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${id}` });

async function status(graph: SimulatedGraph, method: string, address: string, body?: object): Promise<number> {
  return (await graph.call(method, address, body)).status;
}

const addMember = (graph: SimulatedGraph, group: string, id: string) =>
  status(graph, 'POST', `/groups/${group}/members/$ref`, reference(id));
const removeMember = (graph: SimulatedGraph, group: string, id: string) =>
  status(graph, 'DELETE', `/groups/${group}/members/${id}/$ref`);

async function each(ids: readonly string[], call: (id: string) => Promise<number>): Promise<number[]> {
  const statuses: number[] = [];
  for (const id of ids) statuses.push(await call(id));
  return statuses;
}

async function patch(graph: SimulatedGraph, id: string | undefined, body: object | undefined): Promise<number[]> {
  return id && body ? [await status(graph, 'PATCH', `/users/${id}`, body)] : [];
}

async function create(graph: SimulatedGraph, pick: Pick, userPrincipalName: string): Promise<string | undefined> {
  const answer = await graph.call('POST', '/users', {
    displayName: `New ${pick.number}`,
    accountEnabled: true,
    mailNickname: `new${pick.number}`,
    userPrincipalName,
    passwordProfile: { password: 'Correct-Horse-7-Battery' },
  });
  return (answer.body as { id?: string } | undefined)?.id;
}
