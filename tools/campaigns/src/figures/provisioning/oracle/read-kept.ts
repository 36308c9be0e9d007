import {
  conflictModel,
  learnerModel,
  membershipModel,
  photoModel,
  provisioningLogModel,
  teamModel,
} from '@learnamp/learners';
import type { Connection } from 'mongoose';
import type { Kept } from './compare-learners.ts';

/** Reads everything that is kept of the one organisation of a database. */
export async function readKept(connection: Connection): Promise<Kept> {
  const [learners, teams, memberships, log, photos, rows] = await Promise.all([
    learnerModel(connection).find().lean(),
    teamModel(connection).find().lean(),
    membershipModel(connection).find().lean(),
    provisioningLogModel(connection).find().lean(),
    // Not lean: bytes are to be a Buffer, not MongoDB's own type.
    photoModel(connection).find(),
    conflictModel(connection).find({ state: 'waiting' }).lean(),
  ]);
  const waiting = new Set(rows.map(({ personId }) => personId));
  return { learners, teams, memberships, log, photos, waiting };
}
