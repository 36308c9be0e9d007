import type { Connection } from 'mongoose';
import { appendAudit } from '../audit/append-audit.ts';
import type { AuditActor } from '../audit/audit-model.ts';
import { organisationModel } from '../settings/organisation-model.ts';
import { notificationsOf } from '../settings/notification-settings.ts';
import { roleModel } from './roles.ts';

/** Somebody who is to be erased: their learner, and the addresses by which an organisation's settings may name them. */
export interface ForgottenLearner {
  readonly organisationId: string;
  readonly learnerId: string | null;
  /** In lower case. */
  readonly addresses: readonly string[];
}

/**
 * Takes somebody's role away, and their address where they are to be the first Owner or are mailed notices, and notes in the
 * log that a person was erased, without saying who. What they did stays in the log, by a learner's id that is nobody's any more.
 */
export async function forgetLearner(
  connection: Connection,
  { organisationId, learnerId, addresses }: ForgottenLearner,
  { actor, at, commandId }: { readonly actor: AuditActor; readonly at: Date; readonly commandId: string },
): Promise<void> {
  await connection.transaction(async (session) => {
    const organisations = organisationModel(connection);
    if (learnerId !== null) await roleModel(connection).deleteMany({ organisationId, learnerId }, { session });
    const found = await organisations.findById(organisationId, 'firstOwner notifications', { session }).lean();
    if (found?.firstOwner && addresses.includes(found.firstOwner.toLowerCase())) {
      await organisations.updateOne({ _id: organisationId }, { $set: { firstOwner: null } }, { session });
    }
    const { addresses: mailed } = notificationsOf(found ?? {});
    const others = mailed.filter((address) => !addresses.includes(address.toLowerCase()));
    if (others.length < mailed.length) {
      // Whoever has a form with the address still open must not store it again.
      const change = { $set: { 'notifications.addresses': others }, $inc: { revision: 1 } };
      await organisations.updateOne({ _id: organisationId }, change, { session });
    }
    const changes = [{ path: 'person erased', old: null, new: commandId }];
    await appendAudit(connection, { organisationId, at, actor, action: 'person erased', changes }, session);
  });
}
