import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { claimLease, type HeldLease, insertOnce, LeaseLostError, releaseLease } from '@learnamp/mongo';
import { passwordLinkRound, type PasswordLinkRoundDeps } from '../password-links/password-link-round.ts';
import { LEASE_MS } from './claim-invitations.ts';
import { mailRound, type MailRoundDeps } from './mail-round.ts';
import { MAILER_ID, unclaimedMailer } from './mailer-model.ts';
import { giveUpForeign } from './settle-invitations.ts';

const POLL_MS = 1_000;
const RETRY_MS = 5_000;

export type MailerDeps = MailRoundDeps & PasswordLinkRoundDeps;

/** Sends invitations and password links until stopped, in one process at a time: whoever holds the lease. The mails on their way end first. */
export async function runMailer(deps: MailerDeps, signal: AbortSignal): Promise<void> {
  const holder = randomUUID();
  while (!signal.aborted) {
    await mailUnderLease(deps, holder, signal).catch((error: unknown) => {
      if (error instanceof LeaseLostError) deps.logger.info({ epoch: holder }, 'mailer handed over');
      else deps.logger.error({ err: error }, 'mailer interrupted');
    });
    await pause(RETRY_MS, signal);
  }
}

async function mailUnderLease(deps: MailerDeps, holder: string, signal: AbortSignal): Promise<void> {
  const lease = await claimMailer(deps, holder);
  if (!lease) return;
  try {
    while (!signal.aborted) {
      // Who waits for a password sits before the page.
      const sent = (await passwordLinkRound(deps, lease)) + (await mailRound(deps, lease));
      if (sent === 0) await pause(POLL_MS, signal);
    }
  } finally {
    await releaseLease(deps.mailers, lease);
  }
}

/** Becomes the mailer, unless another process is it, and gives up what the former one left half done. */
export async function claimMailer(
  { mailers, invitations, clock, logger }: MailRoundDeps,
  holder: string,
): Promise<HeldLease | null> {
  await insertOnce(mailers, [unclaimedMailer(MAILER_ID)]);
  const lease = await claimLease(mailers, { _id: MAILER_ID }, { holder, now: clock(), ttlMs: LEASE_MS });
  if (!lease) return null;
  const given = await giveUpForeign(invitations, lease.epoch);
  if (given > 0) logger.warn({ invitations: given }, 'invitations of unknown fate');
  return lease;
}

const pause = (ms: number, signal: AbortSignal) => delay(ms, undefined, { signal }).catch(() => undefined);
