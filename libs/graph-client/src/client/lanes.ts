import { GraphError } from '../errors/graph-error.ts';

/** `interactive`: a person waits for it. `bulk`: everything else. */
export type Lane = 'interactive' | 'bulk';

export interface Lanes {
  /** Runs `work` when there is room: interactive work first, each lane in order of arrival. */
  run<Result>(lane: Lane, signal: AbortSignal | undefined, work: () => Promise<Result>): Promise<Result>;
}

/** A budget of requests at the same time, shared by two lanes. */
export function createLanes(maxConcurrency: number): Lanes {
  const waiting: Record<Lane, Set<() => void>> = { interactive: new Set(), bulk: new Set() };
  let running = 0;

  const enter = (lane: Lane, signal: AbortSignal | undefined): Promise<void> => {
    if (signal?.aborted) return Promise.reject(aborted(signal));
    if (running < maxConcurrency) {
      running += 1;
      return Promise.resolve();
    }
    return turn(waiting[lane], signal);
  };

  // The room passes straight to the next one, so nobody can slip in between.
  const leave = () => {
    const queue = waiting.interactive.size > 0 ? waiting.interactive : waiting.bulk;
    const [next] = queue;
    if (next) {
      queue.delete(next);
      next();
    } else {
      running -= 1;
    }
  };

  return {
    run: async (lane, signal, work) => {
      await enter(lane, signal);
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };
}

function turn(queue: Set<() => void>, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const giveUp = () => {
      queue.delete(start);
      if (signal) reject(aborted(signal));
    };
    const start = () => {
      signal?.removeEventListener('abort', giveUp);
      resolve();
    };
    queue.add(start);
    signal?.addEventListener('abort', giveUp, { once: true });
  });
}

const aborted = (signal: AbortSignal) =>
  new GraphError('aborted', 'the request was aborted before it was sent', { cause: signal.reason });
