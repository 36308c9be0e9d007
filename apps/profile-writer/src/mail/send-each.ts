/**
 * Sends all that was claimed, at once; says how many. Whatever fails in here apart from a mail itself is trouble with
 * MongoDB: it is thrown after all mails have ended.
 */
export async function sendEach<Claimed>(
  claimed: readonly Claimed[],
  send: (one: Claimed) => Promise<void>,
): Promise<number> {
  const results = await Promise.allSettled(claimed.map(send));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
  return claimed.length;
}
