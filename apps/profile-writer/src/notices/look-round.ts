import { type HeldLease, LeaseLostError, renewLease } from '@learnamp/mongo';
import type { FindOpenSettings, OpenSettings, OrganisationDocument } from '@learnamp/organisations';
import type { Model } from 'mongoose';
import { LEASE_MS } from '../invitations/claim-invitations.ts';
import { alarms, followAlarm, type FollowDeps } from './follow-alarm.ts';
import { followWeek } from './follow-week.ts';
import { noticeStates } from './notice-states.ts';
import { readFindings } from './read-findings.ts';

export interface LookRoundDeps extends FollowDeps {
  readonly organisations: Model<OrganisationDocument>;
  readonly findSettings: FindOpenSettings;
}

const AT_ONCE = 50;

/**
 * Looks at every organisation, and queues the mails that are due. What fails of one organisation is logged, and the others
 * are looked at.
 * @throws LeaseLostError
 */
export async function lookRound(deps: LookRoundDeps, lease: HeldLease): Promise<void> {
  for await (const ids of pagesOf(deps.organisations)) {
    await renewLease(deps.mailers, lease, new Date(deps.clock().getTime() + LEASE_MS));
    for (const organisation of (await deps.findSettings(ids)).values()) {
      await lookAt(deps, lease, organisation).catch((error: unknown) => {
        if (error instanceof LeaseLostError) throw error;
        deps.logger.error({ organisationId: organisation.id, err: error }, 'notices not looked at');
      });
    }
  }
}

async function* pagesOf(organisations: LookRoundDeps['organisations']): AsyncGenerator<readonly string[]> {
  for (let after = ''; ;) {
    const found = await organisations
      .find({ _id: { $gt: after } }, '_id')
      .sort({ _id: 1 })
      .limit(AT_ONCE)
      .lean();
    const last = found.at(-1);
    if (!last) return;
    yield found.map(({ _id }) => _id);
    after = last._id;
  }
}

async function lookAt(deps: LookRoundDeps, lease: HeldLease, organisation: OpenSettings): Promise<void> {
  const now = deps.clock();
  const [findings, stateOf] = await Promise.all([
    readFindings(deps, organisation, now),
    noticeStates(deps.notices, organisation.id),
  ]);
  const look = { organisation, findings, now };
  for (const kind of alarms) await followAlarm(deps, lease, { ...look, kind, notice: stateOf(kind) });
  await followWeek(deps, lease, { organisation, now, notice: stateOf('summary') });
}
