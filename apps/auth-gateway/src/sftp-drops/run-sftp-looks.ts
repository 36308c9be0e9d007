import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { claimLease, type HeldLease, insertOnce, releaseLease } from '@learnamp/mongo';
import {
  openSftpSecret,
  type Organisations,
  type SealBox,
  type SftpLookDocument,
  type SftpSettingsDocument,
} from '@learnamp/organisations';
import type { Logger } from '@learnamp/service';
import type { Model } from 'mongoose';
import { DropFolderError, openDropFolder } from './drop-folder.ts';
import { takeFiles, type TakeFilesDeps } from './take-files.ts';

export interface SftpLooksDeps extends TakeFilesDeps {
  readonly sftpSettings: Model<SftpSettingsDocument>;
  readonly sftpLooks: Model<SftpLookDocument>;
  readonly organisations: Pick<Organisations, 'findById'>;
  readonly seals: SealBox;
  readonly logger: Logger;
}

const POLL_MS = 5_000;
const BETWEEN_LOOKS_MS = 60_000;

/** A look reads some files and moves some: another process takes over when it has hung for so long. */
const LEASE_MS = 300_000;
const LOOK_MS = 240_000;
const CLOSING_MS = 5_000;

/** Looks into the folders that are set, each once a minute, in one process at a time, until stopped. */
export async function runSftpLooks(deps: SftpLooksDeps, signal: AbortSignal): Promise<void> {
  const holder = randomUUID();
  while (!signal.aborted) {
    await lookRound(deps, holder, signal).catch((error: unknown) => {
      deps.logger.error({ err: error }, 'looking into sFTP folders was interrupted');
    });
    await delay(POLL_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** Looks into every folder whose time has come. */
export async function lookRound(deps: SftpLooksDeps, holder: string, signal: AbortSignal): Promise<void> {
  for (const settings of await deps.sftpSettings.find().lean()) {
    if (signal.aborted) return;
    await insertOnce(deps.sftpLooks, [never(settings._id)]);
    const now = deps.clock();
    const due = { _id: settings._id, nextAt: { $lte: now } };
    const lease = await claimLease(deps.sftpLooks, due, { holder, now, ttlMs: LEASE_MS });
    if (lease) await look(deps, settings, lease);
  }
}

const never = (_id: string): SftpLookDocument => ({
  ...{ _id, nextAt: new Date(0), seen: [], lookedAt: null, problem: null },
  lease: { holder: null, epoch: 0, until: new Date(0) },
});

async function look(deps: SftpLooksDeps, settings: SftpSettingsDocument, lease: HeldLease): Promise<void> {
  const { sftpLooks, logger } = deps;
  const organisationId = settings._id;
  try {
    const found = await sftpLooks.findById(organisationId).lean();
    const seen = await lookInto(deps, settings, found?.seen ?? []);
    await note(deps, lease, { seen, problem: null });
  } catch (error) {
    const problem = error instanceof DropFolderError ? error.message : 'The look was interrupted.';
    logger.warn(
      { organisationId, problem, ...(error instanceof DropFolderError ? {} : { err: error }) },
      'sFTP folder',
    );
    await note(deps, lease, { problem });
  } finally {
    await releaseLease(sftpLooks, lease);
  }
}

/** A server that keeps the connection and answers nothing must not keep the other folders waiting. */
async function tooLate(): Promise<never> {
  await delay(LOOK_MS, undefined, { ref: false });
  throw new DropFolderError('The server does not answer any more.');
}

async function lookInto(deps: SftpLooksDeps, settings: SftpSettingsDocument, seen: SftpLookDocument['seen']) {
  const organisation = await deps.organisations.findById(settings._id);
  if (!organisation) return [];
  const { host, port, username, hostKey, folder: path } = settings;
  const secret = await openSftpSecret(deps.seals, settings);
  const folder = await openDropFolder({ host, port, username, hostKey, folder: path }, secret);
  try {
    return await Promise.race([takeFiles(deps, organisation, folder, seen), tooLate()]);
  } finally {
    await Promise.race([folder.close(), delay(CLOSING_MS, undefined, { ref: false })]);
  }
}

/** Only while the lease is ours: whoever took over knows better. */
async function note(
  { sftpLooks, clock }: SftpLooksDeps,
  { id, holder, epoch }: HeldLease,
  found: Partial<Pick<SftpLookDocument, 'seen' | 'problem'>>,
): Promise<void> {
  const lookedAt = clock();
  const nextAt = new Date(lookedAt.getTime() + BETWEEN_LOOKS_MS);
  const held = { _id: id, 'lease.holder': holder, 'lease.epoch': epoch };
  await sftpLooks.updateOne(held, { $set: { ...found, lookedAt, nextAt } });
}
