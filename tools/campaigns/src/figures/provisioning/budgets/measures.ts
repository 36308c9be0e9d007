import type { CampaignRow } from '../../../campaign.ts';
import { healing } from './healing.ts';
import { promise } from './promise.ts';
import { throttling } from './throttling.ts';
import { burst, fullWithoutPhotos, fullWithPhotos, oneChange } from './requests.ts';

/** What is measured for each row, by its id. */
export const measures: Readonly<Record<string, CampaignRow['measure']>> = {
  R1: fullWithoutPhotos,
  R2: fullWithPhotos,
  R3: oneChange,
  R4: burst,
  D5: throttling,
  P1: promise,
  H1: healing,
};
