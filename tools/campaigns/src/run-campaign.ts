import type { Campaign, CampaignRow, CampaignRun, Measurement } from './campaign.ts';
import type { Progress } from './progress.ts';
import type { Result } from './results.ts';

export interface RunOptions {
  readonly scale: number;
  readonly seed: number;
  readonly minutes?: number | undefined;
  /** Ids of the rows to measure; undefined for all. */
  readonly only?: readonly string[] | undefined;
  readonly progress: Progress;
}

/** Measures the rows one after the other. A row that throws falls short, and the others are measured all the same. */
export async function runCampaign(campaign: Campaign, options: RunOptions): Promise<Result[]> {
  const { scale, seed, minutes, only, progress } = options;
  const results: Result[] = [];
  try {
    for (const row of campaign.rows.filter(({ id }) => only?.includes(id) ?? true)) {
      const run: CampaignRun = {
        scale,
        seed,
        minutes,
        part: (full) => Math.max(1, Math.round(full * scale)),
        progress: (text) => progress.show(`${row.id}  ${text}`),
      };
      const { id, claim, target } = row;
      results.push({ id, claim, target, ...(await measure(row, run)) });
    }
  } finally {
    progress.done();
    await campaign.close?.();
  }
  return results;
}

async function measure(row: CampaignRow, run: CampaignRun): Promise<Measurement> {
  try {
    run.progress(row.claim);
    return await row.measure(run);
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    return { measured: `failed: ${message.split('\n')[0] ?? ''}`, ok: false, notes: stack ? [stack] : [] };
  }
}
