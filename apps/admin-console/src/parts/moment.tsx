import { exactWords, momentWords } from '../words/times.ts';

/** A point in time in the reader's own zone; exact, with the zone, for whoever points at it. */
export function Moment({ at }: { readonly at: string }) {
  return (
    <time dateTime={at} title={exactWords(at)}>
      {momentWords(at)}
    </time>
  );
}
