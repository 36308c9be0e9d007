import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Campaign, CampaignRow, CampaignRun, Measurement } from '../campaign.ts';
import { startMeasuredEmulator, type MeasuredEmulator } from './emulator/measured-emulator.ts';
import { sendRequests, type TimedRequest } from './emulator/send-requests.ts';
import { writeOrganisation } from './emulator/write-organisation.ts';

const PEOPLE = 50_000;
const GROUPS = 2_000;
const READS = 40_000;
const TOKEN_REQUESTS = 4_000;

/** From one user to the next: a prime, so that they come from all over the directory. */
const STRIDE = 7919;

const CPU_SECONDS = 5;
const RESIDENT_MB = 500;
const READS_PER_SECOND = 2_000;
const TOKENS_PER_SECOND = 200;

/** The emulator under load. */
interface World {
  readonly emulator: MeasuredEmulator;
  readonly userIds: readonly string[];
  close(): Promise<void>;
}

/** How much the emulator takes to load, and how many requests it answers. */
export function emulatorBench(): Campaign {
  let opened: Promise<World> | undefined;
  const world = (run: CampaignRun): Promise<World> => (opened ??= open(run));
  return {
    about: 'how much a large directory takes, and how many requests a core answers',
    packages: ['fastify', 'jose'],
    rows: [loadingTime(world), memory(world), reads(world), tokens(world)],
    close: async () => (await opened)?.close(),
  };
}

type OpenWorld = (run: CampaignRun) => Promise<World>;

function loadingTime(world: OpenWorld): CampaignRow {
  return {
    id: 'L1',
    claim: `${count(PEOPLE)} people (photos by file name) and ${count(GROUPS)} groups load in CPU time of`,
    target: `under ${CPU_SECONDS} s`,
    async measure(run) {
      const { cpuMs } = (await world(run)).emulator.loaded;
      return { measured: `${(cpuMs / 1000).toFixed(2)} s`, ok: cpuMs < CPU_SECONDS * 1000 };
    },
  };
}

function memory(world: OpenWorld): CampaignRow {
  return {
    id: 'L2',
    claim: 'and in resident memory, at the most, of',
    target: `under ${RESIDENT_MB} MB`,
    async measure(run) {
      const { residentMb } = (await world(run)).emulator.loaded;
      return { measured: `${Math.round(residentMb)} MB`, ok: residentMb < RESIDENT_MB };
    },
  };
}

function reads(world: OpenWorld): CampaignRow {
  return {
    id: 'R1',
    claim: 'GET /users/{id}, per second of the emulator’s CPU time',
    target: `over ${count(READS_PER_SECOND)}`,
    async measure(run) {
      const { emulator, userIds } = await world(run);
      const headers = { authorization: `Bearer ${await accessToken(emulator)}` };
      const read = (index: number): TimedRequest => {
        const id = userIds[(index * STRIDE) % userIds.length] ?? '';
        return { path: `/v1.0/users/${id}`, options: { headers }, expected: id };
      };
      return rate(run, emulator, run.part(READS), read, READS_PER_SECOND);
    },
  };
}

function tokens(world: OpenWorld): CampaignRow {
  return {
    id: 'R2',
    claim: 'token requests (client credentials), per second of the emulator’s CPU time',
    target: `over ${count(TOKENS_PER_SECOND)}`,
    async measure(run) {
      const { emulator } = await world(run);
      return rate(run, emulator, run.part(TOKEN_REQUESTS), () => tokenRequest(emulator), TOKENS_PER_SECOND);
    },
  };
}

/** Requests per CPU second. A tenth of them is sent before, for the compiler that works while a program runs. */
async function rate(
  run: CampaignRun,
  emulator: MeasuredEmulator,
  requests: number,
  make: (index: number) => TimedRequest,
  wanted: number,
): Promise<Measurement> {
  const { httpUrl } = emulator.loaded;
  run.progress(`${count(requests)} requests`);
  await sendRequests(httpUrl, Math.ceil(requests / 10), make);
  const [before, started] = [await emulator.usage(), performance.now()];
  await sendRequests(httpUrl, requests, make);
  const [after, ended] = [await emulator.usage(), performance.now()];
  const perCpuSecond = requests / ((after.cpuMs - before.cpuMs) / 1000);
  const perSecond = requests / ((ended - started) / 1000);
  return {
    measured: `${count(perCpuSecond)} (${count(perSecond)} a second by the clock)`,
    ok: perCpuSecond > wanted,
  };
}

async function open(run: CampaignRun): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-emulator-'));
  const close = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    run.progress('writing the directory file and the photos');
    const size = { people: run.part(PEOPLE), groups: run.part(GROUPS), seed: run.seed };
    const { file, userIds } = writeOrganisation(folder, size);
    run.progress('loading it');
    const emulator = await startMeasuredEmulator({
      directoryFile: file,
      directoryBase: folder,
      certificateDirectory: join(folder, 'certificates'),
    });
    return { emulator, userIds, close: () => emulator.stop().then(close) };
  } catch (error) {
    await close();
    throw error;
  }
}

function tokenRequest({ loaded }: MeasuredEmulator): TimedRequest {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: loaded.clientId,
    client_secret: loaded.clientSecret,
    scope: 'https://graph.microsoft.com/.default',
  }).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': body.length };
  return {
    path: `/${loaded.tenantId}/oauth2/v2.0/token`,
    options: { method: 'POST', headers },
    body,
    expected: 'access_token',
  };
}

async function accessToken(emulator: MeasuredEmulator): Promise<string> {
  const { path, body = '' } = tokenRequest(emulator);
  const response = await fetch(`${emulator.loaded.httpUrl}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body,
  });
  return ((await response.json()) as { access_token: string }).access_token;
}

function count(number: number): string {
  return Math.round(number).toLocaleString('en-GB');
}
