import { setTimeout as delay } from 'node:timers/promises';
import { type DirectoryFile, generateDirectory, portrait } from '@learnamp/entra-emulator';
import { invitationModel, provisioningLogModel, runModel } from '@learnamp/learners';
import { workRecordModel } from '@learnamp/sync-state';
import type { CampaignRun, Measurement } from '../../../campaign.ts';
import { startTenants, type Tenants } from '../budgets/microsoft.ts';
import { differencesOf, photoDifferences } from '../oracle/compare-learners.ts';
import { expectedPeople } from '../oracle/expected-people.ts';
import { readKept } from '../oracle/read-kept.ts';
import { type RunningServices, type ServiceName, startRunningServices } from '../processes/running-services.ts';
import { createDraw, type Draw } from '../simulation/draw.ts';
import { effectProblems } from './effects.ts';
import { type MailSink, startMailSink } from './mail-sink.ts';
import { StreamOfChanges } from './stream-of-changes.ts';

const KILLS = 100;
/** Of so many kills, some come in the middle of a run. */
const ENOUGH_TO_HIT = 20;
const PEOPLE = 300;
const GROUPS = 12;
/** How long a service lives from its start until it is killed. */
const LIFE_MS = { least: 500, most: 12_000 };
/** Half of the kills come while a run is under way, so long into it. */
const IN_A_RUN_MS = 1_000;
const WITHIN_MS = 4 * 60_000;
const unlimited = { share: 1, small: 1000, number: null };

interface Stage {
  readonly services: RunningServices;
  readonly microsoft: Tenants;
  readonly directory: DirectoryFile;
  readonly photos: ReadonlyMap<string, Buffer>;
  readonly mail: MailSink;
}

/**
 * kill -9 of directory-sync and profile-writer at random moments of their lives, both at the same time, while the
 * directory changes. In the end learners are what the directory says, and nothing that happens once happened twice.
 */
export async function kills(run: CampaignRun): Promise<Measurement> {
  const draw = createDraw(run.seed);
  const stage = await setUp(run.seed);
  const { services, microsoft, directory } = stage;
  try {
    await services.start('profile-writer');
    await services.start('directory-sync');
    const write = microsoft.writer(directory.tenant.id);
    const stream = new StreamOfChanges(directory, write, services, draw);
    const wanted = run.part(KILLS);
    const count = { kills: 0 };
    const again = () => count.kills < wanted;
    const note = () => run.progress(`${(count.kills += 1)} of ${wanted} kills`);
    await Promise.all(
      (['directory-sync', 'profile-writer'] as const).map((name) =>
        killAgainAndAgain(services, name, { draw, again, note }),
      ),
    );
    await stream.stop();
    run.progress('waiting for the end');
    const problems = await problemsInTheEnd(stage);
    const mails = [...stage.mail.received.values()].reduce((sum, one) => sum + one, 0);
    const log = await provisioningLogModel(services.connection).countDocuments();
    const hit = await interrupted(services);
    const measured =
      `${count.kills} kills, ${stream.changes} changes: ${problems.length} wrong ` +
      `(${log} log entries, ${mails} mails, ${hit} runs interrupted)`;
    // Few kills may all fall between two runs.
    const isHit = hit > 0 || wanted < ENOUGH_TO_HIT;
    return { measured, ok: problems.length === 0 && log > 0 && mails > 0 && isHit, notes: problems.slice(0, 20) };
  } finally {
    await services.close();
    await stage.mail.stop();
    await microsoft.emulator.stop();
  }
}

async function setUp(seed: number): Promise<Stage> {
  const generated = generateDirectory({ people: PEOPLE, groups: GROUPS, seed, photos: 0 });
  const photos = new Map(generated.users.filter((_, n) => n % 5 === 0).map(({ id }, n) => [id, portrait(n, 48)]));
  const users = generated.users.map((user) => {
    const photo = photos.get(user.id);
    return photo ? { ...user, photo: photo.toString('base64') } : user;
  });
  const directory = { ...generated, users };
  // So that a run takes long enough to be killed in its middle.
  const microsoft = await startTenants([directory], { latencyMs: 40 });
  const mail = await startMailSink();
  const services = await startRunningServices({
    microsoft: microsoft.address,
    tenantId: directory.tenant.id,
    groupId: directory.rootGroupId ?? '',
    provisioning: { invitations: 'immediately', limits: { removal: unlimited, addition: unlimited } },
    environment: {
      SMTP_URL: mail.url,
      MAIL_FROM: 'no-reply@learnamp.example',
      LEASE_SECONDS: '3',
      KAFKA_SESSION_SECONDS: '6',
      FALLBACK_DELTA_MINUTES: '1',
    },
  });
  return { services, microsoft, directory, photos, mail };
}

interface Killing {
  readonly draw: Draw;
  readonly again: () => boolean;
  readonly note: () => void;
}

async function killAgainAndAgain(services: RunningServices, name: ServiceName, { draw, again, note }: Killing) {
  while (again()) {
    await delay(LIFE_MS.least + draw.below(LIFE_MS.most - LIFE_MS.least));
    if (draw.chance(0.5)) await untilInARun(services, draw.below(IN_A_RUN_MS));
    if (!again()) return;
    note();
    if (services.service(name).hasEnded()) throw new Error(`${name} ended by itself\n${services.diagnose()}`);
    await services.service(name).kill();
    await services.start(name);
    // So that runs of every kind are under way when the next kill comes.
    if (draw.chance(0.5)) await services.request({ mode: 'full' });
  }
}

/** Waits for a run to be under way, and so long into it. Where none begins, for as long as a service lives at most. */
async function untilInARun({ connection, organisation }: RunningServices, intoItMs: number): Promise<void> {
  const underWay = { _id: organisation.id, running: { $ne: [] } };
  const until = Date.now() + LIFE_MS.most;
  while (Date.now() < until && !(await workRecordModel(connection).exists(underWay))) await delay(50);
  await delay(intoItMs);
}

/** Waits for a full run, or for the one under way, and then for as long as what is left to do is being done. */
async function problemsInTheEnd(stage: Stage): Promise<string[]> {
  const { services } = stage;
  const requestId = await services.request({ mode: 'full' });
  const through = { stage: 'finished', requestIds: requestId } as const;
  const until = Date.now() + WITHIN_MS;
  while (!(await runModel(services.connection).exists(through))) {
    if (Date.now() > until) return ['no full run came to its end', services.diagnose()];
    await delay(500);
  }
  for (;;) {
    const problems = await problemsNow(stage);
    if (problems.length === 0 || Date.now() > until) return problems;
    await delay(2_000);
  }
}

async function problemsNow({ services, microsoft, directory, photos, mail }: Stage): Promise<string[]> {
  const { connection } = services;
  const kept = await readKept(connection);
  const expected = expectedPeople(microsoft.emulator.directory, directory.rootGroupId ?? '');
  const [log, invitations] = await Promise.all([
    provisioningLogModel(connection).find().lean(),
    invitationModel(connection).find().lean(),
  ]);
  return [
    ...differencesOf(kept, expected),
    ...photoDifferences(kept, expected, photos),
    ...effectProblems({ learners: kept.learners, log, invitations, mails: mail.received }),
  ];
}

const interrupted = ({ connection }: RunningServices) => runModel(connection).countDocuments({ stage: 'interrupted' });
