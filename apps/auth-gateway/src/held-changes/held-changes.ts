import type { HeldSet, PersonRecord } from '@learnamp/sync-state';
import type { Model } from 'mongoose';
import Type, { type Static } from 'typebox';
import type { ListOrder } from '../paging/cursor.ts';
import { Next, type PageQuery, readPage } from '../paging/read-page.ts';

export const HeldChange = Type.Object({
  personId: Type.String(),
  name: Type.String(),
  userPrincipalName: Type.String(),
  direction: Type.Union([Type.Literal('addition'), Type.Literal('removal')]),
  /** What was read that speaks for it, in one sentence. */
  because: Type.String(),
  heldSince: Type.String(),
});

export const HeldChanges = Type.Object({
  openedAt: Type.String(),
  /** Why they are held, in one sentence. */
  reason: Type.String(),
  total: Type.Integer({ minimum: 0 }),
  next: Next,
  /** Longest held first. */
  changes: Type.Array(HeldChange),
});

export type HeldChange = Static<typeof HeldChange>;
export type HeldChanges = Static<typeof HeldChanges>;

/** Who waits for an administrator's approval, as directory-sync has recorded it. */
export interface HeldChangesReader {
  /** Null while nothing is held. */
  of(organisationId: string, page?: PageQuery): Promise<HeldChanges | null>;
  /** The people who were held by then: whoever came later was not seen by whoever answers. */
  heldUntil(organisationId: string, moment: Date): Promise<string[]>;
}

const longestHeldFirst: ListOrder = {
  name: 'held changes',
  keys: [
    { path: 'proposal.heldSince', direction: 1, type: 'date' },
    { path: '_id', direction: 1, type: 'string' },
  ],
};

export function createHeldChanges(heldSets: Model<HeldSet>, people: Model<PersonRecord>): HeldChangesReader {
  const waiting = (organisationId: string, until = new Date()) => ({
    organisationId,
    'proposal.heldSince': { $lte: until },
    'proposal.verdict': null,
  });
  return {
    of: async (organisationId, page = { limit: 100 }) => {
      const set = await heldSets.findById(organisationId).lean();
      if (!set) return null;
      const filter = waiting(organisationId);
      const { items, next } = await readPage(people, filter, longestHeldFirst, page);
      const total = await people.countDocuments(filter);
      const { openedAt, reason } = set;
      return { openedAt: openedAt.toISOString(), reason, total, next, changes: items.flatMap(changeOf) };
    },
    heldUntil: async (organisationId, moment) => {
      const records = await people.find(waiting(organisationId, moment), { personId: 1 }).lean();
      return records.map(({ personId }) => personId);
    },
  };
}

function changeOf({ personId, proposal }: PersonRecord): HeldChange[] {
  if (!proposal?.heldSince) return [];
  const { userPrincipalName, fields, active, removal } = proposal.state;
  return [
    {
      personId,
      name: fields.displayName ?? userPrincipalName,
      userPrincipalName,
      direction: active ? 'addition' : 'removal',
      because: removal?.proof ?? 'they are in the group',
      heldSince: proposal.heldSince.toISOString(),
    },
  ];
}
