import { generateDirectory } from '@learnamp/entra-emulator';
import { runModel } from '@learnamp/learners';
import type { CampaignRun, Measurement } from '../../../campaign.ts';
import { type Services, startServices } from './services.ts';
import { startTenants, type Tenants } from './microsoft.ts';

const PEOPLE = 10_000;
const GROUPS = 224;
const MINUTE = 60_000;

/** What a full reconcile may take: a fixed part, and a part for each person. 300 and 1,300 for ten thousand people. */
const allowed = {
  withoutPhotos: (people: number) => 100 + 0.02 * people,
  withPhotos: (people: number) => 100 + 0.12 * people,
};

interface Company {
  readonly services: Services;
  readonly microsoft: Tenants;
  readonly people: readonly string[];
  advance(ms: number): void;
  /** What Graph is asked while `work` goes on, by its own count. */
  counting(work: () => Promise<void>): Promise<Asked>;
  close(): Promise<void>;
}

interface Asked {
  readonly requests: number;
  readonly members: number;
  readonly resourceUnits: number;
  readonly deltaRounds: number;
}

async function openCompany(run: CampaignRun, photos: boolean): Promise<Company> {
  const people = run.part(PEOPLE);
  run.progress(`generating ${people} people`);
  const groups = Math.max(2, run.part(GROUPS));
  const directory = generateDirectory({ people, groups, seed: run.seed, photos: photos ? people : 0 });
  let ahead = 0;
  const now = () => new Date(Date.now() + ahead);
  const microsoft = await startTenants([directory], { clock: now });
  const customers = [{ tenantId: directory.tenant.id, groupId: directory.rootGroupId ?? '' }];
  const units = { spent: 0, rounds: 0 };
  const { requests, requestLog } = microsoft.emulator;
  requestLog.onRecord(({ resourceUnits, url }) => {
    units.spent += resourceUnits;
    if (/^\/users\/delta\?.*deltatoken=(?!latest)/i.test(url)) units.rounds += 1;
  });
  const counting = async (work: () => Promise<void>) => {
    const before = { total: requests.total, members: requests.batchMembers, ...units };
    await work();
    return {
      requests: requests.total - before.total,
      members: requests.batchMembers - before.members,
      resourceUnits: units.spent - before.spent,
      deltaRounds: units.rounds - before.rounds,
    };
  };
  const services = await startServices({ microsoft, customers, now, provisioning: { photos } });
  const close = async () => {
    await services.close();
    await microsoft.emulator.stop();
  };
  const ids = directory.users.map(({ id }) => id);
  return { services, microsoft, people: ids, advance: (ms) => (ahead += ms), counting, close };
}

const measureFull =
  (photos: boolean) =>
  async (run: CampaignRun): Promise<Measurement> => {
    const limit = Math.round(allowed[photos ? 'withPhotos' : 'withoutPhotos'](run.part(PEOPLE)));
    const started = performance.now();
    // Counted from the start: the first reconcile takes the links too.
    const company = await openCompany(run, photos);
    try {
      run.progress('reading everybody for the first time');
      await company.services.settled();
      // The groups that were found are read again.
      company.advance(MINUTE);
      await company.services.settled();
      const { total, batchMembers } = company.microsoft.emulator.requests;
      const again = await company.counting(async () => {
        await company.services.syncUsers(company.services.organisations[0]?.id ?? '');
        await company.services.settled();
      });
      const seconds = Math.round((performance.now() - started) / 1000);
      const learners = await company.services.learners(company.services.organisations[0]?.id ?? '');
      const active = learners.filter((learner) => learner.active).length;
      const measured =
        `${total} requests of ${limit} for the first (${batchMembers} in batches), ${again.requests} and ` +
        `${again.resourceUnits} resource units for the next; ${active} learners, ${seconds} s`;
      return { measured, ok: total <= limit && again.requests <= limit && active > 0 };
    } finally {
      await company.close();
    }
  };

export const fullWithoutPhotos = measureFull(false);
export const fullWithPhotos = measureFull(true);

/** One changed property, one after the other for a few people. */
export async function oneChange(run: CampaignRun): Promise<Measurement> {
  const company = await openCompany(run, false);
  const [organisation] = company.services.organisations;
  const write = company.microsoft.writer(organisation?.microsoft?.tenantId ?? '');
  try {
    await company.services.settled();
    company.advance(MINUTE);
    await company.services.settled();
    const inside = await company.services.learners(organisation?.id ?? '');
    let [most, units] = [0, 0];
    for (const learner of inside.slice(0, Math.max(3, run.part(20)))) {
      const personId = learner.sources.microsoft?.personId ?? '';
      await write('PATCH', `/users/${personId}`, { jobTitle: `Title ${most}` });
      const asked = await company.counting(async () => {
        await company.services.notify(organisation?.id ?? '', [personId]);
        await company.services.settled();
        // The second look at the person belongs to the price.
        company.advance(MINUTE);
        await company.services.settled();
      });
      most = Math.max(most, asked.requests);
      units = Math.max(units, asked.resourceUnits);
    }
    return { measured: `${most} requests and ${units} resource units at most`, ok: most > 0 && most <= 4 };
  } finally {
    await company.close();
  }
}

/** Every notification of a mass change, as they come within a few seconds. */
export async function burst(run: CampaignRun): Promise<Measurement> {
  const company = await openCompany(run, false);
  const [organisation] = company.services.organisations;
  const id = organisation?.id ?? '';
  const write = company.microsoft.writer(organisation?.microsoft?.tenantId ?? '');
  try {
    await company.services.settled();
    company.advance(MINUTE);
    await company.services.settled();
    const learners = await company.services.learners(id);
    const changed = learners.slice(0, 20).map(({ sources }) => sources.microsoft?.personId ?? '');
    const notifications = run.part(10_000);
    const asked = await company.counting(async () => {
      for (let sent = 0; sent < notifications; sent += 500) {
        const wave = Math.floor((sent / notifications) * changed.length);
        await write('PATCH', `/users/${changed[wave] ?? ''}`, { jobTitle: 'in the burst' });
        const some = Math.min(500, notifications - sent);
        await company.services.notify(id, company.people.slice(0, some));
      }
      for (let minute = 0; minute < 5; minute += 1) {
        await company.services.settled();
        company.advance(MINUTE);
      }
    });
    const after = await company.services.learners(id);
    const told = new Set(
      Array.from(
        { length: Math.ceil(notifications / 500) },
        (_, n) => changed[Math.floor(((n * 500) / notifications) * changed.length)],
      ),
    );
    const missed = after.filter(
      ({ sources, fields }) => told.has(sources.microsoft?.personId) && fields.jobTitle !== 'in the burst',
    );
    const runs = await runModel(company.services.connection).countDocuments({ mode: 'delta', trigger: 'notification' });
    const measured = `${asked.deltaRounds} rounds for ${notifications} notifications (${runs} begun by them), ${missed.length} changes missed`;
    return { measured, ok: asked.deltaRounds > 0 && asked.deltaRounds <= 3 && missed.length === 0 };
  } finally {
    await company.close();
  }
}
