import { GraphError } from '../errors/graph-error.ts';

/**
 * Runs `work` with a signal that is aborted when the time is over or the caller's own signal is.
 * @throws GraphError `timeout` or `aborted` then; otherwise whatever `work` throws.
 */
export async function withDeadline<Result>(
  milliseconds: number,
  callers: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  // Not AbortSignal.any: a long-lived signal of the caller would keep a reference to each request it was joined with.
  const controller = new AbortController();
  const aborted = new Promise<never>((_resolve, reject) => {
    controller.signal.addEventListener('abort', () => reject(controller.signal.reason as GraphError), { once: true });
  });
  const end = () => controller.abort(new GraphError('aborted', 'the request was aborted', { cause: callers?.reason }));
  const timer = setTimeout(
    () => controller.abort(new GraphError('timeout', `no whole answer within ${milliseconds} ms`)),
    milliseconds,
  );
  callers?.addEventListener('abort', end, { once: true });
  if (callers?.aborted) end();
  try {
    return await Promise.race([aborted, work(controller.signal)]);
  } finally {
    clearTimeout(timer);
    callers?.removeEventListener('abort', end);
  }
}
