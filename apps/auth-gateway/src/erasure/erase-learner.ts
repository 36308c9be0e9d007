import type { LearnerAction } from '@learnamp/contracts';
import { erasureId, nameHash } from '@learnamp/learners';
import type { ImportRowDocument } from '../imports/import-model.ts';
import type { Models } from '../models.ts';

export type EraseLearnerDeps = Pick<
  Models,
  | 'sessions'
  | 'passwords'
  | 'knownBrowserDocuments'
  | 'redemptions'
  | 'signInLinks'
  | 'signInTraces'
  | 'apiTokens'
  | 'imports'
  | 'importRows'
>;

type Erased = Extract<LearnerAction, { kind: 'erase' }>;

/** Removes what is kept of somebody here: how they come in, what they did to come in, and lists' rows that name them. */
export async function eraseLearner(
  deps: EraseLearnerDeps,
  organisationId: string,
  { learnerId, people, names }: Erased,
): Promise<void> {
  if (learnerId !== undefined) await eraseSignIn(deps, learnerId);
  await eraseLinks(deps.signInLinks, organisationId, new Set(people));
  await eraseRows(deps, organisationId, { learnerId, names: new Set(names) });
}

async function eraseSignIn(deps: EraseLearnerDeps, learnerId: string): Promise<void> {
  const { sessions, passwords, knownBrowserDocuments, redemptions, signInLinks, signInTraces, apiTokens } = deps;
  await sessions.deleteMany({ learnerId });
  await passwords.deleteOne({ _id: learnerId });
  for (const each of [knownBrowserDocuments, redemptions, signInLinks, signInTraces, apiTokens]) {
    await each.collection.deleteMany({ learnerId });
  }
}

async function eraseLinks(links: EraseLearnerDeps['signInLinks'], organisationId: string, people: ReadonlySet<string>) {
  for await (const { _id } of links.find({ organisationId }, '_id').lean().cursor()) {
    const personId = _id.slice(organisationId.length + 1);
    if (people.has(erasureId(organisationId, personId))) await links.deleteOne({ _id });
  }
}

/** Rows of lists that name them hold nothing any more. */
async function eraseRows(
  { imports, importRows }: EraseLearnerDeps,
  organisationId: string,
  { learnerId, names }: { readonly learnerId: string | undefined; readonly names: ReadonlySet<string> },
): Promise<void> {
  const isTheirs = ({ action }: ImportRowDocument) => {
    if (!action) return false;
    const { fields, userPrincipalName, employeeId } = action;
    const said = [fields.email, userPrincipalName, employeeId].flatMap((name) => name ?? []);
    return (
      (learnerId !== undefined && action.learnerId === learnerId) ||
      said.some((name) => names.has(nameHash(organisationId, name)))
    );
  };
  for await (const row of importRows
    .find({ organisationId, action: { $ne: null } })
    .lean()
    .cursor()) {
    if (isTheirs(row)) await eraseRow({ imports, importRows }, row);
  }
}

/** One that has not been handed over never will be, so the list must not wait for what becomes of it. */
async function eraseRow(
  { imports, importRows }: Pick<EraseLearnerDeps, 'imports' | 'importRows'>,
  { _id, importId, line }: ImportRowDocument,
): Promise<void> {
  await importRows.db.transaction(async (session) => {
    const waits = { _id: importId, 'handed.line': { $lt: line } };
    await importRows.updateOne({ _id }, { $set: { action: null, problem: ERASED } }, { session });
    await imports.updateOne(waits, { $inc: { 'counts.accepted': -1 } }, { session });
  });
}

const ERASED = 'The person of this row was erased.';
