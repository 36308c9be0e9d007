import { parseArgs } from 'node:util';
import type { Campaign, Campaigns } from './campaign.ts';

/** What the command line asks for. */
export type Request =
  | { readonly kind: 'help' }
  | {
      readonly kind: 'run';
      readonly name: string;
      readonly campaign: Campaign;
      readonly scale: number;
      readonly seed: number;
      /** How long what lasts is to last; undefined for as long as the scale says. */
      readonly minutes: number | undefined;
      /** Ids of rows; undefined for all. */
      readonly only: readonly string[] | undefined;
    };

/** A command line that can't be followed; the message is one line for the person who typed it. */
export class UsageError extends Error {
  readonly code = 'usage';
  readonly retriable = false;
}

const MAX_SCALE = 100;
const MAX_MINUTES = 24 * 60;

/** Reads the arguments after the program's name. */
export function parseArguments(args: readonly string[], campaigns: Campaigns): Request {
  const text = { type: 'string' } as const;
  const options = { scale: text, seed: text, minutes: text, only: text, help: { type: 'boolean' } } as const;
  const { values, positionals } = attempt(() => parseArgs({ args: [...args], options, allowPositionals: true }));
  if (values.help) return { kind: 'help' };
  const [name, ...others] = positionals;
  const known = Object.keys(campaigns).join(', ');
  if (name === undefined) throw new UsageError(`name a campaign: ${known}`);
  if (others.length > 0) throw new UsageError(`one campaign at a time, not also "${others.join(' ')}"`);
  const create = Object.hasOwn(campaigns, name) ? campaigns[name] : undefined;
  if (create === undefined) throw new UsageError(`there is no campaign "${name}"; there are: ${known}`);
  const campaign = create();
  return {
    kind: 'run',
    name,
    campaign,
    scale: scaleOf(values.scale ?? '1'),
    seed: seedOf(values.seed ?? '1'),
    minutes: values.minutes === undefined ? undefined : minutesOf(values.minutes),
    only: values.only === undefined ? undefined : idsOf(values.only, campaign),
  };
}

function attempt<Result>(parse: () => Result): Result {
  try {
    return parse();
  } catch (error) {
    throw new UsageError((error as Error).message.split('. ')[0], { cause: error });
  }
}

function scaleOf(value: string): number {
  const scale = Number(value);
  if (/^[\d.]+$/.test(value) && scale > 0 && scale <= MAX_SCALE) return scale;
  throw new UsageError(`--scale must be a number above 0 and up to ${MAX_SCALE}, not "${value}"`);
}

function seedOf(value: string): number {
  if (/^\d+$/.test(value) && Number(value) < 2 ** 31) return Number(value);
  throw new UsageError(`--seed must be a whole number below 2147483648, not "${value}"`);
}

function minutesOf(value: string): number {
  const minutes = Number(value);
  if (/^[\d.]+$/.test(value) && minutes > 0 && minutes <= MAX_MINUTES) return minutes;
  throw new UsageError(`--minutes must be a number above 0 and up to ${MAX_MINUTES}, not "${value}"`);
}

function idsOf(value: string, { rows }: Campaign): string[] {
  const ids = value.split(',').map((id) => id.trim());
  const unknown = ids.find((id) => !rows.some((row) => row.id === id));
  if (unknown === undefined) return ids;
  throw new UsageError(`there is no row "${unknown}"; there are: ${rows.map(({ id }) => id).join(', ')}`);
}
