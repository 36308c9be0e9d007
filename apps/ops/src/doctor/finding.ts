import { setTimeout as delay } from 'node:timers/promises';

/** What a look at one thing came to. */
export interface Finding {
  /** What was looked at, such as `MongoDB` or `acme`. */
  readonly part: string;
  readonly state: 'ok' | 'warning' | 'problem';
  readonly says: string;
  /** What to do about it. */
  readonly todo: string | null;
}

export const ok = (part: string, says: string): Finding => ({ part, state: 'ok', says, todo: null });
export const warning = (part: string, says: string, todo: string): Finding => ({ part, state: 'warning', says, todo });
export const problem = (part: string, says: string, todo: string): Finding => ({ part, state: 'problem', says, todo });

const PATIENCE_MS = 20_000;

/** Carries out checks of a part; one that fails, or takes too long, is a finding itself. */
export async function attempt(part: string, todo: string, check: () => Promise<Finding[]>): Promise<Finding[]> {
  const rest = new AbortController();
  const tooLate = delay(PATIENCE_MS, undefined, { signal: rest.signal }).then(() => {
    throw new Error(`no answer within ${PATIENCE_MS / 1000} s`);
  });
  try {
    return await Promise.race([check(), tooLate]);
  } catch (error) {
    return [problem(part, error instanceof Error ? error.message : 'it failed', todo)];
  } finally {
    tooLate.catch(() => undefined);
    rest.abort();
  }
}
