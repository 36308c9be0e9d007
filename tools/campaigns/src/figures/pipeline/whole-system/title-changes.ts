import { setTimeout as sleep } from 'node:timers/promises';
import { expectedPeople } from '../../provisioning/oracle/expected-people.ts';
import { createGraphSender, type GraphSender } from '../ingest/graph-sender.ts';
import type { Surroundings } from './surroundings.ts';

const EVERY_MS = 500;

/** People's titles change in the directory, one after the other, and Graph notifies of each, until it is stopped. */
export class TitleChanges {
  sent = 0;
  /** The newest title of each person. */
  readonly last = new Map<string, string>();
  readonly failed: string[] = [];
  readonly #stop = new AbortController();
  readonly #flowing: Promise<void>;

  constructor(system: Surroundings) {
    this.#flowing = this.#flow(system);
    // Looked at when it is stopped.
    this.#flowing.catch(() => undefined);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#flowing;
  }

  async #flow({ microsoft, directory, company, keys, fronts }: Surroundings): Promise<void> {
    const { id: organisationId, tenantId } = company;
    const write = microsoft.writer(tenantId);
    const port = fronts.get('webhook-ingest')?.port ?? 0;
    const sender = createGraphSender({ port, keys }, [{ kind: 'users', organisationId, tenantId }]);
    const people = [...expectedPeople(microsoft.emulator.directory, directory.rootGroupId ?? '').keys()];
    while (!this.#stop.signal.aborted) {
      const id = people[this.sent % people.length] ?? '';
      this.sent += 1;
      const jobTitle = `Title ${this.sent}`;
      await write('PATCH', `/users/${id}`, { jobTitle });
      this.last.set(id, jobTitle);
      await this.#notify(sender, id);
      await sleep(EVERY_MS);
    }
    sender.close();
  }

  async #notify(sender: GraphSender, id: string): Promise<void> {
    const status = await sender.post([id]).catch((error: unknown) => String(error));
    if (status !== 202) this.failed.push(`the notification of a title was answered ${status}`);
  }
}
