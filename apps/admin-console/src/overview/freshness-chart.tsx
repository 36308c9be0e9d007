import { durationWords, hourWords } from '../words/times.ts';
import { words } from '../words/words.ts';
import type { Overview } from './overview.ts';

type Hours = Overview['freshness']['hours'];

const WIDTH = 480;
const HEIGHT = 120;
const EDGE = 4;

interface ChartProps {
  readonly hours: Hours;
  readonly targetSeconds: number;
}

/** A column an hour, by the 95th percentile, against the target's line. The same as a table, for whoever can't see it. */
export function FreshnessChart({ hours, targetSeconds }: ChartProps) {
  const said = words.overview.freshness;
  const most = Math.max(targetSeconds, ...hours.map(({ p95 }) => p95 ?? 0));
  const heightOf = (seconds: number) => (seconds / most) * (HEIGHT - 2 * EDGE);
  const step = WIDTH / 24;
  const firstHour = Date.parse(hours.at(-1)?.at ?? '') - 23 * 3_600_000;
  return (
    <figure className="chart">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true" focusable="false">
        {hours.map(({ at, p95 }) => {
          const height = Math.max(2, heightOf(p95 ?? 0));
          const x = ((Date.parse(at) - firstHour) / 3_600_000) * step;
          const isLate = (p95 ?? 0) > targetSeconds;
          return (
            <rect
              key={at}
              className={isLate ? 'late' : 'timely'}
              x={x + 2}
              y={HEIGHT - EDGE - height}
              width={step - 4}
              height={height}
            />
          );
        })}
        <line
          className="target"
          x1="0"
          x2={WIDTH}
          y1={HEIGHT - EDGE - heightOf(targetSeconds)}
          y2={HEIGHT - EDGE - heightOf(targetSeconds)}
        />
      </svg>
      <details>
        <summary>{said.chart}</summary>
        <table className="data compact">
          <thead>
            <tr>
              <th scope="col">{said.hour}</th>
              <th scope="col">{said.changes}</th>
              <th scope="col">{said.p50}</th>
              <th scope="col">{said.p95}</th>
            </tr>
          </thead>
          <tbody>
            {hours.map(({ at, samples, p50, p95 }) => (
              <tr key={at}>
                <th scope="row">{hourWords(at)}</th>
                <td>{samples}</td>
                <td>{durationWords(p50 ?? 0)}</td>
                <td>{durationWords(p95 ?? 0)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
