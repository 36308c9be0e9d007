import { durationWords, exactWords } from '../words/times.ts';
import { words } from '../words/words.ts';
import { useNow } from './use-now.ts';

const EVERY_MS = 1_000;

/** How long it is until then. Not read aloud at every tick: it is text like any other, found by whoever looks for it. */
export function Countdown({ to }: { readonly to: string }) {
  const seconds = (Date.parse(to) - useNow(EVERY_MS)) / 1_000;
  return (
    <time dateTime={to} title={exactWords(to)}>
      {seconds <= 0 ? words.overview.due : words.overview.inTime(durationWords(seconds))}
    </time>
  );
}
