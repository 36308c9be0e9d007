import type { Fault, FaultRequest } from '@learnamp/entra-emulator';
import type { Draw } from '../draw.ts';

/** How often each thing goes wrong, from 0 to 1, and how far replicas are behind. */
export interface Weather {
  /** 429 with a Retry-After. */
  readonly throttled: number;
  readonly unavailable: number;
  /** 500, which nobody says when to repeat. */
  readonly broken: number;
  readonly timeouts: number;
  readonly cut: number;
  /** 404 for the members of a group that is there. */
  readonly notFound: number;
  /** Members and people of whom nothing but the id is shown. */
  readonly idsOnly: number;
  /** Lists without items and without a link to more of them. */
  readonly emptyAnswers: number;
  readonly emptyPages: number;
  /** Links of pages and of delta rounds that Graph has forgotten. */
  readonly expired: number;
  readonly lagging: number;
  readonly lagMs: number;
  /** Writes to MongoDB and publishing: fails, whether or not it was done. */
  readonly storeFails: number;
  readonly busFails: number;
}

export const fair: Weather = {
  throttled: 0,
  unavailable: 0,
  broken: 0,
  timeouts: 0,
  cut: 0,
  notFound: 0,
  idsOnly: 0,
  emptyAnswers: 0,
  emptyPages: 0,
  expired: 0,
  lagging: 0,
  lagMs: 0,
  storeFails: 0,
  busFails: 0,
};

/** What goes wrong with one request of Graph's, a member of a batch included. */
export function drawFault(weather: Weather, draw: Draw, { method, template }: FaultRequest): Fault | undefined {
  if (template === 'POST /$batch') return refusal(weather, draw);
  const isRead = method === 'GET';
  const members = template === 'GET /groups/{group}/members';
  const faults: (Fault | undefined)[] = [
    refusal(weather, draw),
    members && draw.chance(weather.notFound) ? { status: 404, code: 'Request_ResourceNotFound' } : undefined,
    isRead && draw.chance(weather.idsOnly) ? { idsOnly: true } : undefined,
    isRead && draw.chance(weather.emptyAnswers) ? { emptyAnswer: true } : undefined,
    isRead && draw.chance(weather.emptyPages) ? { emptyPage: true } : undefined,
    draw.chance(weather.expired) ? { expire: draw.from(['page', 'delta', 'reset'] as const) ?? 'page' } : undefined,
    draw.chance(weather.lagging) ? { lag: { ms: weather.lagMs } } : undefined,
  ];
  return faults.find((fault) => fault !== undefined);
}

function refusal(weather: Weather, draw: Draw): Fault | undefined {
  if (draw.chance(weather.throttled)) return { status: 429, retryAfter: 1 + draw.below(20) };
  if (draw.chance(weather.unavailable)) return { status: 503, ...(draw.chance(0.5) ? { retryAfter: 2 } : {}) };
  if (draw.chance(weather.broken)) return { status: 500 };
  return draw.chance(weather.cut) ? { cut: 'length' } : undefined;
}
