import { setImmediate } from 'node:timers/promises';
import type { MovableTime } from '../clock/movable-time.ts';

/** How long, in real time, things may take to come to rest. */
const PATIENCE_MS = 10_000;

/** Moves a clock from one thing that is due to the next, and lets each come to its end before the clock goes on. */
export async function passTime(time: MovableTime, ms: number, isAtRest: () => boolean): Promise<void> {
  const end = time.clock().getTime() + ms;
  await rest(isAtRest);
  for (let step = time.untilNext(); step !== undefined; step = time.untilNext()) {
    if (time.clock().getTime() + step > end) break;
    time.advance(step);
    await rest(isAtRest);
  }
  time.advance(end - time.clock().getTime());
}

async function rest(isAtRest: () => boolean): Promise<void> {
  const limit = performance.now() + PATIENCE_MS;
  // What an answer leads to comes a few turns after it.
  for (let turns = 0; turns < 3; turns = isAtRest() ? turns + 1 : 0) {
    if (performance.now() > limit) throw new Error('something was still under way after ten seconds');
    await setImmediate();
  }
}
