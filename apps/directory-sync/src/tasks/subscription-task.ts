import type { RunContext } from '../runs/run-context.ts';
import { keepSubscriptions, type SubscriptionSettings } from '../subscriptions/keep-subscriptions.ts';

/**
 * Looks after the subscriptions. Without them, or while they can't be made, changes follow by the fallback, so a
 * failure here is told and tried again but stops nothing else.
 */
export async function performSubscriptions(
  context: RunContext,
  settings: SubscriptionSettings | undefined,
): Promise<void> {
  const { stores, organisation, clock, timings, logger } = context;
  let again = timings.subscriptionCheckEvery;
  let gap = false;
  try {
    if (settings) gap = await keepSubscriptions(context, settings);
  } catch (error) {
    logger.warn({ organisationId: organisation.id, err: error }, 'subscriptions could not be kept');
    again = Math.min(timings.subscriptionCheckEvery, timings.longestPause);
  }
  const now = clock();
  // What changed before a subscription began is found by asking, not by waiting.
  const delta = gap ? { nextDeltaAt: now } : {};
  const record = await stores.workRecords.findById(organisation.id).lean().orFail();
  const hadFullRun = record.nextDeltaAt.getTime() > 0;
  await stores.workRecords.updateOne(
    { _id: organisation.id },
    { $set: { nextSubscriptionCheckAt: new Date(now.getTime() + again), ...(hadFullRun ? delta : {}) } },
  );
}
