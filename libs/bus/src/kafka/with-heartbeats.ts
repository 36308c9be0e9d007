const beatEveryMs = 1_000;

/**
 * Runs work while heartbeats go on beside it: kafkajs sends none during a batch, and a member that is silent for its
 * session timeout is thrown out of the group (tulios/kafkajs#1720).
 */
export async function withHeartbeats<Result>(beat: () => Promise<void>, work: () => Promise<Result>): Promise<Result> {
  const timer = setInterval(() => void beat(), beatEveryMs);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
