import type { CommandOutcomeDocument } from '@learnamp/learners';
import type { Model } from 'mongoose';
import Type, { type Static } from 'typebox';
import type { ListOrder } from '../paging/cursor.ts';
import { type PageOf, type PageQuery, readPage } from '../paging/read-page.ts';
import { type ImportDocument, type ImportRowDocument, rowIds } from './import-model.ts';

const Count = Type.Integer();
const Moment = Type.Union([Type.String({ format: 'date-time' }), Type.Null()]);

/** A list, as whoever brought it is shown it. */
export const ImportSummary = Type.Object({
  id: Type.String(),
  fileName: Type.String(),
  state: Type.Union([Type.Literal('read'), Type.Literal('started'), Type.Literal('finished')]),
  createdAt: Type.String({ format: 'date-time' }),
  startedAt: Moment,
  finishedAt: Moment,
  columns: Type.Array(Type.Object({ title: Type.String(), field: Type.Union([Type.String(), Type.Null()]) })),
  /** Rows of the file, and those that can't be imported as they are. */
  rows: Count,
  bad: Count,
  /** What is foreseen of the others. */
  foreseen: Type.Object({ create: Count, update: Count, refuse: Count }),
});
export type ImportSummary = Static<typeof ImportSummary>;

export const RowProblem = Type.Object({ line: Count, problem: Type.String() });
export type RowProblem = Static<typeof RowProblem>;

export const ImportView = Type.Interface([ImportSummary], {
  progress: Type.Object({ done: Count, total: Count, applied: Count, refused: Count }),
  /** Rows that were not, or are not going to be, imported; the first of them. */
  problems: Type.Array(RowProblem),
  moreProblems: Type.Boolean(),
});
export type ImportView = Static<typeof ImportView>;

export interface ReadImportDeps {
  readonly imports: Model<ImportDocument>;
  readonly importRows: Model<ImportRowDocument>;
  readonly commandOutcomes: Model<CommandOutcomeDocument>;
}

const newestFirst: ListOrder = {
  name: 'imports',
  keys: [
    { path: 'createdAt', direction: -1, type: 'date' },
    { path: '_id', direction: 1, type: 'string' },
  ],
};

/** The lists of an organisation, the newest first. */
export async function listImports(
  { imports }: ReadImportDeps,
  organisationId: string,
  page: PageQuery,
): Promise<PageOf<ImportSummary>> {
  const { items, next } = await readPage(imports, { organisationId }, newestFirst, page);
  return { items: items.map(summaryOf), next };
}

/** A list with its progress, and with its problems after a line. */
export async function readImport(
  deps: ReadImportDeps,
  organisationId: string,
  importId: string,
  after = 0,
): Promise<ImportView | null> {
  const found = await deps.imports.findOne({ _id: importId, organisationId }).lean();
  if (!found) return null;
  const [{ applied, refused }, problems] = await Promise.all([
    countOutcomes(deps, importId),
    readProblems(deps, found, after),
  ]);
  return {
    ...summaryOf(found),
    progress: { done: applied + refused, total: found.counts.accepted, applied, refused },
    ...problems,
  };
}

export function summaryOf(list: ImportDocument): ImportSummary {
  const { _id: id, fileName, state, columns, counts, createdAt, startedAt, finishedAt } = list;
  const iso = (at: Date | null) => at?.toISOString() ?? null;
  return {
    ...{ id, fileName, state, columns: [...columns] },
    ...{ createdAt: createdAt.toISOString(), startedAt: iso(startedAt), finishedAt: iso(finishedAt) },
    ...{ rows: counts.rows, bad: counts.rows - counts.accepted },
    foreseen: { create: counts.creates, update: counts.updates, refuse: counts.refusals },
  };
}

async function countOutcomes({ commandOutcomes }: ReadImportDeps, importId: string) {
  const groups = await commandOutcomes.aggregate<{ _id: 'applied' | 'refused'; count: number }>([
    { $match: { _id: rowIds(importId) } },
    { $group: { _id: '$outcome', count: { $sum: 1 } } },
  ]);
  const countOf = (outcome: string) => groups.find(({ _id }) => _id === outcome)?.count ?? 0;
  return { applied: countOf('applied'), refused: countOf('refused') };
}

const PROBLEMS_AT_ONCE = 200;

/**
 * Rows after a line that are not imported, by line: those that can't be, and those that profile-writer refused; before it
 * has been asked, those that are foreseen to be.
 */
export async function readProblems(
  { importRows, commandOutcomes }: ReadImportDeps,
  { _id: importId, state }: Pick<ImportDocument, '_id' | 'state'>,
  after: number,
): Promise<{ readonly problems: RowProblem[]; readonly moreProblems: boolean }> {
  const bad = await importRows
    .find({ importId, line: { $gt: after }, problem: { $ne: null }, ...(state === 'read' ? {} : { action: null }) })
    .sort({ line: 1 })
    .limit(PROBLEMS_AT_ONCE + 1)
    .lean();
  const refused = await commandOutcomes.find({ _id: rowIds(importId), outcome: 'refused' }, 'reason').lean();
  const all = [
    ...bad.map(({ line, problem }) => ({ line, problem: problem ?? '' })),
    ...refused.map(({ _id, reason }) => ({ line: Number(_id.slice(importId.length + 1)), problem: reason ?? '' })),
  ]
    .filter(({ line }) => line > after)
    .sort((a, b) => a.line - b.line);
  return { problems: all.slice(0, PROBLEMS_AT_ONCE), moreProblems: all.length > PROBLEMS_AT_ONCE };
}
