import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { NoticeMailDocument } from '@learnamp/learners';
import { claimLease, type HeldLease, insertOnce, LeaseLostError, releaseLease } from '@learnamp/mongo';
import type { Model } from 'mongoose';
import { LEASE_MS } from '../invitations/claim-invitations.ts';
import { unclaimedMailer } from '../invitations/mailer-model.ts';
import { lookRound, type LookRoundDeps } from './look-round.ts';
import { sendRound, type SendRoundDeps } from './send-round.ts';

export type NoticesDeps = LookRoundDeps & SendRoundDeps;

/** A lease of its own: looking at many organisations must not hold up who waits for a password. */
const NOTICES_ID = 'notices';
const LOOK_MS = 60_000;
const POLL_MS = 1_000;
const RETRY_MS = 5_000;

/** Looks at all organisations every minute and sends notices until stopped, in one process at a time. The mails on their way end first. */
export async function runNotices(deps: NoticesDeps, signal: AbortSignal): Promise<void> {
  const holder = randomUUID();
  while (!signal.aborted) {
    await roundsUnderLease(deps, holder, signal).catch((error: unknown) => {
      if (error instanceof LeaseLostError) deps.logger.info({ epoch: holder }, 'notices handed over');
      else deps.logger.error({ err: error }, 'notices interrupted');
    });
    await pause(RETRY_MS, signal);
  }
}

async function roundsUnderLease(deps: NoticesDeps, holder: string, signal: AbortSignal): Promise<void> {
  const lease = await claimNotices(deps, holder);
  if (!lease) return;
  try {
    let lookedAt = -Infinity;
    while (!signal.aborted) {
      const now = deps.clock().getTime();
      // Either way: a clock that is put back must not keep us from looking.
      if (Math.abs(now - lookedAt) >= LOOK_MS) {
        lookedAt = now;
        await lookRound(deps, lease);
      }
      if ((await sendRound(deps, lease)) === 0) await pause(POLL_MS, signal);
    }
  } finally {
    await releaseLease(deps.mailers, lease);
  }
}

/** Becomes who sends notices, unless another process is, and gives up what the former one left half done. */
export async function claimNotices(
  { mailers, noticeMails, clock, logger }: NoticesDeps,
  holder: string,
): Promise<HeldLease | null> {
  await insertOnce(mailers, [unclaimedMailer(NOTICES_ID)]);
  const lease = await claimLease(mailers, { _id: NOTICES_ID }, { holder, now: clock(), ttlMs: LEASE_MS });
  if (!lease) return null;
  const given = await giveUpForeign(noticeMails, lease.epoch);
  if (given > 0) logger.warn({ notices: given }, 'notices of unknown fate');
  return lease;
}

async function giveUpForeign(noticeMails: Model<NoticeMailDocument>, epoch: number): Promise<number> {
  const { modifiedCount } = await noticeMails.updateMany(
    { state: 'sending', epoch: { $ne: epoch } },
    { $set: { state: 'unconfirmed', reason: 'The service stopped while the mail was on its way.' } },
  );
  return modifiedCount;
}

const pause = (ms: number, signal: AbortSignal) => delay(ms, undefined, { signal }).catch(() => undefined);
