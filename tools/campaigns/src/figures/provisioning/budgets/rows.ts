import type { CampaignRow } from '../../../campaign.ts';
import { inChild } from '../in-child.ts';

/** What a sync may cost, and whom it may keep waiting. At a smaller scale the requests of a full reconcile are fewer too. */
export const budgets: readonly CampaignRow[] = [
  {
    id: 'R1',
    claim:
      'a full reconcile of 10,000 people in 224 groups without photos, links and the second look at groups included',
    target: 'at most 300 Graph requests',
  },
  { id: 'R2', claim: 'the same with a photo of everybody', target: 'at most 1,300 Graph requests' },
  { id: 'R3', claim: 'one changed property of a person', target: 'at most 4 Graph requests' },
  {
    id: 'R4',
    claim: 'a burst of 10,000 notifications for one tenant',
    target: 'at most 3 delta rounds, nothing missed',
  },
  {
    id: 'M2',
    claim: 'directory-sync, started as in production, while it reads 50,000 people with photos twice',
    target: 'under 300 MB resident',
  },
  {
    id: 'D5',
    claim: '500 answers of 429, most of them inside of batches, to four of five tenants in the middle of full syncs',
    target: 'no call before Retry-After, all finish, the fifth under twice its own time',
  },
  {
    id: 'P1',
    claim: 'no subscription, no notification, and a large full sync under way: 1,000 changes in 50 organisations',
    target: 'each applied within 30 minutes of a simulated clock',
  },
  {
    id: 'H1',
    claim: 'Sync users heals what was dead-lettered, skipped by the writer, or restored away',
    target: 'everybody concerned is behind before and nobody after',
  },
].map(inChild);
