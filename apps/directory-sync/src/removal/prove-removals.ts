import { hashOf, proveLeft, removedState, type WantedState } from '@learnamp/directory';
import { batch } from '@learnamp/graph-client';
import { type DecidedState, emitStates } from '../emission/emit-states.ts';
import type { RunContext } from '../runs/run-context.ts';
import type { RunReporter } from '../runs/run-reporter.ts';
import { noteMissing } from '../runs/note-missing.ts';

/** What a fresh question about a person's membership was answered with. */
export type MembershipAnswer = 'member' | 'not-member' | 'missing' | 'unknown';

/** Asks `checkMemberGroups` on the root group for each person, nested groups included. */
export async function askMembership(
  { graph, organisation }: Pick<RunContext, 'graph' | 'organisation'>,
  personIds: readonly string[],
): Promise<Map<string, MembershipAnswer>> {
  const rootId = organisation.microsoft.groupId;
  const answers = await batch(
    graph,
    personIds.map((personId) => ({
      method: 'POST' as const,
      url: `/users/${personId}/checkMemberGroups`,
      body: { groupIds: [rootId] },
    })),
  );
  return new Map(personIds.map((personId, index) => [personId, membershipOf(answers[index], rootId)]));
}

function membershipOf(answer: { status: number; body: unknown } | undefined, rootId: string): MembershipAnswer {
  if (answer?.status === 404) return 'missing';
  const groups = (answer?.body as { value?: unknown } | undefined)?.value;
  if (answer?.status !== 200 || !Array.isArray(groups)) return 'unknown';
  return groups.some((id) => String(id).toLowerCase() === rootId.toLowerCase()) ? 'member' : 'not-member';
}

/**
 * Deactivates the people who are proved to have left; `last` is what is known of each. Whoever isn't proved stays as
 * they are, and is asked about again by the next run: a list without them proves nothing. Returns how many these are.
 */
export async function removeLeavers(
  context: RunContext,
  run: Pick<RunReporter, 'runId' | 'counts'>,
  last: ReadonlyMap<string, WantedState>,
  members: ReadonlySet<string>,
): Promise<number> {
  if (last.size === 0) return 0;
  const knownMember = await findKnownMember(context, members);
  const answers = await askMembership(context, knownMember ? [...last.keys(), knownMember] : [...last.keys()]);
  const knownIsMember = knownMember ? answers.get(knownMember) === 'member' : undefined;

  const decided = [...last].flatMap(([personId, state]): DecidedState[] => {
    const person = answers.get(personId) === 'not-member' ? false : undefined;
    const removal = proveLeft({ person, knownMember: knownIsMember });
    if (!removal) return [];
    const removed = removedState(state, removal);
    return [{ state: removed, hash: hashOf(removed) }];
  });
  run.counts.emitted += decided.length;
  await emitStates(context, run.runId, decided);
  const proved = new Set(decided.map(({ state }) => state.personId));
  const unproved = [...last.keys()].filter((personId) => !proved.has(personId));
  await noteOutside(context, unproved);
  await noteMissing(
    context,
    unproved.filter((personId) => answers.get(personId) === 'missing'),
  );
  return unproved.length;
}

async function noteOutside({ stores, organisation, clock }: RunContext, personIds: readonly string[]): Promise<void> {
  await stores.people.updateMany(
    { organisationId: organisation.id, personId: { $in: personIds }, outsideSince: null },
    { $set: { outsideSince: clock() } },
  );
}

/**
 * Somebody who must be a member, for the other half of the proof: known before, and in the group by what was just read;
 * where nobody is both, somebody who is active. Whether they are a member is asked afresh, so a wrong choice only delays.
 */
async function findKnownMember({ stores, organisation }: RunContext, members: ReadonlySet<string>) {
  const active = { organisationId: organisation.id, 'emitted.state.active': true };
  const some = [...members].slice(0, 200);
  const record =
    (await stores.people.findOne({ ...active, personId: { $in: some } }).lean()) ??
    (await stores.people.findOne({ ...active, outsideSince: null }).lean());
  return record?.personId;
}
