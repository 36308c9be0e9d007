import { type NoticeDocument, noticeId, type NoticeKind } from '@learnamp/learners';
import type { Model } from 'mongoose';
import type { NoticeState } from './decide-notices.ts';

/** What is remembered of the notices of an organisation, by their kind; null of one that never was. */
export async function noticeStates(
  notices: Model<NoticeDocument>,
  organisationId: string,
): Promise<(kind: NoticeKind) => NoticeState | null> {
  const stored = await notices.find({ organisationId }).lean<NoticeDocument[]>();
  const states = new Map(stored.map((document) => [document._id, stateOf(document)]));
  return (kind) => states.get(noticeId(organisationId, kind)) ?? null;
}

const stateOf = ({ state, openedAt, closedAt, mailedAt, lastMailAt, about, returns }: NoticeDocument): NoticeState => ({
  ...{ state, openedAt, closedAt, mailedAt, lastMailAt, about, returns },
});
