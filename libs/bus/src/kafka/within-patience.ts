import { BusError } from '../bus-error.ts';
import { busClosed } from '../refusals.ts';
import type { PublishPatience } from './kafka-bus-options.ts';

/**
 * Runs work that repeats itself until it succeeds, and ends the wait for it when patience or the bus ends. The work is
 * told by the signal, and may still take effect.
 */
export async function withinPatience<Result>(
  patience: PublishPatience,
  closed: AbortSignal,
  work: (givenUp: AbortSignal) => Promise<Result>,
): Promise<Result> {
  if (closed.aborted) throw busClosed();
  const givenUp = new AbortController();
  const rest: (() => void)[] = [];
  const ended = new Promise<never>((_resolve, reject) => {
    const end = (error: BusError): void => {
      givenUp.abort();
      reject(error);
    };
    const onClosed = (): void => end(busClosed());
    closed.addEventListener('abort', onClosed, { once: true });
    const timer = patience === 'until-closed' ? undefined : setTimeout(end, patience.giveUpAfterMs, tooLate(patience));
    rest.push(
      () => clearTimeout(timer),
      () => closed.removeEventListener('abort', onClosed),
    );
  });
  try {
    return await Promise.race([work(givenUp.signal), ended]);
  } finally {
    for (const clean of rest) clean();
  }
}

function tooLate(patience: { readonly giveUpAfterMs: number }): BusError {
  return new BusError('bus-unavailable', `the broker did not acknowledge within ${patience.giveUpAfterMs} ms`);
}
