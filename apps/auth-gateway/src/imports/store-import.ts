import { listLimits, type ListRow, type PeopleList, readPeopleList } from '@learnamp/directory';
import type { ImportAction, LearnerDocument } from '@learnamp/learners';
import type { Organisation } from '@learnamp/organisations';
import type { Model } from 'mongoose';
import { Problem } from '../problems/problem.ts';
import { type Foreseen, foresee } from './foresee.ts';
import { type ImportDocument, type ImportRowDocument, rowId } from './import-model.ts';

export interface StoreImportDeps {
  readonly imports: Model<ImportDocument>;
  readonly importRows: Model<ImportRowDocument>;
  readonly learners: Model<LearnerDocument>;
  readonly clock: () => Date;
}

/** A file that somebody brings. */
export interface BroughtFile {
  readonly id: string;
  readonly organisation: Organisation;
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly requestedBy: string;
  readonly file?: ImportDocument['file'];
}

/** How long a list waits to be started. */
const WAITS_MS = 24 * 3600 * 1000;

/** How long people's details stay in it after that; as long as the outcomes of its commands. */
export const KEPT_MS = 30 * 24 * 3600 * 1000;

/** A file's name, as far as it is kept. */
export const storedName = (fileName: string): string => fileName.slice(0, 200);

/** Reads a list and stores it with what is foreseen of it; nothing is imported yet. @throws Problem 413 or 422 */
export async function storeImport(deps: StoreImportDeps, file: BroughtFile): Promise<ImportDocument> {
  const { organisation, bytes } = file;
  const list = readPeopleList(bytes, organisation.provisioning.mapping.customFields);
  if ('problem' in list) {
    throw new Problem(bytes.byteLength > listLimits.bytes ? 413 : 422, 'unreadable-list', list.problem);
  }
  const actions = new Map(list.rows.flatMap((row) => ('person' in row ? [[row.line, actionOf(row)] as const] : [])));
  const foreseen = await foresee(deps.learners, organisation.id, [...actions.values()]);
  const byLine = new Map([...actions.keys()].map((line, index) => [line, foreseen[index]]));
  const document = importOf(file, list, foreseen, deps.clock());
  // Rows first: without the import nobody sees them, and they go by themselves.
  await deps.importRows.deleteMany({ importId: document._id });
  await deps.importRows.insertMany(
    list.rows.map((row) => rowOf(document, row, actions.get(row.line) ?? null, byLine.get(row.line))),
    { ordered: false, lean: true },
  );
  await deps.imports.create(document);
  return document;
}

const actionOf = ({
  person: { fields, customFields, keeps, ...person },
}: Extract<ListRow, { person: object }>): ImportAction => ({
  ...person,
  kind: 'import',
  fields: { ...fields },
  keeps: [...keeps],
  ...(customFields ? { customFields } : {}),
});

function importOf(file: BroughtFile, list: PeopleList, foreseen: readonly Foreseen[], now: Date): ImportDocument {
  const countOf = (kind: Foreseen['kind']) => foreseen.filter((one) => one.kind === kind).length;
  return {
    ...{ _id: file.id, organisationId: file.organisation.id, fileName: storedName(file.fileName) },
    ...{ requestedBy: file.requestedBy, state: 'read', columns: list.columns },
    ...(file.file ? { file: file.file } : {}),
    counts: {
      ...{ rows: list.rows.length, accepted: foreseen.length },
      ...{ creates: countOf('create'), updates: countOf('update'), refusals: countOf('refuse') },
    },
    handed: { rows: 0, line: 0 },
    ...{ createdAt: now, startedAt: null, finishedAt: null, expiresAt: new Date(now.getTime() + WAITS_MS) },
    lease: { holder: null, epoch: 0, until: new Date(0) },
  };
}

function rowOf(
  { _id: importId, organisationId, expiresAt }: ImportDocument,
  row: ListRow,
  action: ImportAction | null,
  foreseen: Foreseen | undefined,
): ImportRowDocument {
  const problem = 'problem' in row ? row.problem : foreseen?.kind === 'refuse' ? foreseen.reason : null;
  return { _id: rowId(importId, row.line), importId, organisationId, line: row.line, action, problem, expiresAt };
}
