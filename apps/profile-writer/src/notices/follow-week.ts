import type { HeldLease } from '@learnamp/mongo';
import type { OpenSettings } from '@learnamp/organisations';
import type { NoticeState } from './decide-notices.ts';
import { decideSummary, lastMonday } from './decide-summary.ts';
import { describeWeek } from './describe-notice.ts';
import type { FollowDeps } from './follow-alarm.ts';
import { queueNotice } from './queue-notice.ts';
import { isProvisioned } from './read-findings.ts';
import { recipientsOf } from './recipients.ts';

export interface WeekLook {
  readonly organisation: OpenSettings;
  readonly notice: NoticeState | null;
  readonly now: Date;
}

/** Queues the summary of the week, where one is due and somebody wants it. */
export async function followWeek(
  deps: FollowDeps,
  lease: HeldLease,
  { organisation, notice: before, now }: WeekLook,
): Promise<void> {
  const { id: organisationId } = organisation;
  if (!organisation.notifications.summary || !isProvisioned(organisation)) return;
  const notice = decideSummary(before, now);
  if (!notice) return;
  const content = await describeWeek(deps, { organisationId, since: lastMonday(now), now });
  const to = (await recipientsOf(deps, organisation)).map(({ hash }) => hash);
  if (!content || to.length === 0) return;
  const mails = { what: 'summary', content, to } as const;
  await queueNotice(deps, lease, { organisationId, kind: 'summary', notice, mails, now });
  deps.logger.info({ organisationId, kind: 'summary', mails: to.length }, 'summary queued');
}
