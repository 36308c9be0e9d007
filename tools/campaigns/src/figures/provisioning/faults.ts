import { inChild } from './measuring/in-child.ts';
import type { CampaignRow } from '../../campaign.ts';

/** What becomes of people when things go wrong. */
export const faults: readonly CampaignRow[] = [
  {
    id: 'D2',
    claim: '2,000 readings that break at a random page, group or question, full and delta, while people come and go',
    target: '0 deactivated who had not left, 0 fields blanked, then exactly the leavers',
  },
].map(inChild);
