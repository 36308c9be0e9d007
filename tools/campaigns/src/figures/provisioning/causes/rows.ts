import type { CampaignRow } from '../../../campaign.ts';
import { inChild } from '../in-child.ts';

/** Whether administrators are told why. */
export const causes: readonly CampaignRow[] = [
  {
    id: 'X1',
    claim:
      'each of six troubles (users not syncing, sign-in, details, managers, flat teams, setup) by three causes or more',
    target: 'one sentence names the group, permission, field or person; nothing of the kind where all is well',
  },
].map(inChild);
