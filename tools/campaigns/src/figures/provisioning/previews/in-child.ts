import { fork } from 'node:child_process';
import { startMongo } from '@learnamp/testkit';
import { workspaceRoot } from '../../../results.ts';
import type { CheckPreviewsOptions, PreviewsTally } from './check-previews.ts';

/** The compiled child: mistakes are texts of compiled modules. */
const CHILD = `${workspaceRoot}tools/campaigns/dist/figures/provisioning/previews/child.js`;

/** What a parent asks of a child, as JSON in its only argument. */
export interface Order extends CheckPreviewsOptions {
  readonly uri: string;
  /** The id of the mistake that is made. */
  readonly mistake?: string;
}

export type Message = { readonly number: number } | { readonly tally: PreviewsTally };

/** Checks previews in a process of its own. @throws Error when it ends without an answer. */
export async function checkInChild(
  options: Omit<Order, 'uri'>,
  onPreview: (number: number) => void,
): Promise<PreviewsTally> {
  const mongo = await startMongo();
  try {
    const child = fork(CHILD, [JSON.stringify({ ...options, uri: mongo.uri() })], {
      execArgv: ['--enable-source-maps'],
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    return await new Promise<PreviewsTally>((resolve, reject) => {
      child.on('message', (message: Message) => {
        if ('tally' in message) resolve(message.tally);
        else onPreview(message.number);
      });
      child.on('error', reject);
      child.on('exit', (code) => reject(new Error(`the child ended with ${code} and said nothing`)));
    });
  } finally {
    await mongo.stop();
  }
}
