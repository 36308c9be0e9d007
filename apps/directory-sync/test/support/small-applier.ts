import {
  decodeEvent,
  type PhotoState,
  photosMarker,
  photoState,
  runMarker,
  type UserState,
  userState,
} from '@learnamp/contracts';
import { type LearnerDocument, learnerIdOf, learnerModel, photoModel } from '@learnamp/learners';
import type { BatchHandler } from '@learnamp/bus';
import type { Connection } from 'mongoose';

const done = { kind: 'done' } as const;

/** As much of profile-writer as a reader of its collections can tell: the newest state of each person and photo. */
export function smallApplier(connection: Connection): {
  readonly users: BatchHandler;
  readonly photos: BatchHandler;
  readonly proposals: BatchHandler;
} {
  return {
    users: async (records) => {
      for (const record of records) {
        const decoded = decodeEvent([userState, runMarker], record);
        if (decoded.ok && decoded.event.type === userState.type) await applyState(connection, decoded.event.data);
      }
      return records.map(() => done);
    },
    photos: async (records) => {
      for (const record of records) {
        const decoded = decodeEvent([photoState, photosMarker], record);
        if (decoded.ok && decoded.event.type === photoState.type) await applyPhoto(connection, decoded.event.data);
      }
      return records.map(() => done);
    },
    proposals: (records) => Promise.resolve(records.map(() => done)),
  };
}

async function applyState(connection: Connection, state: UserState): Promise<void> {
  const _id = learnerIdOf(state.organisationId, state.source, state.personId);
  const learners = learnerModel(connection);
  const before = await learners.findById(_id).lean<LearnerDocument>();
  if ((before?.sources.microsoft?.version ?? '') > state.version) return;
  const { organisationId, active, fields, removal = null, ...said } = state;
  const now = new Date(0);
  const source = { ...said, active, fields, removal };
  await learners.updateOne(
    { _id },
    {
      $set: { organisationId, active, fields, 'sources.microsoft': source, updatedAt: now },
      $setOnInsert: { createdAt: now },
    },
    { upsert: true },
  );
}

async function applyPhoto(connection: Connection, state: PhotoState): Promise<void> {
  const { organisationId, personId, version, runId, photo } = state;
  const _id = learnerIdOf(organisationId, 'microsoft', personId);
  const bytes = photo ? Buffer.from(photo.base64, 'base64') : null;
  const set = {
    organisationId,
    personId,
    version,
    runId,
    etag: photo?.etag ?? null,
    mediaType: photo?.mediaType ?? null,
    bytes,
  };
  await photoModel(connection).updateOne({ _id }, { $set: set }, { upsert: true });
}
