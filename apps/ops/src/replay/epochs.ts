import type { BusRecord } from '@learnamp/bus';
import { parseVersion } from '@learnamp/contracts';
import { organisationModel } from '@learnamp/organisations';
import { raiseEpoch, workRecordModel } from '@learnamp/sync-state';
import type { Connection } from 'mongoose';

/** An organisation whose database is behind what the topics say. */
export interface BehindOrganisation {
  readonly organisationId: string;
  /** The highest epoch in the records that were read. */
  readonly inTopic: number;
  readonly inDatabase: number;
}

/** Notes the highest epoch of each organisation among records. */
export class Epochs {
  readonly #highest = new Map<string, number>();

  see({ key, value }: Pick<BusRecord, 'key' | 'value'>): void {
    const organisationId = key?.toString().split(':')[0];
    const epoch = epochOf(value);
    if (organisationId === undefined || epoch === undefined) return;
    this.#highest.set(organisationId, Math.max(epoch, this.#highest.get(organisationId) ?? 0));
  }

  /** Those that the database knows, and whose next epoch would not be above all that are in the topic. */
  async behind(connection: Connection): Promise<BehindOrganisation[]> {
    const ids = [...this.#highest.keys()];
    const known = await organisationModel(connection)
      .find({ _id: { $in: ids } }, '_id')
      .lean();
    const records = await workRecordModel(connection)
      .find({ _id: { $in: ids } }, 'lease.epoch')
      .lean();
    const epochs = new Map(records.map(({ _id, lease }) => [_id, lease.epoch]));
    return known
      .map(({ _id }) => ({
        organisationId: _id,
        inTopic: this.#highest.get(_id) ?? 0,
        inDatabase: epochs.get(_id) ?? 0,
      }))
      .filter(({ inTopic, inDatabase }) => inDatabase < inTopic);
  }
}

export async function raiseAll(connection: Connection, behind: readonly BehindOrganisation[]): Promise<void> {
  for (const { organisationId, inTopic } of behind) await raiseEpoch(connection, organisationId, inTopic);
}

/** Of a state, a marker or a proposal; undefined where there is none. */
function epochOf(value: Buffer | null): number | undefined {
  try {
    const said = JSON.parse(value?.toString() ?? 'null') as { version?: string; state?: { version?: string } } | null;
    return parseVersion(said?.version ?? said?.state?.version ?? '').epoch;
  } catch {
    return undefined;
  }
}
