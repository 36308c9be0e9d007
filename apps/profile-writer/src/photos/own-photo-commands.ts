import type { LearnerAction, LearnerCommand } from '@learnamp/contracts';
import {
  type CommandOutcomeDocument,
  type LearnerDocument,
  mediaTypeOf,
  type OwnPhotoDocument,
} from '@learnamp/learners';
import { insertOnce } from '@learnamp/mongo';
import type { Model } from 'mongoose';
import type { CommandResult } from '../commands/command-result.ts';

export interface OwnPhotoDeps {
  readonly ownPhotos: Model<OwnPhotoDocument>;
  readonly learners: Model<LearnerDocument>;
  readonly commandOutcomes: Model<CommandOutcomeDocument>;
}

type Command = Omit<LearnerCommand, 'action'>;
type SetOwnPhoto = Extract<LearnerAction, { kind: 'set-own-photo' }>;

/** Stores the photo that a learner gives themselves. What it is, its bytes say. */
export async function setOwnPhoto(
  deps: OwnPhotoDeps,
  command: Command,
  { learnerId, base64 }: SetOwnPhoto,
): Promise<CommandResult> {
  const bytes = Buffer.from(base64, 'base64');
  const mediaType = mediaTypeOf(bytes);
  if (!mediaType) return { refused: 'The photo is no PNG, JPEG, GIF or WebP.' };
  return changeOwnPhoto(deps, command, learnerId, { mediaType, bytes });
}

/** Takes it away again, so that the directory's is shown. */
export const removeOwnPhoto = (deps: OwnPhotoDeps, command: Command, learnerId: string): Promise<CommandResult> =>
  changeOwnPhoto(deps, command, learnerId, { mediaType: null, bytes: null });

async function changeOwnPhoto(
  { ownPhotos, learners, commandOutcomes }: OwnPhotoDeps,
  { organisationId, commandId }: Command,
  learnerId: string,
  photo: Pick<OwnPhotoDocument, 'mediaType' | 'bytes'>,
): Promise<CommandResult> {
  for (;;) {
    const before = await ownPhotos.findById(learnerId, { commandId: 1 }).lean();
    // After the reading: whoever has an outcome may have been followed by others.
    if (before?.commandId === commandId || (await commandOutcomes.exists({ _id: commandId }))) return { count: 1 };
    if (!(await learners.exists({ _id: learnerId, organisationId, tombstone: { $ne: true } }))) {
      return { refused: 'There is no such learner.' };
    }
    const after: OwnPhotoDocument = { _id: learnerId, organisationId, commandId, ...photo };
    if (before) await ownPhotos.updateOne({ _id: learnerId, commandId: before.commandId }, { $set: after });
    else await insertOnce(ownPhotos, [after]);
  }
}
