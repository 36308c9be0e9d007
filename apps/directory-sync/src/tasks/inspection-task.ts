import { erasedPeople } from '../erasure/erased-people.ts';
import { inspectPerson } from '../inspection/inspect-person.ts';
import type { RunContext } from '../runs/run-context.ts';
import { apart } from '../tracing/stage.ts';
import type { Task } from '../work/plan.ts';

const nothing = { person: null, groups: [], manager: null, fields: [] };
const ERASED = 'the person was erased: nothing is read or kept of them until the erasure is lifted';

/** Answers whoever asks what the directory says of a person. Reads only; whatever goes wrong is part of the answer. */
export async function performInspection(
  context: RunContext,
  { request }: Extract<Task, { request: unknown }>,
): Promise<void> {
  const { stores, organisation, clock } = context;
  const { requestId, lookUp = '', mapping } = request;
  const found = await apart('inspection', [request.traceparent], () => inspectPerson(context, lookUp, mapping));
  const isErased = found.person !== null && (await erasedPeople(context, [found.person.id])).size > 0;
  const kept = isErased ? { ...nothing, lookUp: '(erased)', root: found.root, problem: ERASED } : { ...found, lookUp };
  await stores.inspections.updateOne(
    { _id: requestId },
    { $setOnInsert: { organisationId: organisation.id, at: clock(), ...kept } },
    { upsert: true },
  );
  await stores.workRecords.updateOne({ _id: organisation.id }, { $pull: { requests: { requestId } } });
}
