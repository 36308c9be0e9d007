import { type RunDocument, runModel } from '@learnamp/learners';
import { type OrganisationDocument, organisationModel } from '@learnamp/organisations';
import { heldSetModel, subscriptionModel, type WorkRecord, workRecordModel } from '@learnamp/sync-state';
import type { Connection } from 'mongoose';
import type { Surroundings } from '../command-line/command.ts';
import { type Finding, ok, problem, warning } from './finding.ts';

const MINUTE = 60_000;
const OVERDUE_MS = 5 * MINUTE;
const SEEN_WITHIN_MS = 30 * MINUTE;
const FULL_WITHIN_MS = 26 * 60 * MINUTE;

/** Those that are provisioned: that their work is done, their runs end well, and their subscriptions live. */
export const provisionedOrganisations = (connection: Connection): Promise<OrganisationDocument[]> =>
  organisationModel(connection)
    .find({ microsoft: { $ne: null }, 'provisioning.enabled': true })
    .sort({ subdomain: 1 })
    .lean<OrganisationDocument[]>()
    .exec();

export async function checkOrganisations({
  connection,
  clock,
}: Pick<Surroundings, 'connection' | 'clock'>): Promise<Finding[]> {
  const organisations = await provisionedOrganisations(connection);
  const findings: Finding[] = [];
  for (const organisation of organisations) findings.push(...(await checkOne(connection, organisation, clock())));
  const unwell = new Set(findings.map(({ part }) => part)).size;
  return [
    ok('organisations', `${organisations.length} provisioned, ${organisations.length - unwell} of them well`),
    ...findings,
  ];
}

async function checkOne(
  connection: Connection,
  { _id: id, subdomain }: OrganisationDocument,
  now: Date,
): Promise<Finding[]> {
  const record = await workRecordModel(connection).findById(id).lean<WorkRecord>();
  if (!record) return [problem(subdomain, 'directory-sync has not seen it yet', 'start directory-sync')];
  return [
    ...workOf(subdomain, record, now),
    ...(await runsOf(connection, id, subdomain, now)),
    ...(await subscriptionsOf(connection, id, subdomain, now)),
    ...((await heldSetModel(connection).exists({ _id: id }))
      ? [warning(subdomain, 'changes wait for approval', `learnamp-ops held show --organisation ${subdomain}`)]
      : []),
  ];
}

function workOf(
  subdomain: string,
  { dueAt, lease, failures, pausedUntil, gapSince }: WorkRecord,
  now: Date,
): Finding[] {
  const waitsSince = dueAt > pausedUntil ? dueAt : pausedUntil;
  const isIdle = lease.until <= now && waitsSince.getTime() + OVERDUE_MS < now.getTime();
  const runs = `learnamp-ops runs list --organisation ${subdomain}`;
  return [
    ...(isIdle
      ? [
          problem(
            subdomain,
            `work is due since ${waitsSince.toISOString()} and nobody does it`,
            'start directory-sync, or look at its log',
          ),
        ]
      : []),
    ...(failures > 0
      ? [warning(subdomain, `${failures} failures in a row; next try at ${pausedUntil.toISOString()}`, runs)]
      : []),
    ...(gapSince
      ? [
          warning(
            subdomain,
            `nobody may have been told of changes since ${gapSince.toISOString()}`,
            'wait for the next run, which asks',
          ),
        ]
      : []),
  ];
}

async function runsOf(
  connection: Connection,
  organisationId: string,
  subdomain: string,
  now: Date,
): Promise<Finding[]> {
  const newest = (filter: object) =>
    runModel(connection)
      .findOne({ organisationId, ...filter })
      .sort({ startedAt: -1 })
      .lean<RunDocument>();
  const last = await newest({ mode: { $ne: 'preview' }, finishedAt: { $ne: null } });
  const full = await newest({ mode: 'full', stage: 'finished' });
  const isOld = !full || now.getTime() - full.startedAt.getTime() > FULL_WITHIN_MS;
  const since = full ? `the last full run is of ${full.startedAt.toISOString()}` : 'no full run has ended yet';
  return [
    ...(last?.problem ? [problem(subdomain, last.problem, `learnamp-ops runs show ${last._id}`)] : []),
    ...(isOld ? [problem(subdomain, since, `learnamp-ops sync --organisation ${subdomain}`)] : []),
  ];
}

async function subscriptionsOf(
  connection: Connection,
  organisationId: string,
  subdomain: string,
  now: Date,
): Promise<Finding[]> {
  const found = await subscriptionModel(connection).find({ organisationId }).lean();
  const timer = 'nothing, where that is wanted; else set NOTIFICATION_URL and look at the log of directory-sync';
  const renew = `learnamp-ops sync --organisation ${subdomain} --changes, and look at the log of directory-sync`;
  return (['users', 'groups'] as const).flatMap((kind) => {
    const subscription = found.find((each) => each.kind === kind);
    if (!subscription) return [warning(subdomain, `no subscription to ${kind}: changes follow by timer`, timer)];
    const { expiresAt, seenAt } = subscription;
    if (expiresAt <= now)
      return [problem(subdomain, `its subscription to ${kind} ended at ${expiresAt.toISOString()}`, renew)];
    const isUnseen = seenAt !== null && now.getTime() - seenAt.getTime() > SEEN_WITHIN_MS;
    return isUnseen
      ? [warning(subdomain, `Graph listed its subscription to ${kind} last at ${seenAt.toISOString()}`, renew)]
      : [];
  });
}
