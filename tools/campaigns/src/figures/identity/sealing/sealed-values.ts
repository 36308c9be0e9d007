import { randomBytes, randomUUID } from 'node:crypto';
import { createSealBox, type SealBox, type SealedPlace, type SealingKeys } from '@learnamp/organisations';
import { compactDecrypt } from 'jose';
import type { CampaignRun, Measurement } from '../../../campaign.ts';
import { createDraw, type Draw } from '../../provisioning/simulation/draw.ts';

const VALUES = 10_000;
const SWAPPED = 1_000;

interface Sealed {
  readonly text: string;
  readonly place: SealedPlace;
  readonly sealed: string;
}

/** Opens wherever a value lies: what binding it to its place is for. */
const anywhere = (keys: SealingKeys): Pick<SealBox, 'open'> => ({
  open: async (sealed) => {
    const { plaintext } = await compactDecrypt(sealed, keys.current.key);
    return Buffer.from(plaintext).toString();
  },
});

/** Values open where they belong, also after a rotation of the keys, and nothing else ever does. */
export async function sealedValues(run: CampaignRun): Promise<Measurement> {
  const draw = createDraw(run.seed);
  const keys = ringOf('k1');
  const indexKey = randomBytes(32);
  const box = createSealBox(keys, indexKey);
  const values: Sealed[] = [];
  for (let number = 0; number < run.part(VALUES); number += 1) values.push(await aValue(box));
  const [pairs, rotated, retired] = [pairsOf(values, run.part(SWAPPED), draw), after('k2', keys), ringOf('k2')];

  const whole = await opened(values, box);
  const later = await opened(values, createSealBox(rotated, indexKey));
  const tampered = await opened(values.map(tamperedBy(draw, values)), box);
  const swapped = await opened(pairs, box);
  const without = await opened(values, createSealBox(retired, indexKey));
  const loose = await opened(pairs, anywhere(keys));
  const shown = values.filter(({ text, sealed }) => showsIt(text, sealed)).length;
  return {
    measured:
      `${whole} of ${values.length} open, ${later} after a rotation; ${tampered} tampered, ${swapped} of ${pairs.length} ` +
      `swapped, ${without} without their key, ${shown} readable; a box that looks at no place opens ${loose} swapped`,
    ok:
      whole === values.length &&
      later === whole &&
      tampered + swapped + without + shown === 0 &&
      loose === pairs.length,
  };
}

function ringOf(id: string): SealingKeys {
  const key = randomBytes(32);
  return { current: { id, key }, find: (wanted) => (wanted === id ? key : undefined) };
}

function after(id: string, former: SealingKeys): SealingKeys {
  const next = ringOf(id);
  return { current: next.current, find: (wanted) => next.find(wanted) ?? former.find(wanted) };
}

async function aValue(box: SealBox): Promise<Sealed> {
  const text = randomUUID();
  const place = { organisationId: randomUUID(), field: 'microsoft.tenantId' };
  return { text, place, sealed: await box.seal(text, place) };
}

/** Values that lie where others belong: another organisation's, or in another field. */
function pairsOf(values: readonly Sealed[], count: number, draw: Draw): Sealed[] {
  return values.slice(0, count).map((value, index) => {
    const other = values[(index + 1) % values.length] ?? value;
    const { organisationId } = draw.chance(0.5) && other !== value ? other.place : value.place;
    const field = organisationId === value.place.organisationId ? 'sftp.secret' : value.place.field;
    return { ...value, place: { organisationId, field } };
  });
}

/** How many open to what was sealed. */
async function opened(values: readonly Sealed[], box: Pick<SealBox, 'open'>): Promise<number> {
  let count = 0;
  for (const { sealed, place, text } of values) {
    if ((await box.open(sealed, place).catch(() => undefined)) === text) count += 1;
  }
  return count;
}

/** One bit flipped somewhere, a piece of another value in it, or a piece missing. The value's own place stays. */
const tamperedBy =
  (draw: Draw, values: readonly Sealed[]) =>
  (value: Sealed): Sealed => {
    const parts = value.sealed.split('.');
    // The second part is empty: the key is shared, so none is sent (RFC 7518 section 4.5).
    const at = draw.from([0, 2, 3, 4]) ?? 0;
    const part = Buffer.from(parts[at] ?? '', 'base64url');
    const other = (draw.from(values) ?? value).sealed.split('.')[at] ?? '';
    const ways = [flipped(part, draw), part.subarray(1), Buffer.from(other, 'base64url'), Buffer.alloc(0)];
    const [first = part] = ways;
    const chosen = draw.from(ways) ?? first;
    // Of two values the headers may differ in nothing, and a piece of its own is no other.
    parts[at] = (chosen.equals(part) ? first : chosen).toString('base64url');
    return { ...value, sealed: parts.join('.') };
  };

function flipped(part: Buffer, draw: Draw): Buffer {
  const changed = Buffer.from(part);
  const byte = draw.below(changed.length);
  changed[byte] = (changed[byte] ?? 0) ^ (1 << draw.below(8));
  return changed;
}

const showsIt = (text: string, sealed: string) =>
  sealed.split('.').some((part) => Buffer.from(part, 'base64url').toString('latin1').includes(text));
