import { explainPerson, type Explanation } from '@learnamp/explain';
import { runModel } from '@learnamp/learners';
import { createFindOpenSettings, organisationModel } from '@learnamp/organisations';
import type { CampaignRun, Measurement } from '../../../campaign.ts';
import { type Case, cases, names, sentencesFor } from './cases.ts';
import { upn } from './companies.ts';
import { setTheStage, type Stage } from './stage.ts';

const WITHIN_MS = 30_000;

/** Each cause is named for whom it concerns, and nothing of the kind is said of somebody with whom all is well. */
export async function explained(run: CampaignRun): Promise<Measurement> {
  const stage = await setTheStage();
  const missed: string[] = [];
  try {
    const healthy = await ask(stage, { tenant: 0, who: upn(0, 'healthy'), isFresh: true });
    const wrongly = healthy.troubles.map(({ cause }) => `said of somebody with whom all is well: ${cause}`);
    for (const one of cases) {
      run.progress(`${one.about}: ${one.cause}`);
      if (one.cause === 'the secret has expired') await expireTheSecret(stage, one);
      const sentences = sentencesFor(one, await ask(stage, one));
      if (!names(one, sentences)) missed.push(`${one.about}, ${one.cause}: ${sentences.join(' | ') || 'nothing'}`);
      if (names(one, sentencesFor(one, healthy))) wrongly.push(`said of everybody: ${one.about}, ${one.cause}`);
    }
    const measured = `${cases.length - missed.length} of ${cases.length} causes named, ${wrongly.length} named wrongly`;
    return { measured, ok: missed.length + wrongly.length === 0, notes: [...missed, ...wrongly] };
  } finally {
    await stage.close();
  }
}

async function ask(
  { services, organisationOf }: Stage,
  { tenant, who, isFresh = false }: Pick<Case, 'tenant' | 'who' | 'isFresh'>,
): Promise<Explanation> {
  const organisationId = organisationOf(tenant);
  const found = await createFindOpenSettings(organisationModel(services.connection))([organisationId]);
  const organisation = found.get(organisationId);
  if (!organisation) throw new Error(`there is no organisation of tenant ${tenant}`);
  return explainPerson(
    { connection: services.connection, publish: services.publish, clock: () => new Date(), withinMs: WITHIN_MS },
    { organisation, who, askedBy: 'figures', isFresh },
  );
}

/** From here on Entra gives no token any more, and a run has noticed. */
async function expireTheSecret({ emulator, services, organisationOf }: Stage, { tenant }: Case): Promise<void> {
  const organisationId = organisationOf(tenant);
  emulator.entra.failNext(7000222, { endpoint: 'token', times: 1_000_000 });
  emulator.entra.expireTokens();
  await services.syncUsers(organisationId);
  const noticed = { organisationId, problem: /AADSTS7000222/ };
  while (!(await runModel(services.connection).exists(noticed))) await new Promise((go) => setTimeout(go, 50));
}
