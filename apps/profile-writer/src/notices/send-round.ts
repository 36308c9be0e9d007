import { noticeId, type NoticeMailDocument } from '@learnamp/learners';
import type { HeldLease } from '@learnamp/mongo';
import type { Logger } from '@learnamp/service';
import type { MailOutcome, SendMail } from '../mail/mail.ts';
import { sendEach } from '../mail/send-each.ts';
import { type ClaimedNoticeMail, claimNoticeMails, type ClaimNoticeMailsDeps } from './claim-notice-mails.ts';
import type { NoticeContent } from './notice-content.ts';
import { noticeMail } from './notice-mail.ts';

export interface SendRoundDeps extends ClaimNoticeMailsDeps {
  readonly send: SendMail;
  /** The origin of an organisation's home. */
  readonly homeOf: (subdomain: string) => string;
  readonly logger: Logger;
}

/** Mails on their way at once. */
const AT_ONCE = 5;
const FIRST_PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 3_600_000;

/** Sends a few queued mails of notices; says how many. One of unknown fate is never sent again. */
export async function sendRound(deps: SendRoundDeps, lease: HeldLease): Promise<number> {
  const claimed = await claimNoticeMails(deps, lease, AT_ONCE);
  return sendEach(claimed, (each) => sendOne(deps, lease, each));
}

async function sendOne(
  deps: SendRoundDeps,
  { epoch }: HeldLease,
  { mail, organisation, to }: ClaimedNoticeMail,
): Promise<void> {
  const { _id: id, organisationId, kind, what } = mail;
  const home = deps.homeOf(organisation.subdomain);
  const content = mail.content as NoticeContent;
  const outcome = await deps.send(
    noticeMail({ id, to, kind, what, content, home, organisationName: organisation.name }),
  );
  const now = deps.clock();
  // One that was given up meanwhile, because its mailer seemed to be gone, learns its fate after all.
  const same = { _id: id, epoch, state: { $in: ['sending', 'unconfirmed'] as const } };
  await deps.noticeMails.updateOne(same, { $set: changeBy(outcome, mail.tries, now) });
  // The next one of its kind follows a day after this, however long it has waited.
  if (outcome.kind === 'sent' && what !== 'test') {
    await deps.notices.updateOne({ _id: noticeId(organisationId, kind) }, { $max: { lastMailAt: now } });
  }
  deps.logger.info({ organisationId, kind, what, outcome: outcome.kind }, 'notice handed over');
}

function changeBy(outcome: MailOutcome, tries: number, now: Date): Partial<NoticeMailDocument> {
  switch (outcome.kind) {
    case 'sent':
      return { state: 'sent', sentAt: now, reason: null };
    case 'unconfirmed':
    case 'refused':
      return { state: outcome.kind, reason: outcome.reason };
    case 'later': {
      const pause = Math.min(FIRST_PAUSE_MS * 2 ** tries, LONGEST_PAUSE_MS);
      const nextAttemptAt = new Date(now.getTime() + pause);
      return { state: 'queued', reason: outcome.reason, tries: tries + 1, nextAttemptAt };
    }
  }
}
