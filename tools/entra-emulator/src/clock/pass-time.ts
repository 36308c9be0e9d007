import { setImmediate } from 'node:timers/promises';
import type { MovableTime } from './movable-time.ts';

/** Moves a clock from one thing that is due to the next, and lets each come to its end before the clock goes on. */
export async function passTime(time: MovableTime, ms: number, rest: () => Promise<void>): Promise<void> {
  const end = time.clock().getTime() + ms;
  const left = (): number => end - time.clock().getTime();
  await rest();
  for (let step = time.untilNext(); step !== undefined && step <= left(); step = time.untilNext()) {
    time.advance(step);
    await rest();
  }
  // A clock that runs may have got there by itself.
  time.advance(Math.max(0, left()));
}

/** Waits until nothing is under way; false when something still is after so long, in real time. */
export async function isQuiet(isAtRest: () => boolean, patienceMs: number): Promise<boolean> {
  const limit = performance.now() + patienceMs;
  // What an answer leads to comes a few turns after it.
  for (let turns = 0; turns < 3; turns = isAtRest() ? turns + 1 : 0) {
    if (performance.now() > limit) return false;
    await setImmediate();
  }
  return true;
}
