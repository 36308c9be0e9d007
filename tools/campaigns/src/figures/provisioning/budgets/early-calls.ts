import type { LoggedRequest } from '@learnamp/entra-emulator';

/** What each refusal asks for. */
export const RETRY_AFTER_S = 1;

/** What may be on its way already when a refusal arrives: machines are shared and slow. */
const UNDER_WAY_MS = 250;

interface Answered {
  readonly tenantId: string;
  readonly at: number;
  readonly endedAt: number;
  readonly refused: boolean;
}

/** How many requests of a log were refused by 429, and how many came to a tenant before the time that it had named. */
export function earlyCalls(entries: readonly LoggedRequest[]): { refusals: number; early: number } {
  const ends = new Map(entries.map(({ id, at, ms }) => [id, Date.parse(at) + ms]));
  const answered = entries.flatMap(({ id, tenantId, at, status, batchId }): Answered[] => {
    if (tenantId === undefined) return [];
    // A member of a batch is answered when the batch is.
    const endedAt = ends.get(batchId ?? id) ?? Date.parse(at);
    return [{ tenantId, at: Date.parse(at), endedAt, refused: status === 429 }];
  });
  const refusals = answered.filter(({ refused }) => refused);
  const early = answered.filter((request) => refusals.some((refusal) => isEarly(request, refusal)));
  return { refusals: refusals.length, early: early.length };
}

const isEarly = (request: Answered, { tenantId, endedAt }: Answered) =>
  request.tenantId === tenantId &&
  request.at > endedAt + UNDER_WAY_MS &&
  // Both clocks round to whole milliseconds.
  request.at < endedAt + RETRY_AFTER_S * 1000 - 5;
