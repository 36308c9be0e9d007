import type { GroupEntry, MemberEntry, UserEntry } from '../directory/directory-file.ts';
import { stableGuid } from '../entra/tenants/stable-guid.ts';
import { departments } from './names.ts';
import type { Random } from './random.ts';

/** The name by which the root group is found when the file doesn't say its id. */
export const ROOT_GROUP_NAME = 'Learn Amp Users';

/** How many groups, and how deep; see the options of the generator. */
export interface GroupOptions {
  readonly people: number;
  readonly seed: number;
  readonly groups?: number;
  readonly depth?: number;
}

interface Node {
  readonly id: string;
  readonly level: number;
  readonly name: string;
  readonly members: Map<string, MemberEntry>;
}

/** Groups nested below a root, at least one of them as deep as asked, and the deepest containing one above it. */
export function generateGroups(options: GroupOptions, users: readonly UserEntry[], random: Random): GroupEntry[] {
  const count = Math.max(options.groups ?? Math.ceil(options.people / 40), 1);
  const depth = Math.min(options.depth ?? 4, count - 1);
  const nodes: Node[] = [];
  for (let index = 0; index < count; index += 1) nodes.push(nest(nodes, index, depth, options.seed, random));
  const [deepest, above] = [nodes[depth], nodes[Math.min(1, depth)]];
  if (deepest && above && deepest !== above) add(deepest, '#microsoft.graph.group', above.id);
  const outside: Node = { ...node(count, 0, options.seed), name: 'Outside Learn Amp' };
  for (const user of users) join(user, nodes, outside, random);
  return [...nodes, outside].map(toGroup);
}

function nest(nodes: readonly Node[], index: number, depth: number, seed: number, random: Random): Node {
  if (index === 0) return { ...node(0, 0, seed), name: ROOT_GROUP_NAME };
  // The first ones form the chain that reaches the depth; the others hang anywhere above it.
  const parent = index <= depth ? nodes[index - 1] : random.pick(nodes.filter(({ level }) => level < depth));
  const child = node(index, (parent?.level ?? 0) + 1, seed);
  if (parent) add(parent, '#microsoft.graph.group', child.id);
  return child;
}

function node(index: number, level: number, seed: number): Node {
  const [department] = departments[index % departments.length] ?? ['Group'];
  return { id: stableGuid(`group ${index} of ${seed}`), level, name: `${department} ${index}`, members: new Map() };
}

/** Nine in ten are below the root, and one in ten of those twice. */
function join(user: UserEntry, nodes: readonly Node[], outside: Node, random: Random): void {
  if (random.integer(10) === 0) {
    add(outside, '#microsoft.graph.user', user.id);
    return;
  }
  add(random.pick(nodes), '#microsoft.graph.user', user.id);
  if (random.integer(10) === 0) add(random.pick(nodes), '#microsoft.graph.user', user.id);
}

function add(group: Node, type: MemberEntry['@odata.type'], id: string): void {
  group.members.set(id, { '@odata.type': type, id });
}

function toGroup({ id, name, members }: Node): GroupEntry {
  return { id, displayName: name, securityEnabled: true, mailEnabled: false, members: [...members.values()] };
}
