import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { CampaignRun, Measurement } from '../../campaign.ts';
import { workspaceRoot } from '../../results.ts';
import type { Message, Order } from './child.ts';

/** The compiled figures: variants are texts of compiled modules. */
export const compiled = `${workspaceRoot}tools/campaigns/dist/figures/`;

/** Measures rows one after the other in a process of its own. */
export class MeasuringProcess {
  readonly #child: ChildProcess;

  /** @param measures The compiled module with the rows' `measures`. */
  constructor(measures: string, environment: Readonly<Record<string, string>>) {
    this.#child = fork(`${compiled}measuring/child.js`, [measures], {
      env: { ...process.env, NODE_OPTIONS: '', ...environment },
      execArgv: [],
    });
    process.once('exit', this.#end);
  }

  readonly #end = () => this.#child.kill('SIGKILL');

  /** @throws Error when the process ends without an answer. */
  async measure(id: string, run: CampaignRun): Promise<Measurement> {
    const order: Order = { id, scale: run.scale, seed: run.seed, minutes: run.minutes };
    const child = this.#child;
    try {
      return await new Promise<Measurement>((resolve, reject) => {
        child.on('message', (message: Message) => {
          if ('measurement' in message) resolve(message.measurement);
          else if ('failure' in message) reject(new Error(message.failure));
          else run.progress(message.progress);
        });
        child.once('error', reject);
        child.once('exit', (code) => reject(new Error(`the measuring process ended with ${code} and said nothing`)));
        child.send(order, (error) => error && reject(error));
      });
    } finally {
      for (const event of ['message', 'error', 'exit']) child.removeAllListeners(event);
    }
  }

  async close(): Promise<void> {
    process.removeListener('exit', this.#end);
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    if (this.#child.connected) this.#child.disconnect();
    await exited;
  }
}
