import { fork } from 'node:child_process';
import { ensureCertificateAuthority } from '@learnamp/entra-emulator';
import { testCaDirectory } from '@learnamp/testkit';
import type { CampaignRow, CampaignRun, Measurement } from '../../../campaign.ts';
import { workspaceRoot } from '../../../results.ts';
import type { Message, Order } from './child.ts';

const CHILD = `${workspaceRoot}tools/campaigns/dist/figures/provisioning/measuring/child.js`;

/** A row that is measured in a process of its own, which trusts the local Microsoft's certificates from its start. */
export const inChild = (row: Omit<CampaignRow, 'measure'>): CampaignRow => ({
  ...row,
  measure: (run) => measure(row.id, run),
});

async function measure(id: string, run: CampaignRun): Promise<Measurement> {
  const { caFile } = await ensureCertificateAuthority(testCaDirectory());
  const order: Order = { id, scale: run.scale, seed: run.seed };
  const child = fork(CHILD, [JSON.stringify(order)], {
    env: { ...process.env, NODE_OPTIONS: '', NODE_EXTRA_CA_CERTS: caFile },
    execArgv: [],
  });
  const end = () => child.kill('SIGKILL');
  process.once('exit', end);
  try {
    return await new Promise<Measurement>((resolve, reject) => {
      child.on('message', (message: Message) => {
        if ('measurement' in message) resolve(message.measurement);
        else if ('failure' in message) reject(new Error(message.failure));
        else run.progress(message.progress);
      });
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`the measuring process ended with ${code} and said nothing`)));
    });
  } finally {
    process.removeListener('exit', end);
  }
}
