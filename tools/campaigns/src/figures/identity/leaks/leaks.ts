import { learnerModel } from '@learnamp/learners';
import type { CampaignRow, CampaignRun, Measurement } from '../../../campaign.ts';
import { CLIENT_SECRET } from '../stage/stage.ts';
import { Canaries } from './canaries.ts';
import { visitIngest } from './ingest-visits.ts';
import { type LetOut, look, type Looked } from './look.ts';
import { poison } from './poison.ts';
import { onRunningSystem, type RunningSystem } from './running-system.ts';
import { type Claims, Visits } from './visits.ts';
import { waitFor } from './wait-for.ts';

interface Outcome extends Looked {
  readonly canaries: number;
  readonly logLines: number;
  /** Whether the marks were where they belong: on pages for the person, and in the database. */
  readonly arrived: boolean;
}

/** Secrets and personal data of the whole system, in what it tells others than those whom they concern. */
export async function leaks(run: CampaignRun): Promise<Measurement> {
  const { canaries, texts, logLines, leaks: found, arrived } = await provoke(undefined, run);
  return {
    measured: `${found.length} found of ${canaries} kinds, in ${logLines} log lines and ${texts} headers, pages and dead letters`,
    ok: found.length === 0 && arrived && logLines > 0,
    notes: found.slice(0, 20),
  };
}

export const leaksCatch =
  (variant: string): CampaignRow['measure'] =>
  async (run) => {
    const { leaks: found, arrived } = await provoke(variant, run);
    return { measured: found[0] ?? 'nothing is found', ok: found.length > 0 && arrived };
  };

function provoke(variant: string | undefined, run: CampaignRun): Promise<Outcome> {
  const canaries = new Canaries();
  run.progress('starting everything');
  return onRunningSystem(variant, canaries, async (system) => {
    const people = await peopleOf(system);
    run.progress('visiting');
    const visits = new Visits(system, canaries, people);
    await visits.bySingleSignOn();
    await visits.byPassword(await invitationOf(system, canaries, String(people[1]?.['preferred_username'])));
    await visits.byMistake();
    const atIngest = await visitIngest(system.ingest, canaries);
    await changeSomebody(system, canaries, String(people[2]?.['oid']));
    const headers = await poison(system.stage.bus, system.company.id, canaries);
    run.progress('without Kafka');
    await system.kafka.kill();
    await visits.withoutKafka();
    await system.kafka.restart();
    addSecrets(canaries, system);
    const logs = [...system.logs].map(([name, text]): LetOut => ({ where: `the log of ${name}`, text }));
    const letOut = [...visits.letOut, ...atIngest, ...headers];
    const { leaks: found } = look(canaries, [...letOut, ...logs]);
    return {
      ...{
        leaks: found,
        texts: letOut.length,
        canaries: canaries.all().size,
        arrived: visits.pages.includes(canaries.person),
      },
      logLines: logs.reduce((sum, { text }) => sum + text.split('\n').length, 0),
    };
  });
}

/** Waits for the directory's people to be learners, and gives them as ID tokens name them. */
async function peopleOf({ stage, company }: RunningSystem): Promise<Claims[]> {
  const learners = learnerModel(stage.connection);
  // The company has a learner of its own from its beginning, whom the directory doesn't know.
  const ofTheDirectory = {
    'sources.microsoft.personId': { $ne: company.person.oid },
    'sources.microsoft.active': true,
  };
  const ofTheCompany = { organisationId: company.id, ...ofTheDirectory };
  await waitFor('people are learners', async () => (await learners.countDocuments(ofTheCompany)) >= 4);
  const found = await learners.find(ofTheCompany).sort({ _id: 1 }).lean();
  return found.flatMap(({ sources: { microsoft }, fields }) =>
    microsoft
      ? [{ oid: microsoft.personId, name: fields.displayName, preferred_username: microsoft.userPrincipalName }]
      : [],
  );
}

/** The link of the invitation that was mailed to somebody; every mail's token is a canary. */
async function invitationOf({ mail }: RunningSystem, canaries: Canaries, address: string): Promise<string> {
  await waitFor('an invitation is mailed', () => (mail.received.get(address) ?? 0) > 0);
  const letters = mail.texts.map((text) => text.replaceAll('=\r\n', '').replaceAll('=3D', '='));
  const linkIn = (letter: string) => /http:\S+\/invitation\?token=[\w.-]+/.exec(letter)?.[0] ?? '';
  for (const letter of letters) canaries.add('an invitation', linkIn(letter).split('token=')[1]);
  return linkIn(letters.find((letter) => letter.includes(address)) ?? '');
}

/** A real change, notified by the local Microsoft with the clientState that directory-sync gave it. */
async function changeSomebody(
  { stage, microsoft }: RunningSystem,
  canaries: Canaries,
  personId: string,
): Promise<void> {
  const { notifications } = microsoft.emulator;
  await waitFor('there is a subscription', () => notifications.subscriptions().length > 0);
  for (const { clientState } of notifications.subscriptions()) canaries.add('a clientState', clientState);
  const jobTitle = `Changed ${canaries.person}`;
  await microsoft.writer(canaries.tenantId)('PATCH', `/users/${personId}`, { jobTitle });
  const changed = { 'sources.microsoft.personId': personId, 'fields.jobTitle': jobTitle };
  await waitFor('a change is applied', async () => (await learnerModel(stage.connection).exists(changed)) !== null);
}

function addSecrets(canaries: Canaries, { stage, microsoft }: RunningSystem): void {
  const { signing, sealing, blindIndex } = stage.keys;
  canaries.add('the client secret', CLIENT_SECRET);
  canaries.add('the client secret of directory-sync', microsoft.clientSecret);
  canaries.add('the sealing key', sealing.split(':')[1]);
  canaries.add('the blind index key', blindIndex.split(':')[1]);
  canaries.add('the signing key', signing.split('\n')[1]);
}
