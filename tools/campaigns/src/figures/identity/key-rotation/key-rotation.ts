import type { CampaignRow, CampaignRun, Measurement } from '../../../campaign.ts';
import { type MicrosoftsKeys, microsoftsKeys } from './microsofts-keys.ts';
import { type OwnKeys, rotateOwnKeys } from './own-keys.ts';

const ROTATIONS = 20;
/** The first key is retired by the third. */
const FEWEST_ROTATIONS = 3;
const UNKNOWN_KEYS = 1_000;
const FEWEST_UNKNOWN = 30;

/** Our own keys change while people work, Microsoft's are asked for by ids that nobody has, and Microsoft goes away. */
export async function keyRotation(run: CampaignRun): Promise<Measurement> {
  const own = await rotateOwnKeys(undefined, Math.max(run.part(ROTATIONS), FEWEST_ROTATIONS), run);
  const microsofts = await microsoftsKeys(undefined, Math.max(run.part(UNKNOWN_KEYS), FEWEST_UNKNOWN), run);
  return {
    measured: `${describeOwn(own)}; ${describeMicrosofts(microsofts)}`,
    ok: isWellOwn(own) && isWellMicrosofts(microsofts),
    notes: own.refused.slice(0, 10),
  };
}

/** A mistake with our keys, or with Microsoft's: either is noticed by its own half. */
export const keyRotationCatches =
  (variant: string): CampaignRow['measure'] =>
  async (run) => {
    const own = await rotateOwnKeys(variant, FEWEST_ROTATIONS, run);
    if (!isWellOwn(own)) return { measured: describeOwn(own), ok: own.refused.length < own.requests };
    const microsofts = await microsoftsKeys(variant, FEWEST_UNKNOWN, run);
    return { measured: describeMicrosofts(microsofts), ok: !isWellMicrosofts(microsofts) && microsofts.newKeyTaken };
  };

const isWellOwn = ({ requests, refused, retired, retiredTaken, overlapping, overlappingTaken }: OwnKeys) =>
  requests > 0 && refused.length === 0 && retired > 0 && retiredTaken === 0 && overlappingTaken === overlapping;

const isWellMicrosofts = (keys: MicrosoftsKeys) =>
  keys.signedInByUnknown === 0 &&
  keys.fetches <= keys.allowed &&
  keys.newKeyTaken &&
  keys.refused === 0 &&
  keys.statusAway === 503;

const describeOwn = (own: OwnKeys) =>
  `${own.rotations} rotations beside ${own.requests} requests: ${own.refused.length} refused, ` +
  `${own.retiredTaken} of ${own.retired} by retired keys taken, ${own.overlappingTaken} of ${own.overlapping} in the overlap`;

const describeMicrosofts = (keys: MicrosoftsKeys) =>
  `${keys.unknown} unknown keys: ${keys.signedInByUnknown} sign-ins, Microsoft asked ${keys.fetches} times (at most ${keys.allowed}), ` +
  `${keys.newKeyTaken ? 'a new key is taken' : 'a new key is not taken'}; Microsoft away: ${keys.refused} of ${keys.meanwhile} refused, ` +
  `a new sign-in gets ${keys.statusAway}`;
