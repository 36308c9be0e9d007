import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { learnerModel, photoModel, runModel } from '@learnamp/learners';
import { testCaDirectory } from '@learnamp/testkit';
import type { CampaignRun, Measurement } from '../../../campaign.ts';
import { startMeasuredEmulator } from '../../../bench/emulator/measured-emulator.ts';
import { writeOrganisation } from '../../../bench/emulator/write-organisation.ts';
import { type RunningServices, startRunningServices } from '../processes/running-services.ts';

const PEOPLE = 50_000;
const GROUPS = 1_000;
const LIMIT_MB = 300;

const WITHIN_MS = 20 * 60_000;

/**
 * What directory-sync has resident at most while it reads everybody with photos for the first time, and then again, when
 * everybody is a learner to compare with. It runs as in production: a process of its own, on real Kafka and MongoDB, with
 * the flags of its start.
 */
export async function memory(run: CampaignRun): Promise<Measurement> {
  const folder = await mkdtemp(join(tmpdir(), 'figures-memory-'));
  const [people, groups] = [run.part(PEOPLE), Math.max(5, run.part(GROUPS))];
  run.progress(`generating ${people} people`);
  const { file, rootGroupId } = writeOrganisation(folder, { people, groups, seed: run.seed });
  const emulator = await startMeasuredEmulator({
    directoryFile: file,
    directoryBase: folder,
    certificateDirectory: testCaDirectory(),
  });
  const { loaded } = emulator;
  const services = await startRunningServices({ microsoft: loaded, tenantId: loaded.tenantId, groupId: rootGroupId });
  try {
    await services.start('profile-writer');
    await services.start('directory-sync');
    const first = await timed(() => runsFinished(run, services, 1));
    const firstMb = await services.service('directory-sync').peakResidentMb();
    await services.request({ mode: 'full' });
    const next = await timed(() => runsFinished(run, services, 2));
    const nextMb = await services.service('directory-sync').peakResidentMb();
    const [learners, photos] = await Promise.all([
      learnerModel(services.connection).countDocuments({ active: true }),
      photoModel(services.connection).countDocuments(),
    ]);
    const measured =
      `${Math.round(nextMb)} MB resident at most (${Math.round(firstMb)} after the first), ${learners} learners, ` +
      `${photos} photos; ${first} s, then ${next} s`;
    return { measured, ok: nextMb < LIMIT_MB && learners > 0 && photos >= learners };
  } finally {
    await services.close();
    await emulator.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Waits until so many full runs are through, photos included. */
async function runsFinished(run: CampaignRun, services: RunningServices, wanted: number): Promise<void> {
  const runs = runModel(services.connection);
  const through = { mode: 'full', stage: 'finished', photos: { $ne: null } } as const;
  const until = Date.now() + WITHIN_MS;
  while ((await runs.countDocuments(through)) < wanted) {
    if (services.service('directory-sync').hasEnded() || Date.now() > until) throw new Error(services.diagnose());
    const last = await runs.findOne().sort({ startedAt: -1 }).lean();
    run.progress(`${last?.mode ?? 'no'} run: ${JSON.stringify(last?.progress ?? {})}`);
    await delay(200);
  }
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return Math.round((performance.now() - started) / 1000);
}
