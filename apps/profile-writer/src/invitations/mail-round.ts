import type { HeldLease } from '@learnamp/mongo';
import type { OpenSettings } from '@learnamp/organisations';
import type { Logger } from '@learnamp/service';
import type { SendMail } from '../mail/mail.ts';
import { sendEach } from '../mail/send-each.ts';
import { type ClaimedInvitation, claimInvitations, type ClaimInvitationsDeps } from './claim-invitations.ts';
import { invitationMail } from './invitation-mail.ts';
import { recordOutcome } from './settle-invitations.ts';

export interface MailRoundDeps extends ClaimInvitationsDeps {
  readonly send: SendMail;
  /** The origin of an organisation's home. */
  readonly homeOf: (subdomain: OpenSettings['subdomain']) => string;
  readonly logger: Logger;
}

/** Mails on their way at once. */
const AT_ONCE = 5;

/** Sends a few queued invitations; says how many. What stays marked is given up under the next lease. */
export async function mailRound(deps: MailRoundDeps, lease: HeldLease): Promise<number> {
  const claimed = await claimInvitations(deps, lease, AT_ONCE);
  return sendEach(claimed, (invitation) => sendOne(deps, invitation));
}

async function sendOne(deps: MailRoundDeps, invitation: ClaimedInvitation): Promise<void> {
  const { learnerId, attempt, organisation, to, token, expiresAt } = invitation;
  const link = `${deps.homeOf(organisation.subdomain)}/invitation?token=${token}`;
  const id = `${learnerId}.${attempt}`;
  const outcome = await deps.send(invitationMail({ id, to, organisationName: organisation.name, link, expiresAt }));
  await recordOutcome(deps, invitation, outcome);
  deps.logger.info({ organisationId: organisation.id, learnerId, outcome: outcome.kind }, 'invitation handed over');
}
