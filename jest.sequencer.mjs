import TestSequencer from '@jest/test-sequencer';

/** By far the longest tests: begun last, they would run on alone when everything else is over. */
const CAMPAIGNS = /[\\/]tools[\\/]campaigns[\\/]test[\\/]figures[\\/]at-a-fiftieth[\\/]/;

/** The campaigns first, then Jest's own order, which knows how long tests take only where they have run before. */
export default class CampaignsFirst extends TestSequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    return [...sorted.filter(isCampaign), ...sorted.filter((test) => !isCampaign(test))];
  }
}

const isCampaign = ({ path }) => CAMPAIGNS.test(path);
