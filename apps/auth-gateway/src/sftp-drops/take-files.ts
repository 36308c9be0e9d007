import { createHash } from 'node:crypto';
import { listLimits } from '@learnamp/directory';
import type { Organisation, SeenFile } from '@learnamp/organisations';
import type { Connection } from 'mongoose';
import type { ImportDocument } from '../imports/import-model.ts';
import { readImport, type ReadImportDeps, readProblems, type RowProblem } from '../imports/import-view.ts';
import { startImport } from '../imports/start-import.ts';
import { storedName, storeImport, type StoreImportDeps } from '../imports/store-import.ts';
import { Problem } from '../problems/problem.ts';
import type { DropFolder } from './drop-folder.ts';
import { errorFile } from './error-file.ts';

export interface TakeFilesDeps extends StoreImportDeps, ReadImportDeps {
  readonly connection: Connection;
}

/** Who asks for what is dropped. */
export const BY_SFTP = 'sftp';

/**
 * Takes the files of a folder up, the oldest first and one at a time, so that a later list is not overtaken by an earlier
 * one: starts its import, and files it when that has ended. Answers with what lies there, for the next look: a file is
 * taken up when it is as it was at the look before.
 */
export async function takeFiles(
  deps: TakeFilesDeps,
  organisation: Organisation,
  folder: DropFolder,
  before: readonly SeenFile[],
): Promise<SeenFile[]> {
  const files = (await folder.list()).toSorted((a, b) => a.modifiedAt - b.modifiedAt || (a.name < b.name ? -1 : 1));
  for (const file of files) {
    if (!before.some((seen) => isSame(seen, file))) continue;
    if (!(await takeFile(deps, organisation, folder, file))) break;
  }
  return files;
}

const isSame = (one: SeenFile, other: SeenFile): boolean =>
  one.name === other.name && one.size === other.size && one.modifiedAt === other.modifiedAt;

/** Whether it is done with, so that the next one may be taken up. */
async function takeFile(
  deps: TakeFilesDeps,
  organisation: Organisation,
  folder: DropFolder,
  file: SeenFile,
): Promise<boolean> {
  const list = await listOf(deps, organisation, folder, file);
  if (!list) return false;
  if ('problem' in list) {
    await folder.file(file.name, { folder: 'failed', name: filedName(file), notes: errorFile([list]) });
    return true;
  }
  if (list.state === 'read') await start(deps, list);
  if (list.state !== 'finished') return false;
  await fileAway(deps, folder, file, list);
  return true;
}

/** The import of a file; undefined of one that is being written after all. A file is imported once: its bytes are compared with the last ones that had its name. */
async function listOf(
  deps: TakeFilesDeps,
  organisation: Organisation,
  folder: DropFolder,
  file: SeenFile,
): Promise<ImportDocument | RowProblem | undefined> {
  const about = { organisationId: organisation.id, requestedBy: BY_SFTP, fileName: storedName(file.name) };
  const last = await deps.imports.findOne(about).sort({ createdAt: -1 }).lean();
  if (last?.file && isSame(last.file, file)) return last;
  if (file.size > listLimits.bytes) return { line: 1, problem: 'The file is larger than 10 MB.' };
  const bytes = await folder.read(file.name, listLimits.bytes);
  if (bytes.byteLength !== file.size) return undefined;
  const hash = createHash('sha256').update(bytes).digest('hex');
  if (last?.file?.hash === hash) return last;
  const seed = [organisation.id, file.name, hash, last?._id ?? ''].join('\n');
  const id = `sftp-${createHash('sha256').update(seed).digest('hex').slice(0, 32)}`;
  try {
    const brought = { id, organisation, fileName: file.name, bytes, requestedBy: BY_SFTP };
    return await storeImport(deps, { ...brought, file: { ...file, hash } });
  } catch (error) {
    if (error instanceof Problem && error.status < 500) return { line: 1, problem: error.message };
    throw error;
  }
}

async function start({ connection, clock }: TakeFilesDeps, { organisationId, _id: importId }: ImportDocument) {
  const actor = { kind: 'operator', id: BY_SFTP } as const;
  await startImport(connection, { organisationId, importId }, { actor, at: clock() });
}

async function fileAway(deps: TakeFilesDeps, folder: DropFolder, file: SeenFile, list: ImportDocument): Promise<void> {
  const view = await readImport(deps, list.organisationId, list._id);
  const problems = await allProblems(deps, list);
  await folder.file(file.name, {
    folder: view && view.progress.applied > 0 ? 'done' : 'failed',
    name: filedName(file),
    ...(problems.length > 0 ? { notes: errorFile(problems) } : {}),
  });
}

async function allProblems(deps: TakeFilesDeps, list: ImportDocument): Promise<RowProblem[]> {
  const all: RowProblem[] = [];
  for (;;) {
    const { problems, moreProblems } = await readProblems(deps, list, all.at(-1)?.line ?? 0);
    all.push(...problems);
    if (!moreProblems) return all;
  }
}

/** By when it was dropped: a name may come every night. */
const filedName = ({ name, modifiedAt }: SeenFile): string =>
  `${new Date(modifiedAt).toISOString().slice(0, 19).replaceAll(':', '-')}Z-${name}`;
