import type { ConflictDocument, InvitationDocument, RenameOfferDocument, RunDocument } from '@learnamp/learners';
import type { HeldSet, PersonRecord } from '@learnamp/sync-state';
import type { Model } from 'mongoose';
import type { ApprovalContent, FailureContent, SummaryContent } from './notice-content.ts';
import type { FindingsDeps } from './read-findings.ts';

export interface DescribeDeps extends FindingsDeps {
  readonly heldSets: Model<HeldSet>;
  readonly personRecords: Model<PersonRecord>;
  readonly conflicts: Model<ConflictDocument>;
  readonly renameOffers: Model<RenameOfferDocument>;
  readonly invitations: Model<InvitationDocument>;
}

/** What is the matter, as a mail tells it. `since`: when it was noticed. */
export interface Described {
  readonly organisationId: string;
  readonly since: Date;
  readonly now: Date;
}

const DAY_MS = 86_400_000;
const NO_CAUSE = 'it was tried several times in a row, and failed each time';

export async function describeFailure(
  { runs }: DescribeDeps,
  lastFull: RunDocument | null,
  { organisationId, since, now }: Described,
): Promise<FailureContent> {
  const lately = {
    organisationId,
    mode: { $ne: 'preview' as const },
    startedAt: { $gt: new Date(now.getTime() - DAY_MS) },
  };
  const newest = await runs
    .findOne({ ...lately, problem: { $ne: null } }, 'problem')
    .sort({ startedAt: -1 })
    .lean();
  return { kind: 'failure', since, cause: lastFull?.problem ?? newest?.problem ?? NO_CAUSE };
}

export async function describeApproval(
  deps: DescribeDeps,
  { organisationId, since, now }: Described,
): Promise<ApprovalContent> {
  const [held, people] = await Promise.all([
    deps.heldSets.findById(organisationId).lean(),
    heldPeople(deps, organisationId, now),
  ]);
  return { kind: 'approval', since: held?.openedAt ?? since, people, reason: held?.reason ?? '' };
}

const heldPeople = ({ personRecords }: DescribeDeps, organisationId: string, now: Date) =>
  personRecords.countDocuments({ organisationId, 'proposal.heldSince': { $lte: now }, 'proposal.verdict': null });

/** The week until then; null of an organisation whose group was never read to its end: there is nothing to tell. */
export async function describeWeek(
  deps: DescribeDeps,
  { organisationId, since: to, now }: Described,
): Promise<SummaryContent | null> {
  const { runs, conflicts, renameOffers, invitations } = deps;
  const from = new Date(to.getTime() - 7 * DAY_MS);
  const full = await runs
    .findOne({ organisationId, mode: 'full', stage: 'finished' }, 'counts')
    .sort({ startedAt: -1 })
    .lean();
  if (!full) return null;
  const [changed, held, waiting, renames, invited] = await Promise.all([
    changedBetween(runs, organisationId, from, to),
    heldPeople(deps, organisationId, now),
    conflicts.countDocuments({ organisationId, state: 'waiting' }),
    renameOffers.countDocuments({ organisationId, state: 'open' }),
    invitations.countDocuments({ organisationId, state: 'held' }),
  ]);
  return {
    ...{ kind: 'summary', from, to, ...changed },
    ...{ inGroup: full.counts.members, skipped: full.counts.skipped },
    waiting: { held, conflicts: waiting, renames, invitations: invited },
  };
}

/** What all runs together did. */
async function changedBetween(runs: Model<RunDocument>, organisationId: string, from: Date, to: Date) {
  const [sums] = await runs.aggregate<{ added: number; deactivated: number }>([
    { $match: { organisationId, mode: { $ne: 'preview' }, startedAt: { $gte: from, $lt: to } } },
    {
      $group: { _id: null, added: { $sum: '$applied.created' }, deactivated: { $sum: '$applied.deactivated' } },
    },
  ]);
  return { added: sums?.added ?? 0, deactivated: sums?.deactivated ?? 0 };
}
