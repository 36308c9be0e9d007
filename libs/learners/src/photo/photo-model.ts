import { learnerIdOf } from '../learner/learner-id.ts';
import { type Connection, type Model, Schema } from 'mongoose';

/** A person's photo as the directory has it. `bytes` is null where the directory was asked and has none. */
export interface PhotoDocument {
  /** See `directoryPhotoId`. */
  readonly _id: string;
  readonly organisationId: string;
  readonly personId: string;
  readonly version: string;
  readonly runId: string;
  /** Graph's media etag: the change key. */
  readonly etag: string | null;
  /** The directory has no `image/webp`; learners may give one themselves. */
  readonly mediaType: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp' | null;
  readonly bytes: Buffer | null;
}

const schema = new Schema<PhotoDocument>(
  {
    _id: { type: String, required: true },
    organisationId: { type: String, required: true },
    personId: { type: String, required: true },
    version: { type: String, required: true },
    runId: { type: String, required: true },
    etag: { type: String, default: null },
    mediaType: { type: String, default: null },
    bytes: { type: Buffer, default: null },
  },
  { collection: 'photos', versionKey: false },
);
// They count photos without reading any: `mediaType` is null where there is none.
schema.index({ organisationId: 1, mediaType: 1, _id: 1 });
schema.index({ runId: 1, mediaType: 1 });

export const photoModel = (connection: Connection): Model<PhotoDocument> =>
  connection.model<PhotoDocument>('Photo', schema);

/** The id of a person's photo, whoever's learner the person is, or none yet: order across topics is never assumed. */
export const directoryPhotoId = (organisationId: string, personId: string): string =>
  learnerIdOf(organisationId, 'microsoft', personId);
