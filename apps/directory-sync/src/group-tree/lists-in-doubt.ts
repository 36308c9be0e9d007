import { believeList, type DirectMembers, type GroupTree, type Shortage } from '@learnamp/directory';
import type { GroupNode } from '@learnamp/sync-state';
import type { Model } from 'mongoose';
import type { RunContext } from '../runs/run-context.ts';

/** What a run makes of lists of members that are shorter than Graph's own count of them. */
export class ListsInDoubt {
  /** Of every group that was read: what is the matter with its list, to be kept with it. */
  readonly shortages = new Map<string, Shortage | null>();
  readonly #before: GroupTree;
  readonly #known: ReadonlyMap<string, Shortage>;
  readonly #context: Pick<RunContext, 'clock' | 'timings'>;

  /** `before`: the tree that lists may not take anybody out of while they are in doubt. */
  constructor(context: Pick<RunContext, 'clock' | 'timings'>, before: GroupTree, known: ReadonlyMap<string, Shortage>) {
    this.#context = context;
    this.#before = before;
    this.#known = known;
  }

  /** The members of a group by the list that was read of it. */
  believed(groupId: string, read: DirectMembers, shortBy: number): DirectMembers {
    const { clock, timings } = this.#context;
    const [before, known] = [this.#before.get(groupId), this.#known.get(groupId) ?? null];
    const reading = { before, read, shortBy, known, now: clock(), minimumMs: timings.shortListProof };
    const { members, shortage } = believeList(reading);
    this.shortages.set(groupId, shortage);
    return members;
  }

  /** Groups whose lists are not believed yet: to be read again. */
  get groupIds(): string[] {
    return [...this.shortages].filter(([, shortage]) => shortage && !shortage.believed).map(([groupId]) => groupId);
  }
}

/** What was the matter with lists when they were read last. */
export async function loadShortages(
  model: Model<GroupNode>,
  organisationId: string,
): Promise<ReadonlyMap<string, Shortage>> {
  const nodes = await model.find({ organisationId, shortage: { $type: 'object' } }, { groupId: 1, shortage: 1 }).lean();
  return new Map(nodes.flatMap(({ groupId, shortage }) => (shortage ? [[groupId, shortage] as const] : [])));
}
