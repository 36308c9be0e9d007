import type { RunDocument } from '@learnamp/learners';
import type { ApiTokenDocument, OpenSettings } from '@learnamp/organisations';
import type { HeldSet, WorkRecord } from '@learnamp/sync-state';
import type { Model } from 'mongoose';
import type { Finding } from './decide-notices.ts';

export interface FindingsDeps {
  readonly runs: Model<RunDocument>;
  readonly heldSets: Model<HeldSet>;
  readonly workRecords: Model<WorkRecord>;
  readonly apiTokens: Model<ApiTokenDocument>;
}

/** What is found of an organisation, and what it was found by. */
export interface Findings {
  readonly failure: Finding;
  readonly approval: Finding;
  readonly expiry: Finding;
  /** API tokens that end soon, the first of them first. */
  readonly tokens: readonly ApiTokenDocument[];
  /** The newest full run that is over and that nobody cancelled. */
  readonly lastFull: RunDocument | null;
}

const DAY_MS = 86_400_000;
export const EXPIRY_DAYS = 14;
/** So many failures in a row are no moment's. */
export const REPEATED = 3;
// Whatever interrupted a run, the next one begins within seconds; where it doesn't, that is the matter.
const FOLLOWED_WITHIN_MS = 5 * 60_000;

/** Looks at one organisation. */
export async function readFindings(deps: FindingsDeps, organisation: OpenSettings, now: Date): Promise<Findings> {
  const { id: organisationId } = organisation;
  const [record, held, tokens, newest] = await Promise.all([
    deps.workRecords.findById(organisationId, 'failures').lean(),
    deps.heldSets.findById(organisationId).lean(),
    expiringTokens(deps, organisationId, now),
    newestFull(deps.runs, organisationId, {}),
  ]);
  const lastFull =
    newest && isOver(newest) ? newest : await newestFull(deps.runs, organisationId, { stage: { $in: endings } });
  const provisioned = (finding: Finding): Finding => (isProvisioned(organisation) ? finding : { state: 'moot' });
  return {
    failure: provisioned(failureOf(record?.failures ?? 0, newest, now)),
    approval: provisioned(held ? { state: 'lasts', about: [held.openedAt.toISOString()] } : { state: 'over' }),
    expiry: tokens.length === 0 ? { state: 'over' } : { state: 'lasts', about: tokens.map(({ _id }) => _id) },
    tokens,
    lastFull,
  };
}

/** The organisation's people are followed, as far as its settings say. */
export const isProvisioned = ({ provisioning, groupId }: OpenSettings): boolean =>
  provisioning.enabled && groupId !== null;

function expiringTokens({ apiTokens }: FindingsDeps, organisationId: string, now: Date): Promise<ApiTokenDocument[]> {
  const soon = new Date(now.getTime() + EXPIRY_DAYS * DAY_MS);
  return apiTokens
    .find({ organisationId, expiresAt: { $gt: now, $lte: soon } })
    .sort({ expiresAt: 1 })
    .lean<ApiTokenDocument[]>();
}

const endings: readonly RunDocument['stage'][] = ['finished', 'interrupted'];
const isOver = ({ stage, finishedAt }: RunDocument) => endings.includes(stage) && finishedAt !== null;

const newestFull = (runs: Model<RunDocument>, organisationId: string, filter: object) =>
  runs
    .findOne({ organisationId, mode: 'full', stage: { $ne: 'cancelled' }, ...filter })
    .sort({ startedAt: -1 })
    .lean<RunDocument | null>();

/** While a full run is under way, nobody knows what it comes to. */
function failureOf(failures: number, newest: RunDocument | null, now: Date): Finding {
  if (failures >= REPEATED) return { state: 'lasts', about: [] };
  if (!newest || !isOver(newest)) return { state: 'unknown' };
  if (newest.stage === 'finished') return newest.problem === null ? { state: 'over' } : { state: 'lasts', about: [] };
  const age = now.getTime() - (newest.finishedAt ?? newest.startedAt).getTime();
  return age >= FOLLOWED_WITHIN_MS ? { state: 'lasts', about: [] } : { state: 'unknown' };
}
