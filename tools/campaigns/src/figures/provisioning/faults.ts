import { inChild } from './in-child.ts';
import type { CampaignRow } from '../../campaign.ts';

/** What becomes of people when things go wrong. */
export const faults: readonly CampaignRow[] = [
  {
    id: 'D2',
    claim: '2,000 readings that break at a random page, group or question, full and delta, while people come and go',
    target: '0 deactivated who had not left, 0 fields blanked, then exactly the leavers',
  },
  {
    id: 'T1',
    claim:
      'each outcome of a reading by itself: part, missing groups, refusals, rows of nulls, throttling, forgotten links',
    target: 'the run says what happened, nobody is deactivated or blanked, the next one is exact',
  },
  {
    id: 'D3',
    claim: '300 mass changes over a limit, at once or bled over a day, removals by every cause and additions',
    target: '0 changed before approval, exactly the approved after it; none held under the limit',
  },
  {
    id: 'D4',
    claim:
      '100 times kill -9 of directory-sync and profile-writer on real Kafka and MongoDB, while the directory changes',
    target: 'learners, managers, teams and photos as the directory has them; no log entry or mail twice',
  },
].map(inChild);
