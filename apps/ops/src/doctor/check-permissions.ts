import { setTimeout as delay } from 'node:timers/promises';
import type { OrganisationDocument } from '@learnamp/organisations';
import { type DirectoryAnswer, directoryAnswerModel } from '@learnamp/sync-state';
import type { Surroundings } from '../command-line/command.ts';
import { request } from '../sync/request.ts';
import { provisionedOrganisations } from './check-organisations.ts';
import { type Finding, ok, problem, warning } from './finding.ts';

const WITHIN_MS = 15_000;
const POLL_MS = 200;

/** Has directory-sync ask Microsoft which permissions were granted, of each organisation. */
export async function checkPermissions(surroundings: Surroundings): Promise<Finding[]> {
  const organisations = await provisionedOrganisations(surroundings.connection);
  const findings = await Promise.all(organisations.map((organisation) => permissionsOf(surroundings, organisation)));
  return findings.flat();
}

async function permissionsOf(surroundings: Surroundings, { _id, subdomain }: OrganisationDocument): Promise<Finding[]> {
  const requestId = await request(surroundings, { organisationId: _id, mode: 'ask', question: 'permissions' });
  const answer = await answerOf(surroundings, requestId);
  if (!answer)
    return [warning(subdomain, 'directory-sync did not say which permissions it has', 'is directory-sync running?')];
  if (answer.problem !== null)
    return [problem(subdomain, answer.problem, 'connect the tenant again, on its settings page')];
  const missing = answer.permissions.filter(({ state }) => state === 'missing');
  if (missing.length === 0) return [ok(subdomain, 'all permissions that are needed are granted')];
  const todo = 'have an administrator of the tenant consent again, on the settings page';
  return missing.map(({ name, stops }) => problem(subdomain, `${name} is not granted: ${stops}`, todo));
}

async function answerOf({ connection, signal }: Surroundings, requestId: string): Promise<DirectoryAnswer | null> {
  const until = performance.now() + WITHIN_MS;
  for (;;) {
    const answer = await directoryAnswerModel(connection).findById(requestId).lean<DirectoryAnswer>();
    if (answer || performance.now() > until || signal.aborted) return answer;
    await delay(POLL_MS);
  }
}
