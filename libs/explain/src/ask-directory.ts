import type { Bus } from '@learnamp/bus';
import { encodeEvent, syncRequest } from '@learnamp/contracts';
import type { FieldMapping } from '@learnamp/directory';
import { type Inspection, inspectionModel } from '@learnamp/sync-state';
import type { Connection } from 'mongoose';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

export interface AskDirectoryDeps {
  readonly connection: Connection;
  readonly publish: (records: Parameters<Bus['publish']>[0]) => Promise<void>;
  readonly clock: () => Date;
  /** How long to wait for the directory's answer, in milliseconds. */
  readonly withinMs: number;
}

export interface AskedPerson {
  readonly organisationId: string;
  /** An object id or a user principal name. */
  readonly who: string;
  /** Who asks: a learner id, or the name of a command. */
  readonly askedBy: string;
  /** By which the person's fields are wanted; without it by the organisation's own. */
  readonly mapping?: FieldMapping;
}

const POLL_MS = 50;

/** What the directory says of a person now; null where nobody answers in time. */
export async function askDirectory(
  { connection, publish, clock, withinMs }: AskDirectoryDeps,
  { organisationId, who, askedBy, mapping }: AskedPerson,
): Promise<Inspection | null> {
  const requestId = randomUUID();
  const by = mapping && { rules: [...mapping.rules], customFields: [...mapping.customFields] };
  const asked = { requestId, organisationId, mode: 'inspect', lookUp: who, requestedBy: askedBy } as const;
  const request = { ...asked, ...(by ? { mapping: by } : {}) };
  await publish([
    encodeEvent(syncRequest, request, { organisationId, key: organisationId, source: 'explain', time: clock() }),
  ]);
  const until = performance.now() + withinMs;
  for (;;) {
    const found = await inspectionModel(connection).findOne({ _id: requestId, organisationId }).lean<Inspection>();
    if (found || performance.now() > until) return found;
    await delay(POLL_MS);
  }
}
