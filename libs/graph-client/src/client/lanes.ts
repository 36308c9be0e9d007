import { GraphError } from '../errors/graph-error.ts';
import type { Clock } from './clock.ts';

/** `interactive`: a person waits for it. `bulk`: everything else. */
export type Lane = 'interactive' | 'bulk';

export interface Lanes {
  /** Runs `work` when there is room: interactive work first, each lane in order of arrival. */
  run<Result>(lane: Lane, signal: AbortSignal | undefined, work: () => Promise<Result>): Promise<Result>;
  /** Lets nobody in for so long, whatever lane they are in: Graph asked to be left alone. */
  closeFor(milliseconds: number): void;
}

export interface LanesOptions {
  /** Work at the same time. */
  readonly maxConcurrency: number;
  readonly clock: Clock;
  /** Whoever would have to wait longer than this for the lanes to open is refused at once. */
  readonly longestWaitMs: number;
}

/** A budget of requests at the same time, shared by two lanes. */
export function createLanes({ maxConcurrency, clock, longestWaitMs }: LanesOptions): Lanes {
  const waiting: Record<Lane, Set<Turn>> = { interactive: new Set(), bulk: new Set() };
  let running = 0;
  let closedUntil = Number.NEGATIVE_INFINITY;
  let waking: AbortController | undefined;

  const closedFor = () => Math.max(0, closedUntil - clock.now());
  const isWaiting = () => waiting.interactive.size + waiting.bulk.size > 0;

  const letIn = () => {
    while (isWaiting() && running < maxConcurrency && closedFor() === 0) {
      const queue = waiting.interactive.size > 0 ? waiting.interactive : waiting.bulk;
      const [next] = queue;
      running += 1;
      next?.start();
    }
    if (isWaiting() && closedFor() > 0) void wake();
  };

  const wake = async () => {
    if (waking) return;
    waking = new AbortController();
    // Ended early where nobody waits any more; then nobody is let in either.
    await clock.sleep(closedFor(), waking.signal).catch(() => undefined);
    waking = undefined;
    letIn();
  };

  const enter = (lane: Lane, signal: AbortSignal | undefined): Promise<void> => {
    if (signal?.aborted) return Promise.reject(aborted(signal));
    if (closedFor() > longestWaitMs) return Promise.reject(heldBack(closedFor()));
    const turn = takeTurn(waiting[lane], signal, () => {
      if (!isWaiting()) waking?.abort();
    });
    letIn();
    return turn;
  };

  return {
    run: async (lane, signal, work) => {
      await enter(lane, signal);
      try {
        return await work();
      } finally {
        running -= 1;
        letIn();
      }
    },
    closeFor: (milliseconds) => {
      closedUntil = Math.max(closedUntil, clock.now() + milliseconds);
      if (closedFor() <= longestWaitMs) return;
      for (const turn of [...waiting.interactive, ...waiting.bulk]) turn.refuse(heldBack(closedFor()));
    },
  };
}

interface Turn {
  readonly start: () => void;
  readonly refuse: (error: GraphError) => void;
}

/** Waits in the queue until it is started, refused, or given up by its signal. */
function takeTurn(queue: Set<Turn>, signal: AbortSignal | undefined, onGivenUp: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = () => {
      queue.delete(turn);
      signal?.removeEventListener('abort', giveUp);
    };
    const turn: Turn = {
      start: () => {
        leave();
        resolve();
      },
      refuse: (error) => {
        leave();
        reject(error);
        onGivenUp();
      },
    };
    const giveUp = () => {
      if (signal) turn.refuse(aborted(signal));
    };
    queue.add(turn);
    signal?.addEventListener('abort', giveUp, { once: true });
  });
}

const aborted = (signal: AbortSignal) =>
  new GraphError('aborted', 'the request was aborted before it was sent', { cause: signal.reason });

const heldBack = (retryAfterMs: number) =>
  new GraphError('throttled', 'Graph asked to be left alone for longer than a request waits', { retryAfterMs });
