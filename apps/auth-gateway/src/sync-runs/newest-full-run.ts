import type { RunDocument } from '@learnamp/learners';
import type { Model } from 'mongoose';

/** The newest full run that came to its end: one that was cut short, or goes on, tells of a part of the people alone. */
export const newestFullRun = (runs: Model<RunDocument>, organisationId: string): Promise<RunDocument | null> =>
  runs
    .findOne({ organisationId, mode: 'full', stage: 'finished', finishedAt: { $ne: null } })
    .sort({ startedAt: -1 })
    .lean<RunDocument>()
    .exec();
