import { decodeEvent, userState } from '@learnamp/contracts';
import { generateDirectory } from '@learnamp/entra-emulator';
import { type LearnerDocument, learnerModel } from '@learnamp/learners';
import type { OutgoingRecord } from '@learnamp/bus';
import type { CampaignRun, Measurement } from '../../../campaign.ts';
import { startTenants } from './microsoft.ts';
import { type Services, startServices } from './services.ts';

const PEOPLE = 200;
/** How many people each trouble concerns. */
const CONCERNED = 5;

interface Stage {
  readonly services: Services;
  readonly organisationId: string;
  readonly change: (people: readonly string[], jobTitle: string) => Promise<void>;
  /** Whose next events the topic carries in a form that no consumer can read, or not at all. */
  readonly spoil: Map<string, 'unreadable' | 'lost'>;
}

type Trouble = (stage: Stage, people: readonly string[]) => Promise<void>;

/** Events that went to the dead letters: the topic holds something that the writer can't read. */
const deadLettered: Trouble = async ({ services, organisationId, change, spoil }, people) => {
  for (const person of people) spoil.set(person, 'unreadable');
  await change(people, 'Dead-lettered');
  await services.notify(organisationId, people);
  await services.settled();
};

/** Events that the writer skipped: its offset was moved past them. */
const skipped: Trouble = async ({ services, organisationId, change, spoil }, people) => {
  for (const person of people) spoil.set(person, 'lost');
  await change(people, 'Skipped');
  await services.notify(organisationId, people);
  await services.settled();
};

/** Learners restored from a backup that is older than the topics: some in a former state, some not there at all. */
const restoredAway: Trouble = async ({ services, organisationId, change }, people) => {
  const learners = learnerModel(services.connection);
  const whose = { organisationId, 'sources.microsoft.personId': { $in: people } };
  const backup = await learners.find(whose).lean<LearnerDocument[]>();
  await change(people, 'Restored away');
  await services.notify(organisationId, people);
  await services.settled();
  await learners.deleteMany(whose);
  await learners.insertMany(backup.slice(1));
};

const troubles: readonly (readonly [name: string, title: string, Trouble])[] = [
  ['dead-lettered', 'Dead-lettered', deadLettered],
  ['skipped', 'Skipped', skipped],
  ['restored away', 'Restored away', restoredAway],
];

/** Each trouble is there before Sync users, not mended by a delta run, and gone after it. */
export async function healing(run: CampaignRun): Promise<Measurement> {
  const directory = generateDirectory({ people: Math.max(60, run.part(PEOPLE)), seed: run.seed, photos: 0 });
  const microsoft = await startTenants([directory]);
  const spoil: Stage['spoil'] = new Map();
  const services = await startServices({
    microsoft,
    customers: [{ tenantId: directory.tenant.id, groupId: directory.rootGroupId ?? '' }],
    now: () => new Date(),
    publishing: (records) => records.flatMap((record) => spoiled(record, spoil)),
  });
  const organisationId = services.organisations[0]?.id ?? '';
  const write = microsoft.writer(directory.tenant.id);
  const change: Stage['change'] = async (people, jobTitle) => {
    for (const person of people) await write('PATCH', `/users/${person}`, { jobTitle });
  };
  try {
    await services.settled();
    const active = (await services.learners(organisationId)).filter((learner) => learner.active);
    const ids = active.map(({ sources }) => sources.microsoft?.personId ?? '');
    const behind: string[] = [];
    let healed = 0;
    for (const [index, [name, title, trouble]] of troubles.entries()) {
      run.progress(name);
      const people = ids.slice(index * CONCERNED, (index + 1) * CONCERNED);
      await trouble({ services, organisationId, change, spoil }, people);
      const before = await upToDate(services, organisationId, people, title);
      spoil.clear();
      await services.syncUsers(organisationId);
      await services.settled();
      const after = await upToDate(services, organisationId, people, title);
      healed += after - before;
      behind.push(`${name} ${people.length - before} → ${people.length - after}`);
    }
    const wanted = troubles.length * CONCERNED;
    return { measured: `people who are behind, before → after: ${behind.join(', ')}`, ok: healed === wanted };
  } finally {
    await services.close();
    await microsoft.emulator.stop();
  }
}

async function upToDate(services: Services, organisationId: string, people: readonly string[], title: string) {
  const learners = await services.learners(organisationId);
  const fine = learners.filter(
    ({ active, fields, sources }) =>
      active && fields.jobTitle === title && people.includes(sources.microsoft?.personId ?? ''),
  );
  return fine.length;
}

function spoiled(record: OutgoingRecord, spoil: Stage['spoil']): OutgoingRecord[] {
  const headers = Object.entries(record.headers ?? {}).map(([name, text]) => [name, Buffer.from(text)] as const);
  const decoded = decodeEvent([userState], { value: record.value, headers: Object.fromEntries(headers) });
  const how = decoded.ok ? spoil.get(decoded.event.data.personId) : undefined;
  if (how === undefined) return [record];
  return how === 'lost' ? [] : [{ ...record, value: Buffer.from('{"not": "a state"}') }];
}
