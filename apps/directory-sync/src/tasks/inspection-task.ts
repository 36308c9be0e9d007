import { inspectPerson } from '../inspection/inspect-person.ts';
import type { RunContext } from '../runs/run-context.ts';
import type { Task } from '../work/plan.ts';

/** Answers whoever asks what the directory says of a person. Reads only; whatever goes wrong is part of the answer. */
export async function performInspection(
  context: RunContext,
  { request }: Extract<Task, { request: unknown }>,
): Promise<void> {
  const { stores, organisation, clock } = context;
  const { requestId, lookUp = '' } = request;
  const found = await inspectPerson(context, lookUp);
  await stores.inspections.updateOne(
    { _id: requestId },
    { $setOnInsert: { organisationId: organisation.id, at: clock(), lookUp, ...found } },
    { upsert: true },
  );
  await stores.workRecords.updateOne({ _id: organisation.id }, { $pull: { requests: { requestId } } });
}
