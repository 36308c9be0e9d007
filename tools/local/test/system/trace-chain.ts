import type { ToldSpan } from '@learnamp/testkit';

/**
 * The spans that lead from one span to another, both included, each the child of the one before it or linked to it; the
 * fewest there are. Undefined where nothing leads there.
 */
export function chainBetween(
  spans: readonly ToldSpan[],
  from: ToldSpan,
  isGoal: (span: ToldSpan) => boolean,
): readonly ToldSpan[] | undefined {
  const seen = new Set([from]);
  let chains: (readonly ToldSpan[])[] = [[from]];
  while (chains.length > 0) {
    const found = chains.find((chain) => isGoal(lastOf(chain)));
    if (found) return found;
    chains = chains.flatMap((chain) => {
      const next = spans.filter((span) => !seen.has(span) && follows(span, lastOf(chain)));
      for (const span of next) seen.add(span);
      return next.map((span) => [...chain, span]);
    });
  }
  return undefined;
}

function lastOf(chain: readonly ToldSpan[]): ToldSpan {
  const last = chain.at(-1);
  if (!last) throw new RangeError('a chain has a span at least');
  return last;
}

const follows = (span: ToldSpan, { traceId, spanId }: ToldSpan) =>
  (span.traceId === traceId && span.parentSpanId === spanId) ||
  span.links.some((link) => link.traceId === traceId && link.spanId === spanId);

/** All traces, each as a tree. */
export const treesOf = (spans: readonly ToldSpan[]): string =>
  [...new Set(spans.map(({ traceId }) => traceId))].map((traceId) => treeOf(spans, traceId)).join('\n\n');

/** A trace as a tree: a line for each span, with how long after the first it began and how long it took. */
function treeOf(spans: readonly ToldSpan[], traceId: string): string {
  const ours = spans.filter((span) => span.traceId === traceId).sort((a, b) => a.startedAt - b.startedAt);
  const ids = new Set(ours.map(({ spanId }) => spanId));
  const start = ours[0]?.startedAt ?? 0;
  const linesOf = (parent: string | undefined, depth: number): string[] =>
    ours
      .filter(({ parentSpanId = '' }) => (ids.has(parentSpanId) ? parentSpanId : undefined) === parent)
      .flatMap((span) => [lineOf(span, start, depth), ...linesOf(span.spanId, depth + 1)]);
  return linesOf(undefined, 0).join('\n');
}

function lineOf({ service, name, startedAt, milliseconds }: ToldSpan, start: number, depth: number): string {
  const times = [startedAt - start, milliseconds].map((ms) => `${ms.toFixed(0)} ms`.padStart(9)).join('');
  return `${service.padEnd(16)}${times}  ${'  '.repeat(depth)}${name}`;
}
