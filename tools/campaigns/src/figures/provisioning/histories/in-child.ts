import { fork } from 'node:child_process';
import { type RealMongo, startMongo } from '@learnamp/testkit';
import { workspaceRoot } from '../../../results.ts';
import type { CheckOptions, Tally } from './check-histories.ts';
import type { Message } from './order.ts';

/** The compiled child: variants are texts of compiled modules. */
const CHILD = `${workspaceRoot}tools/campaigns/dist/figures/provisioning/histories/child.js`;

/** Runs histories in processes of their own, on one MongoDB. */
export class Histories {
  #mongo: Promise<RealMongo> | undefined;

  /** @throws Error when the child ends without an answer. */
  async check(options: CheckOptions, variant?: string): Promise<Tally> {
    const { onHistory, ...order } = options;
    const mongo = await (this.#mongo ??= startMongo());
    const child = fork(CHILD, [JSON.stringify({ ...order, uri: mongo.uri(), ...(variant ? { variant } : {}) })], {
      execArgv: ['--enable-source-maps'],
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    return new Promise((resolve, reject) => {
      child.on('message', (message: Message) => {
        if ('tally' in message) resolve(message.tally);
        else onHistory?.(message.number);
      });
      child.on('error', reject);
      child.on('exit', (code) => reject(new Error(`the child ended with ${code} and said nothing`)));
    });
  }

  async close(): Promise<void> {
    await (await this.#mongo)?.stop();
  }
}
