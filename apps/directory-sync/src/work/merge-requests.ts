import type { SyncRequest } from '@learnamp/contracts';
import type { WorkRecord } from '@learnamp/sync-state';
import type { Model } from 'mongoose';
import { longModes } from './plan.ts';

/**
 * Puts a request into the organisation's work record, once however often its event comes. A request for what already
 * runs joins that run: the run takes it up when it ends its step.
 */
export async function mergeRequest(
  model: Model<WorkRecord>,
  request: SyncRequest & { readonly traceparent?: string | undefined },
  dueAt: Date,
): Promise<void> {
  const { requestId, mode, personId, personIds, cancels, requestedBy, organisationId, traceparent } = request;
  const { lookUp, mapping, question } = request;
  // A request may come before the organisation was noticed; it is accepted, so it is kept.
  await model.updateOne({ _id: organisationId }, { $setOnInsert: { _id: organisationId } }, { upsert: true });
  await model.updateOne(
    { _id: organisationId, 'requests.requestId': { $ne: requestId } },
    {
      $push: {
        requests: {
          ...{ requestId, mode, personId: personId ?? null, requestedBy },
          ...(personIds && { personIds }),
          ...(cancels === undefined ? {} : { cancels }),
          ...(lookUp === undefined ? {} : { lookUp }),
          ...(mapping && { mapping }),
          ...(question && { question }),
          ...(traceparent && { traceparent }),
        },
      },
      // Somebody waits for it, so it is tried at once even where failures made us pause.
      $min: { dueAt, pausedUntil: dueAt, ...(longModes.some((long) => long === mode) ? {} : { shortDueAt: dueAt }) },
    },
  );
}
