import { type Connection, type Model, Schema } from 'mongoose';
import type { PhotoDocument } from './photo-model.ts';

/** A photo that a learner gave themselves. It is shown before the directory's, which is kept apart. */
export interface OwnPhotoDocument {
  /** The learner's id. */
  readonly _id: string;
  readonly organisationId: string;
  /** The command that changed it last. */
  readonly commandId: string;
  /** Null, as `bytes` is, since the learner took it away again. */
  readonly mediaType: PhotoDocument['mediaType'];
  readonly bytes: Buffer | null;
}

const schema = new Schema<OwnPhotoDocument>(
  {
    _id: { type: String, required: true },
    organisationId: { type: String, required: true },
    commandId: { type: String, required: true },
    mediaType: { type: String, default: null },
    bytes: { type: Buffer, default: null },
  },
  { collection: 'ownPhotos', versionKey: false },
);

export const ownPhotoModel = (connection: Connection): Model<OwnPhotoDocument> =>
  connection.model<OwnPhotoDocument>('OwnPhoto', schema);
