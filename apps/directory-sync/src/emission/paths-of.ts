import type { GroupPath } from '@learnamp/contracts';
import { pathsFrom, type WantedState } from '@learnamp/directory';
import { loadTree } from '../group-tree/group-tree-store.ts';
import type { RunContext } from '../runs/run-context.ts';

type Context = Pick<RunContext, 'organisation' | 'stores' | 'trees'>;

// As in the schema: of a longer chain the groups nearest the person.
const LONGEST_PATH = 32;
const LONGEST_NAME = 256;

/** By which groups people are in scope, by what this run has read; of who leaves, by which they were before it. */
export async function pathsOf(context: Context, states: readonly WantedState[]): Promise<Map<string, GroupPath>> {
  const chains = await chainsOf(context, states);
  const names = await namesOf(context, new Set([...chains.values()].flat()));
  const step = (id: string) => ({ id, name: names.get(id)?.slice(0, LONGEST_NAME) ?? null });
  return new Map([...chains].map(([personId, chain]) => [personId, chain.map(step)]));
}

async function chainsOf({ organisation, stores, trees }: Context, states: readonly WantedState[]) {
  const rootId = organisation.microsoft.groupId;
  const now = pathsFrom(trees?.after ?? (await loadTree(stores.groupNodes, organisation.id)), rootId);
  const before = pathsFrom(trees?.before ?? new Map(), rootId);
  return new Map(
    states.flatMap(({ personId, active }) => {
      const chain = now(personId) ?? (active ? undefined : before(personId));
      return chain ? [[personId, chain.slice(-LONGEST_PATH)] as const] : [];
    }),
  );
}

/** As they were read by this run, else as they were saved. */
async function namesOf(
  { organisation, stores, trees }: Context,
  groupIds: ReadonlySet<string>,
): Promise<ReadonlyMap<string, string>> {
  const saved = await stores.groupNodes
    .find({ organisationId: organisation.id, groupId: { $in: [...groupIds] } }, 'groupId displayName')
    .lean();
  const known = saved.flatMap(({ groupId, displayName }) => (displayName ? [[groupId, displayName] as const] : []));
  return new Map([...known, ...(trees?.names ?? [])]);
}
