import { appendAudit, type AuditActor } from '@learnamp/organisations';
import type { Connection } from 'mongoose';
import { type ImportDocument, importModel, importRowModel } from './import-model.ts';
import { KEPT_MS } from './store-import.ts';

/**
 * Starts a list that was read, and says so in the organisation's audit log: both or neither. Starting it again changes
 * nothing. Null where there is no such list.
 */
export async function startImport(
  connection: Connection,
  about: { readonly organisationId: string; readonly importId: string },
  { actor, at }: { readonly actor: AuditActor; readonly at: Date },
): Promise<ImportDocument | null> {
  const { organisationId, importId } = about;
  const imports = importModel(connection);
  const expiresAt = new Date(at.getTime() + KEPT_MS);
  // Before the list is started, so that none of its rows goes meanwhile.
  await importRowModel(connection).updateMany({ importId, organisationId }, { $set: { expiresAt } });
  return connection.transaction(async (session) => {
    const found = await imports.findOne({ _id: importId, organisationId }, null, { session }).lean();
    if (found?.state !== 'read') return found;
    const started = { state: 'started', startedAt: at, expiresAt } as const;
    await imports.updateOne({ _id: importId }, { $set: started }, { session });
    const changes = [{ path: `import of ${found.fileName}`, old: null, new: `${found.counts.accepted} rows` }];
    await appendAudit(connection, { organisationId, at, actor, action: 'import started', changes }, session);
    return { ...found, ...started };
  });
}
