import type { NoticeKind } from '@learnamp/learners';
import type { HeldLease } from '@learnamp/mongo';
import type { OpenSettings } from '@learnamp/organisations';
import type { Logger } from '@learnamp/service';
import { type Decision, decideNotice, type NoticeState, type Question } from './decide-notices.ts';
import { describeApproval, describeFailure, type DescribeDeps } from './describe-notice.ts';
import type { NoticeContent } from './notice-content.ts';
import { queueNotice, type QueueNoticeDeps } from './queue-notice.ts';
import type { Findings } from './read-findings.ts';
import { recipientsOf, type RecipientsDeps } from './recipients.ts';

export interface FollowDeps extends DescribeDeps, RecipientsDeps, QueueNoticeDeps {
  readonly clock: () => Date;
  readonly logger: Logger;
}

/** What is noticed, as against what is told each week. */
export type Alarm = Exclude<NoticeKind, 'summary'>;
export const alarms: readonly Alarm[] = ['failure', 'approval', 'expiry'];

export interface AlarmLook {
  readonly organisation: OpenSettings;
  readonly kind: Alarm;
  readonly findings: Findings;
  readonly notice: NoticeState | null;
  readonly now: Date;
}

/** Decides about a notice by what is found, and queues its mails. */
export async function followAlarm(deps: FollowDeps, lease: HeldLease, look: AlarmLook): Promise<void> {
  const { organisation, kind, now } = look;
  const question: Question = {
    ...{ notice: look.notice, finding: look.findings[kind], now },
    ...{ endsWithMail: kind !== 'expiry', isMailed: organisation.notifications[kind] },
  };
  const wanted = decideNotice(question);
  const to = wanted?.mail ? await addressees(deps, look, wanted) : [];
  // Where nobody can be told, nobody was: they are as soon as somebody can be.
  const decision = wanted?.mail && to.length === 0 ? decideNotice({ ...question, isMailed: false }) : wanted;
  if (!decision) return;
  const { notice, mail: what } = decision;
  const mails = what === null ? null : { what, to, content: await contentOf(deps, look, decision) };
  await queueNotice(deps, lease, { organisationId: organisation.id, kind, notice, mails, now });
  deps.logger.info(
    { organisationId: organisation.id, kind, state: notice.state, what, mails: to.length },
    'notice changed',
  );
}

/** That it is over is told to those who were told of it. */
async function addressees(
  deps: FollowDeps,
  { organisation, kind }: AlarmLook,
  { mail, notice: { openedAt } }: Decision,
): Promise<string[]> {
  if (mail === 'alarm') return (await recipientsOf(deps, organisation)).map(({ hash }) => hash);
  const told = { organisationId: organisation.id, kind, what: 'alarm', openedAt } as const;
  return deps.noticeMails.distinct('addressHash', { ...told, state: { $in: ['sent', 'sending', 'unconfirmed'] } });
}

function contentOf(
  deps: FollowDeps,
  { organisation, kind, findings, now }: AlarmLook,
  { mail, notice }: Decision,
): Promise<NoticeContent> {
  const described = { organisationId: organisation.id, since: notice.openedAt, now };
  if (mail === 'all-clear') return Promise.resolve({ kind: 'over', since: notice.openedAt, at: now });
  switch (kind) {
    case 'failure':
      return describeFailure(deps, findings.lastFull, described);
    case 'approval':
      return describeApproval(deps, described);
    case 'expiry':
      return Promise.resolve({
        kind,
        tokens: findings.tokens.map(({ name, expiresAt }) => ({ name, expiresAt })),
      });
  }
}
