import type { Logger } from '../logger.ts';
import { type ClientCredential, usable } from './client-credential.ts';

const DAY_MS = 86_400_000;
/** Time to make another one, and to have both in Entra. */
export const WARN_DAYS = 30;
const URGENT_DAYS = 7;

/** How long the application can still prove itself, by the last of its credentials. */
export interface Expiry {
  /** Whole days; 0 or less where none is valid any more, null where nobody knows. */
  readonly days: number | null;
  readonly level: 'fine' | 'warn' | 'error';
}

export function expiryOf(credentials: readonly ClientCredential[], now: Date): Expiry {
  const ends = usable(credentials, now).map(({ expiresAt }) => expiresAt);
  if (ends.some((end) => end === null)) return { days: null, level: 'fine' };
  const last = Math.max(...ends.map((end) => end?.getTime() ?? 0), 0);
  const days = last === 0 ? 0 : Math.floor((last - now.getTime()) / DAY_MS);
  return { days, level: days <= URGENT_DAYS ? 'error' : days <= WARN_DAYS ? 'warn' : 'fine' };
}

export interface ExpiryWatch {
  readonly credentials: readonly ClientCredential[];
  readonly logger: Pick<Logger, 'warn' | 'error'>;
  readonly clock: () => Date;
  /** As `setInterval`. */
  readonly every: (ms: number, look: () => void) => { unref(): unknown };
}

/** Says at the start, and then daily, when the application's credentials are about to expire. Keeps no process alive. */
export function watchExpiry({ credentials, logger, clock, every }: ExpiryWatch): void {
  const look = () => {
    const { days, level } = expiryOf(credentials, clock());
    if (level === 'fine') return;
    logger[level]({ days }, "the application's credentials expire: add another one in Entra and configure both");
  };
  look();
  every(DAY_MS, look).unref();
}
