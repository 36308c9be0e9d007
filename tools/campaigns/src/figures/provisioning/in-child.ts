import { ensureCertificateAuthority } from '@learnamp/entra-emulator';
import { testCaDirectory } from '@learnamp/testkit';
import type { CampaignRow, CampaignRun, Measurement } from '../../campaign.ts';
import { compiled, MeasuringProcess } from '../measuring/measuring-process.ts';

/** A row that is measured in a process of its own, which trusts the local Microsoft's certificates from its start. */
export const inChild = (row: Omit<CampaignRow, 'measure'>): CampaignRow => ({
  ...row,
  measure: (run) => measure(row.id, run),
});

async function measure(id: string, run: CampaignRun): Promise<Measurement> {
  const { caFile } = await ensureCertificateAuthority(testCaDirectory());
  const child = new MeasuringProcess(`${compiled}provisioning/measures.js`, { NODE_EXTRA_CA_CERTS: caFile });
  try {
    return await child.measure(id, run);
  } finally {
    await child.close();
  }
}
