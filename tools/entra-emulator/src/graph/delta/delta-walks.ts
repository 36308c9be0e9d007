import type { LinkChange } from '../../directory/change.ts';
import type { DeltaOptions } from './delta-options.ts';
import type { Candidates, DeltaPosition, DeltaRound, DeltaStart } from './delta-round.ts';
import { Recent } from './recent.ts';
import { SealedTokens } from './sealed-tokens.ts';

/** Seven days: how long a deltaLink of directory objects lives. */
const LINK_LIFETIME_MS = 7 * 24 * 60 * 60 * 1000;

/** How many rounds, and how many large groups, are kept at hand for those who turn their pages. */
const AT_HAND = 8;

/** Whose link it is: nobody else's token opens it. */
interface Owned {
  readonly appId: string;
}

/** What a tenant needs for delta queries. Links say for themselves what they stand for. */
export interface DeltaWalks {
  readonly options: DeltaOptions;
  readonly pages: SealedTokens<Owned & { readonly round: DeltaRound; readonly position: DeltaPosition }>;
  readonly links: SealedTokens<Owned & { readonly start: DeltaStart }>;
  readonly recentCandidates: Recent<Candidates>;
  readonly recentLinks: Recent<readonly LinkChange[]>;
}

export function createDeltaWalks(options: DeltaOptions, pageLifetimeMs: number, clock: () => Date): DeltaWalks {
  return {
    options,
    pages: new SealedTokens(pageLifetimeMs, clock),
    links: new SealedTokens(LINK_LIFETIME_MS, clock),
    recentCandidates: new Recent(AT_HAND),
    recentLinks: new Recent(AT_HAND),
  };
}
