import type { PasswordLinkDocument } from '@learnamp/learners';
import type { HeldLease } from '@learnamp/mongo';
import type { Logger } from '@learnamp/service';
import type { MailOutcome, SendMail } from '../mail/mail.ts';
import { sendEach } from '../mail/send-each.ts';
import { type ClaimedLink, claimPasswordLinks, type ClaimPasswordLinksDeps } from './claim-password-links.ts';
import { passwordLinkMail } from './password-link-mail.ts';

export interface PasswordLinkRoundDeps extends ClaimPasswordLinksDeps {
  readonly send: SendMail;
  /** The origin of an organisation's home. */
  readonly homeOf: (subdomain: string) => string;
  readonly logger: Logger;
}

/** Mails on their way at once. */
const AT_ONCE = 5;
const RETRY_MS = 60_000;

/** Sends a few queued password links; says how many. A link of unknown fate is never sent again. */
export async function passwordLinkRound(deps: PasswordLinkRoundDeps, lease: HeldLease): Promise<number> {
  const claimed = await claimPasswordLinks(deps, lease, AT_ONCE);
  return sendEach(claimed, (link) => sendOne(deps, link));
}

async function sendOne(deps: PasswordLinkRoundDeps, { id, organisation, to, token }: ClaimedLink): Promise<void> {
  const link = `${deps.homeOf(organisation.subdomain)}/password/new?token=${token}`;
  const outcome = await deps.send(passwordLinkMail({ id, to, organisationName: organisation.name, link }));
  await deps.passwordLinks.updateOne({ _id: id, state: 'sending' }, { $set: changeBy(outcome, deps.clock()) });
  deps.logger.info({ organisationId: organisation.id, outcome: outcome.kind }, 'password link handed over');
}

function changeBy(outcome: MailOutcome, now: Date): Partial<PasswordLinkDocument> {
  switch (outcome.kind) {
    case 'sent':
      return { state: 'sent' };
    case 'unconfirmed':
      return { state: 'unconfirmed', reason: outcome.reason };
    case 'refused':
      return { state: 'refused', reason: outcome.reason, tokenHash: null };
    case 'later':
      return {
        ...{ state: 'queued', reason: outcome.reason, tokenHash: null },
        nextAttemptAt: new Date(now.getTime() + RETRY_MS),
      };
  }
}
