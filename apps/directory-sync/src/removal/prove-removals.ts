import { proveLeft, removedState, type WantedState } from '@learnamp/directory';
import { batch, getGroup } from '@learnamp/graph-client';
import { personRecordId } from '@learnamp/sync-state';
import type { RunContext } from '../runs/run-context.ts';
import type { RunReporter } from '../runs/run-reporter.ts';
import { noteMissing } from '../runs/note-missing.ts';
import { withdrawRemovals } from '../approval/proposals.ts';
import { keepOrPropose } from './keep-or-propose.ts';

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
 * Proves of people that they left, and notes it for the end of the run; `last` is what is known of each. Whoever isn't
 * proved stays as they are, and is asked about again by the next run: a list without them proves nothing. Returns how
 * many these are. Without `members`, whoever is active and unquestioned will do for the other half of the proof.
 */
export async function proveLeavers(
  context: RunContext,
  run: Pick<RunReporter, 'runId'>,
  last: ReadonlyMap<string, WantedState>,
  members: ReadonlySet<string> = new Set(),
): Promise<number> {
  if (last.size === 0 || !context.organisation.provisioning.deactivate) return 0;
  const knownMember = await findKnownMember(context, members, [...last.keys()]);
  const answers = await askMembership(context, knownMember ? [...last.keys(), knownMember] : [...last.keys()]);
  const knownIsMember = knownMember ? answers.get(knownMember) === 'member' : undefined;

  const inEmptyGroup = knownMember ? undefined : await answersOfEmptyGroup(context, answers);

  const left = [...last].flatMap(([personId, state]): WantedState[] => {
    const person = answers.get(personId) === 'not-member' ? false : undefined;
    const removal = proveLeft({ person, knownMember: knownIsMember, inEmptyGroup: inEmptyGroup?.get(personId) });
    return removal ? [removedState(state, removal)] : [];
  });
  await keepOrPropose(context, run.runId, left);
  const proved = new Set(left.map((state) => state.personId));
  const unproved = [...last.keys()].filter((personId) => !proved.has(personId));
  await noteOutside(context, unproved);
  await withdrawRemovals(
    context,
    unproved.filter((personId) => answers.get(personId) === 'member'),
    'left',
  );
  await noteMissing(
    context,
    unproved.filter((personId) => answers.get(personId) === 'missing'),
  );
  return unproved.length;
}

/**
 * For how long the directory has said no of each person, where the group itself is there; undefined where it isn't,
 * because of a group that is gone it says no of everybody.
 */
async function answersOfEmptyGroup(
  { graph, stores, organisation, clock, timings }: RunContext,
  answers: ReadonlyMap<string, MembershipAnswer>,
): Promise<ReadonlyMap<string, { readonly forMs: number; readonly minimumMs: number }> | undefined> {
  const of = (wanted: (answer: MembershipAnswer) => boolean) =>
    [...answers].flatMap(([personId, answer]) => (wanted(answer) ? [personRecordId(organisation.id, personId)] : []));
  const saidNo = of((answer) => answer === 'not-member');
  const now = clock();
  await stores.people.updateMany({ _id: { $in: of((answer) => answer === 'member') } }, { notMemberSince: null });
  if (!(await getGroup(graph, organisation.microsoft.groupId))) return undefined;
  await stores.people.updateMany({ _id: { $in: saidNo }, notMemberSince: null }, { notMemberSince: now });
  const records = await stores.people.find({ _id: { $in: saidNo } }, { personId: 1, notMemberSince: 1 }).lean();
  return new Map(
    records.map(({ personId, notMemberSince }) => {
      const forMs = now.getTime() - (notMemberSince ?? now).getTime();
      return [personId, { forMs, minimumMs: timings.emptyGroupProof }];
    }),
  );
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
async function findKnownMember(
  { stores, organisation }: RunContext,
  members: ReadonlySet<string>,
  leavers: readonly string[],
): Promise<string | undefined> {
  const active = { organisationId: organisation.id, 'emitted.state.active': true };
  const unquestioned = { proposal: null, outsideSince: null };
  const some = [...members].slice(0, 200);
  const record =
    (await stores.people.findOne({ ...active, personId: { $in: some, $nin: leavers } }).lean()) ??
    (await stores.people.findOne({ ...active, ...unquestioned, personId: { $nin: leavers } }).lean());
  return record?.personId;
}
