import { annotate } from '@learnamp/tracing';
import { activePersonIds, markPhotosDone, syncPhotos } from '../photos/photo-run.ts';
import type { RunContext } from '../runs/run-context.ts';
import { stopIfNeeded } from '../runs/stop-if-needed.ts';
import { apart } from '../tracing/stage.ts';
import { serveShortWork } from './serve-short-work.ts';

/** The photo lane of a full run, with short work served between its steps. */
export async function performPhotos(context: RunContext): Promise<void> {
  const { stores, organisation } = context;
  const { photosRunId, photosTraceparent } = await stores.workRecords.findById(organisation.id).lean().orFail();
  await apart('photos', [photosTraceparent ?? undefined], () => readAll(context, photosRunId));
}

async function readAll(context: RunContext, photosRunId: string | null): Promise<void> {
  const { stores, organisation, graph, logger } = context;
  annotate({ 'learnamp.organisation.id': organisation.id, 'learnamp.run.id': photosRunId ?? '' });
  const requestsBefore = graph.requests.http;
  const personIds = organisation.provisioning.photos ? await activePersonIds(context) : [];
  const emitted = await syncPhotos(context, photosRunId ?? 'photos', personIds, () => serveBetween(context));
  const graphRequests = graph.requests.http - requestsBefore;
  if (photosRunId) await markPhotosDone(context, photosRunId, { emitted, graphRequests });
  await stores.workRecords.updateOne(
    { _id: organisation.id, photosRunId },
    { $set: { nextPhotosAt: null, photosRunId: null, photosTraceparent: null } },
  );
  logger.info({ organisationId: organisation.id, runId: photosRunId, emitted, graphRequests }, 'photos synced');
}

async function serveBetween(context: RunContext): Promise<void> {
  await stopIfNeeded(context);
  await serveShortWork(context);
}
