import type { RunContext } from '../runs/run-context.ts';
import { keepSubscriptions, noGap, type SubscriptionSettings } from '../subscriptions/keep-subscriptions.ts';
import { apart } from '../tracing/stage.ts';

/**
 * Looks after the subscriptions. Without them, or while they can't be made, changes follow by the fallback, so a
 * failure here is told and tried again but stops nothing else.
 */
export async function performSubscriptions(
  context: RunContext,
  settings: SubscriptionSettings | undefined,
): Promise<void> {
  const { stores, organisation, clock, timings, logger } = context;
  const of = { _id: organisation.id };
  const inMs = (ms: number) => new Date(clock().getTime() + ms);
  // Planned before the work, so that a lifecycle notification that comes in the middle asks for another look.
  const { renewalDue } = await stores.workRecords
    .findOneAndUpdate(
      of,
      { $set: { nextSubscriptionCheckAt: inMs(timings.subscriptionCheckEvery), renewalDue: false } },
      { lean: true, returnDocument: 'before' },
    )
    .orFail();
  try {
    const gap = settings
      ? await apart('keep subscriptions', [], () => keepSubscriptions(context, settings, renewalDue))
      : noGap;
    const { lostSince } = gap;
    if (lostSince) await stores.workRecords.updateOne({ ...of, gapSince: null }, { $set: { gapSince: lostSince } });
    // What changed before a subscription began, or until it was reauthorised, is found by asking, not by waiting: a round
    // that began when Graph asked for that was over before.
    if (gap.isMade || renewalDue)
      await stores.workRecords.updateOne({ ...of, nextDeltaAt: { $ne: null } }, { $min: { nextDeltaAt: inMs(0) } });
  } catch (error) {
    logger.warn({ organisationId: organisation.id, err: error }, 'subscriptions could not be kept');
    await stores.workRecords.updateOne(of, {
      $min: { nextSubscriptionCheckAt: inMs(timings.longestPause) },
      ...(renewalDue ? { $set: { renewalDue } } : {}),
    });
  }
}
